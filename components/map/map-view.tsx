'use client'
import './map.css'
import { ReactFlowProvider } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { useCallback, useMemo, useState } from 'react'
import { LegendBar } from './legend-bar'
import { MapActions } from './map-actions'
import type { MapViewProps } from './map-props'
import { MapStage } from './map-stage'
import { useStageSize } from './use-stage-size'

/** The three planes, driven by parts and by what the page says; it keeps nothing but the pointer and the viewport. */
export function MapView(props: MapViewProps) {
  const t = useTranslations('map')
  const { ref, size } = useStageSize()
  const [muted, setMuted] = useState<ReadonlySet<string>>(new Set())
  const { onPort, onRange, onWays, onCost, focus } = props
  // A slice in focus is shown within its Service; one that belongs to none, on the map of the cluster.
  const focused = focus?.kind === 'Service' || (focus?.kind === 'EndpointSlice' && props.servicePart !== undefined)
  const actions = useMemo(
    () => ({
      onPort: (key: string) => {
        const slash = key.lastIndexOf('/')
        const protocol = (['TCP', 'UDP', 'SCTP'] as const).find((one) => one === key.slice(slash + 1))
        if (protocol) onPort({ name: key.slice(0, slash), protocol })
      },
      onRange,
      onWays,
      onCost,
    }),
    [onPort, onRange, onWays, onCost],
  )
  const toggle = useCallback((key: string) => {
    setMuted((old) => {
      const next = new Set(old)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])
  return (
    <MapActions value={actions}>
      <ReactFlowProvider>
        <section className="map" aria-label={t('label')}>
          <div className="map-stage" ref={ref}>
            {size && <MapStage {...props} size={size} muted={muted} />}
          </div>
          <LegendBar depth={focused ? 'focus' : 'cluster'} muted={muted} onToggle={toggle} />
        </section>
      </ReactFlowProvider>
    </MapActions>
  )
}
