'use client'

import { FlaskConical } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { basePath } from '@/client/base-path'
import type { NodeRules } from '@/core/rules/node-rules'
import { useCluster } from '../status/use-stream'
import { Button } from '../ui/button'

type TakeDumpProps = {
  readonly rules: Pick<NodeRules, 'node' | 'family' | 'mode'>
  readonly onText: (text: string) => void
}

/** On a node of the embedded cluster nobody can log in: its own rules are fetched instead. */
export function TakeDump({ rules: { node, family, mode }, onText }: TakeDumpProps) {
  const t = useTranslations('demo')
  const cluster = useCluster()
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  if (cluster?.source !== 'embedded' || mode !== 'iptables') return null
  async function take() {
    setState('busy')
    const answer = await fetch(`${basePath}/api/demo/dump?node=${encodeURIComponent(node)}&family=${family}`).catch(
      () => undefined,
    )
    if (!answer?.ok) return setState('failed')
    onText(await answer.text())
    setState('idle')
  }
  return (
    <>
      <Button data-demo="take-dump" disabled={state === 'busy'} onClick={() => void take()}>
        <FlaskConical size={15} strokeWidth={1.75} aria-hidden="true" />
        {t('takeDump')}
      </Button>
      {state === 'failed' && (
        <span role="alert" className="text-crit">
          {t('takeDumpFailed')}
        </span>
      )}
    </>
  )
}
