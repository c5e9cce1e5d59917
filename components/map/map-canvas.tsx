'use client'
import { useCallback, useMemo } from 'react'
import type { PartObjects } from '@/client/part-view'
import { usePolicyCuts } from '@/client/policy-cuts'
import { usePageQuery } from '@/client/url-state'
import { useGraphClient, usePart, useWantedParts } from '@/client/use-graph'
import { usePageFilter } from '@/client/use-page-filter'
import { graphId, servicePart } from '@/core/graph/ids'
import type { PortRef } from '@/core/graph/page-destination'
import type { FocusRef, SourceRef } from '@/core/graph/page-refs'
import type { PartKey } from '@/core/graph/types'
import { endpointSliceKey, serviceKey } from '@/core/model/keys'
import { LiveSummary } from './live-summary'
import { MapView } from './map-view'

/** The live map of what the page's URL says. */
export function MapCanvas() {
  const { query, change } = usePageQuery()
  const { store } = useGraphClient()
  const overview = usePart('overview')
  const part = partInFocus(query.focus, overview)
  const objects = usePart(part)
  useWantedParts(useMemo<PartKey[]>(() => (part === undefined ? ['overview'] : ['overview', part]), [part]))

  const { focus, from } = query
  const onFocus = useCallback((next: FocusRef | undefined) => change({ focus: next }), [change])
  const onSource = useCallback((next: SourceRef | undefined) => change({ from: next }), [change])
  const onPort = useCallback((port: PortRef) => change({ port }, 'replace'), [change])
  const onRange = useCallback(
    (cidr: string) => change({ view: 'addresses', text: cidr, focus: undefined, tab: undefined }),
    [change],
  )
  const isService = focus?.kind === 'Service'
  const onWays = useCallback(
    () => change(isService ? { tab: 'entries' } : { view: 'entries', text: '', focus: undefined, tab: undefined }),
    [change, isService],
  )
  const onCost = useCallback(() => change({ view: 'cost' }), [change])
  const filters = usePageFilter()
  const cuts = usePolicyCuts()
  return (
    <>
      <MapView
        overview={overview}
        servicePart={objects}
        focus={focus}
        from={from}
        port={query.port}
        family={query.family}
        cuts={cuts}
        filters={filters}
        clock={clockOf(store.position('overview'), part && store.position(part))}
        onFocus={onFocus}
        onSource={onSource}
        onPort={onPort}
        onRange={onRange}
        onWays={onWays}
        onCost={onCost}
      />
      <LiveSummary />
    </>
  )
}

/** A Service's own part; a slice travels in its Service's. Pods and nodes are lit on the overview. */
function partInFocus(focus: FocusRef | undefined, overview: PartObjects | undefined): PartKey | undefined {
  if (focus?.kind === 'Service') return servicePart(serviceKey(focus.namespace, focus.name))
  if (focus?.kind !== 'EndpointSlice') return undefined
  const slice = overview?.get(graphId('SliceSummary', endpointSliceKey(focus.namespace, focus.name)))
  if (slice?.kind !== 'SliceSummary' || slice.serviceName === null) return undefined
  return servicePart(serviceKey(slice.namespace, slice.serviceName))
}

// Overview position, then the focused part's: a test waits until both have reached what it did.
function clockOf(overview: number | undefined, part: number | undefined): string | undefined {
  if (overview === undefined) return undefined
  return part === undefined ? `${overview}` : `${overview}.${part}`
}
