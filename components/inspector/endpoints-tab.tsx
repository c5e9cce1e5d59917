'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useRoute } from '@/client/use-route'
import type { EndpointDetail } from '@/core/graph/types'
import { EndpointLegend } from './endpoint-legend'
import { EndpointRows } from './endpoint-rows'
import { LegacyEndpoints } from './legacy-endpoints'
import type { ServiceParts } from './service-parts'

/** Every endpoint of the Service, none left out, with what it receives from the source and why; the legacy object below. */
export function EndpointsTab({ service, slices, endpoints, legacy }: ServiceParts) {
  const t = useTranslations('inspector')
  const view = useRoute()
  const [text, setText] = useState('')
  const rows = useMemo(() => filtered(endpoints, text), [endpoints, text])
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
      </div>
      <p className="border-b border-line px-5 py-2 text-small text-text-2">
        {view?.source
          ? t('routedFrom', {
              source: view.source.ref.name,
              port: view.port.name || String(view.port.port),
              family: view.family,
            })
          : t('routedFromAnywhere')}
      </p>
      <EndpointLegend />
      <EndpointRows
        label={t('endpoints')}
        endpoints={rows}
        slices={slices}
        route={view?.route}
        empty={endpoints.length === 0 ? t('noEndpoints') : t('noMatch')}
      />
      <LegacyEndpoints service={service} legacy={legacy} />
    </>
  )
}

function filtered(endpoints: readonly EndpointDetail[], text: string): readonly EndpointDetail[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return endpoints
  return endpoints.filter((one) => {
    const all = [...one.addresses, one.nodeName, one.zone, one.targetRef?.name, one.slice].join('\n').toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
