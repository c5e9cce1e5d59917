'use client'

import { Route } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { affectedSource } from '@/client/use-explanation'
import { useObject } from '@/client/use-graph'
import { splitKey } from '@/core/model/keys'
import { Button } from '../ui/button'

/** Leads to the explanation of a connection to the Service, from a node that cannot reach it if there is one. */
export function ExplainProblem({ service: id }: { service: string }) {
  const t = useTranslations('problems')
  const { query, change } = usePageQuery()
  const [busy, setBusy] = useState(false)
  const service = useObject('overview', `ServiceSummary:${id}`)
  if (service?.kind !== 'ServiceSummary') return null
  const { ports, clusterIPs } = service
  const port = ports.find(({ name, protocol }) => name === query.port?.name && protocol === query.port.protocol)
  const [first] = ports
  const asked = port ?? first
  if (!asked) return null
  const family = query.family ?? (clusterIPs[0]?.includes(':') ? 'IPv6' : 'IPv4')
  const explain = async () => {
    setBusy(true)
    const source = await affectedSource({ service: id, port: `${asked.name}/${asked.protocol}`, family })
    setBusy(false)
    change({ view: 'explain', focus: { kind: 'Service', ...splitKey(id) }, tab: undefined, ...source })
  }
  return (
    <div>
      <Button onClick={() => void explain()} disabled={busy}>
        <Route size={15} strokeWidth={1.75} aria-hidden="true" />
        {t('explain')}
      </Button>
    </div>
  )
}
