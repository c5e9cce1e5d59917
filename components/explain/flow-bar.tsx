'use client'

import { ArrowLeftRight, Map as MapIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import type { FlowTarget } from '@/core/explain/types'
import { parsePort } from '@/core/graph/page-destination'
import { splitKey } from '@/core/model/keys'
import { SourcePicker } from '../shell/source-picker'
import { swapEnds } from '../shell/swap-ends'
import { Button, IconButton } from '../ui/button'
import { Kbd } from '../ui/kbd'
import { DestinationPicker } from './destination-picker'
import { OutsidePicker } from './outside-picker'
import { PortPicker } from './port-picker'
import { SideSwitch } from './side-switch'
import { WayPicker } from './way-picker'

/** Both ends of the connection. `target` is what the server found behind the destination. */
export function FlowBar({ target }: { target: FlowTarget | undefined }) {
  const t = useTranslations('explain')
  const { query, change } = usePageQuery()
  const overview = useOverview()
  const swapped = useMemo(() => swapEnds(query, overview), [query, overview])
  const service = target && splitKey(target.service)
  // The map starts at a pod or a node; everything else of the connection comes along.
  const showOnMap = () =>
    change({
      view: 'map',
      outside: undefined,
      client: undefined,
      to: undefined,
      way: undefined,
      ...(target && service && { focus: { kind: 'Service', ...service }, port: parsePort(target.port) }),
    })
  return (
    <section
      aria-label={t('bar')}
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-surface px-6 py-1.5 max-md:px-4"
    >
      <span className="text-text-2">{t('from')}</span>
      <SideSwitch />
      {query.outside ? <OutsidePicker outside={query.outside} /> : <SourcePicker />}
      {swapped && (
        <IconButton label={t('swap')} onClick={() => change(swapped)}>
          <ArrowLeftRight size={15} strokeWidth={1.75} />
        </IconButton>
      )}
      <span className="text-text-2">{t('to')}</span>
      <DestinationPicker />
      {!query.to && <PortPicker />}
      {!query.to && <WayPicker target={target} />}
      <Button className="ml-auto max-md:ml-0" onClick={showOnMap}>
        <MapIcon size={15} strokeWidth={1.75} aria-hidden="true" />
        {t('showOnMap')}
        <Kbd>{'M'}</Kbd>
      </Button>
    </section>
  )
}
