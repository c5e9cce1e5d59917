'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useServiceReadiness } from '@/client/use-readiness'
import { useRoute } from '@/client/use-route'
import type { EndpointDetail } from '@/core/graph/types'
import { PolicyArrival } from '../explain/policy-arrival'
import { GroupToggle } from '../readiness/group-toggle'
import { ServiceReadinessNotes } from '../readiness/service-notes'
import { entriesOf, workloadFinder } from './endpoint-entries'
import { EndpointLegend } from './endpoint-legend'
import { EndpointRows } from './endpoint-rows'
import { LegacyEndpoints } from './legacy-endpoints'
import type { ServiceParts } from './service-parts'

/** Every endpoint of the Service, none left out, with what it receives from the source and why; the legacy object below. */
export function EndpointsTab({ service, slices, endpoints, pods, legacy }: ServiceParts) {
  const t = useTranslations('inspector')
  const view = useRoute()
  const [text, setText] = useState('')
  const [grouped, setGrouped] = useState(false)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const workloadOf = useMemo(() => workloadFinder(pods), [pods])
  const rows = useMemo(() => filtered(endpoints, text, workloadOf), [endpoints, text, workloadOf])
  const entries = useMemo(
    () => entriesOf(rows, grouped ? { workloadOf, closed } : undefined),
    [rows, grouped, workloadOf, closed],
  )
  // Where all is well there is nothing to ask.
  const told =
    endpoints.some(({ ready }) => !ready) ||
    pods.some(({ ready, terminating }) => !ready || terminating) ||
    endpoints.length < pods.length
  const { data: readiness } = useServiceReadiness(service, told || service.publishNotReadyAddresses)
  const standings = useMemo(
    () => new Map(readiness?.standings.map((one) => [`${one.slice}#${one.index}`, one])),
    [readiness],
  )
  const toggle = (workload: string) => {
    const next = new Set(closed)
    if (!next.delete(workload)) next.add(workload)
    setClosed(next)
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-5 py-2">
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t('filterEndpoints')}
          placeholder={t('filterEndpoints')}
          className="h-8 min-w-0 flex-1 rounded-button border border-line bg-sunken px-2.5 placeholder:text-text-3 max-md:h-11"
        />
        <span className="text-small text-text-3" data-count={rows.length}>
          {t('shownOf', { shown: rows.length, total: endpoints.length })}
        </span>
        <GroupToggle on={grouped} onChange={setGrouped} />
      </div>
      <ServiceReadinessNotes readiness={readiness} />
      <p className="border-b border-line px-5 py-2 text-small text-text-2">
        {view?.source
          ? t('routedFrom', {
              source: view.source.ref.name,
              port: view.port.name || String(view.port.port),
              family: view.family,
            })
          : t('routedFromAnywhere')}
      </p>
      <PolicyArrival className="border-b border-line px-5 py-2" />
      <EndpointLegend />
      <EndpointRows
        label={t('endpoints')}
        entries={entries}
        standings={standings}
        folds={{ onToggle: toggle, isOpen: (workload) => !closed.has(workload) }}
        slices={slices}
        route={view?.route}
        empty={endpoints.length === 0 ? t('noEndpoints') : t('noMatch')}
      />
      <LegacyEndpoints service={service} legacy={legacy} />
    </>
  )
}

type WorkloadOf = (endpoint: EndpointDetail) => string | null | undefined

function filtered(endpoints: readonly EndpointDetail[], text: string, workloadOf: WorkloadOf) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return endpoints
  return endpoints.filter((one) => {
    const names = [one.nodeName, one.zone, one.targetRef?.name, one.slice, workloadOf(one)]
    const all = [...one.addresses, ...names].join('\n').toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
