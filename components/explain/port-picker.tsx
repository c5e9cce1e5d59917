'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useObject } from '@/client/use-graph'
import type { PortSummary } from '@/core/graph/types'
import { PickerButton } from '../ui/picker'
import { Popover, PopoverClose, PopoverContent, PopoverTrigger } from '../ui/popover'
import { DataText } from '../ui/value'
import { visibleText } from '../ui/visible-text'

/** Which port of the chosen Service; its first one unless the URL names another. */
export function PortPicker() {
  const t = useTranslations('explain')
  const { query, change } = usePageQuery()
  const { focus } = query
  const service = useObject(
    'overview',
    focus?.kind === 'Service' ? `ServiceSummary:${focus.namespace}/${focus.name}` : undefined,
  )
  const ports = service?.kind === 'ServiceSummary' ? service.ports : []
  const wanted = query.port
  const port = ports.find((one) => one.name === wanted?.name && one.protocol === wanted.protocol) ?? ports[0]
  if (!port) return null
  return (
    <Popover>
      <PopoverTrigger asChild>
        <PickerButton aria-label={t('port', { port: visibleText(titleOf(port)) })}>
          <DataText className="truncate">{titleOf(port)}</DataText>
        </PickerButton>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-64 p-1.5">
        {ports.map((one) => (
          <PopoverClose key={`${one.name}/${one.protocol}`} asChild>
            <button
              type="button"
              aria-current={one === port}
              onClick={() => change({ port: { name: one.name, protocol: one.protocol } }, 'replace')}
              className="flex min-h-8 w-full items-baseline gap-2 rounded-chip px-2.5 py-1.5 text-left hover:bg-raised aria-current:bg-raised max-md:min-h-11"
            >
              <DataText className="wrap-anywhere">{titleOf(one)}</DataText>
            </button>
          </PopoverClose>
        ))}
      </PopoverContent>
    </Popover>
  )
}

/** `http 80/TCP`. */
function titleOf({ name, port, protocol }: PortSummary): string {
  return [name, `${port}/${protocol}`].filter((one) => one !== '').join(' ')
}
