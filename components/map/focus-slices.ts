// The shard rows: a segment per endpoint above its pod, or a share bar per zone where there are too many for segments.

import { MARGIN, rect } from '@/core/graph/layout-rect'
import { limitOfSlice } from '@/core/graph/slice-limit'
import type { EndpointDetail, SliceDetail } from '@/core/graph/types'
import { flowNode, type MapNode, type SegmentData, type ShareData, type SliceRowData } from './flow-nodes'
import type { FocusContext } from './focus-context'
import { endpointCondition, hintLetter, isHostNames, sliceKey } from './focus-facts'
import { rowsBottom } from './focus-frame'

/** More segments than this are drawn as share bars. */
const MAX_SEGMENTS = 600
const MIN_SEGMENT = 3

export function focusSlices(context: FocusContext): MapNode[] {
  const { facts, layout } = context
  const total = facts.cards.reduce((sum, card) => sum + card.endpoints.length, 0)
  const bars = layout.segment < MIN_SEGMENT || total > MAX_SEGMENTS || layout.cardTier === 'dot'
  const rows = facts.slices.flatMap((slice) => {
    const row = layout.sliceRows.get(slice.id)
    const data = row && rowData(slice, context, bars)
    return row && data ? [flowNode({ id: slice.id, type: 'slice', rect: row, data, z: 13 })] : []
  })
  if (layout.hiddenSlices === 0) return rows
  const low = rowsBottom(context)
  const place = rect(MARGIN + 8, low + 2, { width: layout.gutter - 12, height: 22 })
  const data = { key: 'moreSlices', values: { count: layout.hiddenSlices } }
  return [...rows, flowNode({ id: 'more-slices', type: 'note', rect: place, data })]
}

function rowData(slice: SliceDetail, context: FocusContext, bars: boolean): SliceRowData {
  const { facts, layout, view } = context
  const endpoints = facts.endpointsOf.get(sliceKey(slice)) ?? []
  const conditions = endpoints.map(endpointCondition)
  const of = (condition: string) => conditions.filter((one) => one === condition).length
  const ready = endpoints.filter((one) => one.ready)
  const hinted = ready.filter((one) => one.hintZones.length + one.hintNodes.length > 0).length
  return {
    slice,
    limit: limitOfSlice(slice, facts.service.sliceLimit.value),
    ready: of('ready'),
    servingTerminating: of('servingTerminating'),
    notReady: of('notReady'),
    hints:
      facts.service.clusterIP === 'None'
        ? undefined
        : hinted > 0 && hinted === ready.length
          ? 'all'
          : hinted > 0
            ? 'some'
            : 'none',
    ports: portText(slice, view.port),
    gutter: layout.gutter,
    segments: bars ? [] : segments(endpoints, slice, context),
    shares: bars ? shares(endpoints, context) : [],
    segmentWidth: layout.segment,
    focused: view.slice === sliceKey(slice),
  }
}

function segments(endpoints: readonly EndpointDetail[], slice: SliceDetail, context: FocusContext): SegmentData[] {
  const { layout, routes, zoneNames, view } = context
  const row = layout.sliceRows.get(slice.id)
  return endpoints.flatMap((endpoint): SegmentData[] => {
    const address = endpoint.addresses[0] ?? ''
    const place = layout.cards.get(address)
    if (!place || !row) return []
    const route = routes.get(address)
    return [
      {
        id: endpoint.id,
        key: address,
        field: `endpoints[${endpoint.index}]`,
        x: place.x - row.x,
        condition: isHostNames(slice) ? 'unknown' : endpointCondition(endpoint),
        letter: hintLetter(endpoint, zoneNames),
        lit: view.route && !view.route.unserved ? (route?.chosen ?? false) : endpoint.ready && !isHostNames(slice),
        routed: view.route && !view.route.unserved ? (route?.chosen ?? false) : undefined,
      },
    ]
  })
}

function shares(endpoints: readonly EndpointDetail[], context: FocusContext): ShareData[] {
  const { layout, routes } = context
  return layout.zones.flatMap((zone, index): ShareData[] => {
    const own = endpoints.filter((one) => layout.cards.get(one.addresses[0] ?? '')?.zone === index)
    if (own.length === 0) return []
    const conditions = own.map(endpointCondition)
    const of = (condition: string) => conditions.filter((one) => one === condition).length
    return [
      {
        x: zone.x + 8 - MARGIN,
        width: zone.width - 16,
        ready: of('ready'),
        servingTerminating: of('servingTerminating'),
        notReady: of('notReady'),
        lit: own.some((one) => routes.get(one.addresses[0] ?? '')?.chosen),
      },
    ]
  })
}

// The port in question first; the others are counted, their numbers are in the inspector.
function portText(slice: SliceDetail, key: string | undefined): string {
  const at = slice.ports.findIndex((port) => `${port.name ?? ''}/${port.protocol}` === key)
  const port = slice.ports[Math.max(0, at)]
  if (!port) return ''
  return `${port.name ?? ''}${port.name ? ' → ' : ''}${port.port ?? '–'}`
}
