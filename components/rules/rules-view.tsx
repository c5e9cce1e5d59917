'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useDefaultFamily } from '@/client/use-family'
import { useObject } from '@/client/use-graph'
import { useNodeRules } from '@/client/use-node-rules'
import { ipvsLines } from '@/core/rules/ipvs/lines'
import type { NodeRules } from '@/core/rules/node-rules'
import type { PredictedLine } from '@/core/rules/types'
import { TakeDump } from '../demo/take-dump'
import { Choice } from '../explain/choice'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy'
import { FileButton } from '../ui/file-button'
import { ReasonText } from '../ui/reason'
import { Compare } from './compare'
import { NodePicker } from './node-picker'
import { PredictedLines } from './predicted-lines'
import { ServiceFilter } from './service-filter'
import { Settings } from './settings'
import { useDump } from './use-dump'
import { usePastedText } from './use-pasted-text'

/** What a node's kube-proxy should have written, line by line, and how the node's own rules differ from it. */
export function RulesView() {
  const t = useTranslations('rules')
  const { query } = usePageQuery()
  const node = query.focus?.kind === 'Node' ? query.focus.name : undefined
  return (
    <>
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-surface px-6 py-1.5 max-md:px-4">
        <h1 className="text-title">{t('title')}</h1>
        <NodePicker node={node} />
      </header>
      {node === undefined ? <p className="p-6 text-text-2">{t('chooseNode')}</p> : <OfNode key={node} node={node} />}
    </>
  )
}

function OfNode({ node }: { node: string }) {
  const t = useTranslations('rules')
  const { query } = usePageQuery()
  const summary = useObject('overview', `NodeSummary:${node}`)
  const own = useDefaultFamily()
  const family = query.family ?? own
  const { data, error, isPending, isFetching, dataUpdatedAt, refetch } = useNodeRules({
    node,
    family,
    service: undefined,
  })
  if (error) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3 p-6">
        <p>{summary ? t('failed', { message: error.message }) : t('noNode', { node })}</p>
        <Button onClick={() => void refetch()}>{t('again')}</Button>
      </div>
    )
  }
  if (isPending) return <p className="p-6 text-text-2">{t('loading')}</p>
  if (data.mode === undefined) {
    return (
      <p className="p-6 text-text-2" data-rules="none" data-reason={data.reason.code}>
        <ReasonText reason={data.reason} />
      </p>
    )
  }
  return <Rules rules={data} madeAt={dataUpdatedAt} busy={isFetching} onAgain={() => void refetch()} />
}

type RulesProps = {
  readonly rules: NodeRules
  readonly madeAt: number
  readonly busy: boolean
  readonly onAgain: () => void
}

function Rules({ rules, madeAt, busy, onAgain }: RulesProps) {
  const t = useTranslations('rules')
  const format = useFormatter()
  const [side, setSide] = useState<'predicted' | 'compare'>('predicted')
  const [service, setService] = useState<string>()
  const { dump, problem, setDump, setFile } = useDump()
  usePastedText((text) => {
    setDump(text)
    setSide('compare')
  })
  const lines = useMemo(() => [...rules.lines, ...(rules.ipvs ? ipvsLines(rules.ipvs) : [])], [rules])
  const shown = useMemo(() => ofService(lines, service), [lines, service])
  return (
    <div className="flex min-h-0 flex-1 flex-col" data-rules={rules.mode} data-family={rules.family}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-6 py-2 max-md:px-4">
        <Choice
          label={t('side')}
          value={side}
          onChange={setSide}
          options={[
            ['predicted', t('predicted')],
            ['compare', t('compare')],
          ]}
        />
        <ServiceFilter lines={lines} service={service} onChange={setService} />
        <span className="min-w-64 flex-1 text-text-2 max-md:order-last max-md:basis-full">
          <ReasonText reason={rules.reason} />{' '}
          {t.rich('state', {
            time: () => (
              <time dateTime={new Date(madeAt).toISOString()}>{format.dateTime(madeAt, { timeStyle: 'medium' })}</time>
            ),
          })}
        </span>
        <TakeDump
          rules={rules}
          onText={(text) => {
            setDump(text)
            setSide('compare')
          }}
        />
        <FileButton
          label={t('takeFile')}
          onFile={(file) => {
            setFile(file)
            setSide('compare')
          }}
        />
        <Button onClick={onAgain} disabled={busy}>
          {t('predictAgain')}
        </Button>
        <span className="flex items-center gap-1 text-small text-text-2">
          {t('copy')}
          <CopyButton text={shown.map(({ text }) => text).join('\n')} label={t('copy')} />
        </span>
      </div>
      <Settings rules={rules} />
      {side === 'predicted' ? (
        <PredictedLines lines={shown} />
      ) : (
        <Compare rules={rules} service={service} dump={dump} problem={problem} onDump={setDump} onFile={setFile} />
      )}
    </div>
  )
}

function ofService(lines: readonly PredictedLine[], service: string | undefined): readonly PredictedLine[] {
  return service === undefined ? lines : lines.filter((line) => line.service === service)
}
