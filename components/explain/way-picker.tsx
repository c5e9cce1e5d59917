'use client'

import { useTranslations } from 'next-intl'
import { waysOf } from '@/client/service-ways'
import { usePageQuery } from '@/client/url-state'
import { useShownFamily } from '@/client/use-family'
import { useObject } from '@/client/use-graph'
import type { FlowTarget } from '@/core/explain/types'
import { PickerButton } from '../ui/picker'
import { Popover, PopoverClose, PopoverContent, PopoverTrigger } from '../ui/popover'
import { DataText } from '../ui/value'

/** By which of its addresses the Service in focus is called, where it has several. */
export function WayPicker({ target }: { target: FlowTarget | undefined }) {
  const t = useTranslations('explain')
  const { query, change } = usePageQuery()
  const shown = useShownFamily()
  const { focus } = query
  const service = useObject(
    'overview',
    focus?.kind === 'Service' ? `ServiceSummary:${focus.namespace}/${focus.name}` : undefined,
  )
  if (service?.kind !== 'ServiceSummary') return null
  const { ports } = service
  const port = ports.find(({ name, protocol }) => name === query.port?.name && protocol === query.port.protocol)
  const [first] = ports
  const family = target?.family ?? shown
  const ways = first ? waysOf(service, port ?? first, family) : []
  // What a load balancer leaves to itself comes back by the node port: the choice stays what it was.
  const taken = query.way ?? (query.outside && ways[0] ? ways[0].way : (target?.way ?? 'cluster-ip'))
  const chosen = ways.find(({ way }) => way === taken)
  if (ways.length < 2 || !chosen) return null
  return (
    <Popover>
      <PopoverTrigger asChild>
        <PickerButton data-way={chosen.way}>
          <span className="truncate">
            <span className="sr-only">{t('wayIn')}: </span>
            {t(`way.${chosen.way}`)}
          </span>
        </PickerButton>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-80 p-1.5">
        {ways.map(({ way, called }) => (
          <PopoverClose key={way} asChild>
            <button
              type="button"
              aria-current={way === chosen.way}
              onClick={() => change({ way }, 'replace')}
              className="flex min-h-8 w-full flex-wrap items-baseline justify-between gap-x-3 rounded-chip px-2.5 py-1.5 text-left hover:bg-raised aria-current:bg-raised max-md:min-h-11"
            >
              {t(`way.${way}`)}
              <DataText className="font-mono text-small text-text-2 wrap-anywhere">{called}</DataText>
            </button>
          </PopoverClose>
        ))}
      </PopoverContent>
    </Popover>
  )
}
