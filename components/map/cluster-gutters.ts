// The plane names at the left with what is true of each plane as a whole.

import type { ClusterLayout } from '@/core/graph/layout-cluster'
import { bottom, MARGIN, type Rect, rect } from '@/core/graph/layout-rect'
import type { PodSummary, ServiceSummary, SliceSummary } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'
import { nodeAddress } from './addresses'
import { flowNode, type GutterData, type GutterFact, type GutterRange, type MapNode } from './flow-nodes'
import { proxyShape } from './glyphs/proxy-glyph'
import type { MapModel } from './map-model'
import { podRange, seenRange, serviceRanges } from './plane-range'
import { clusterIPOf, worstSeverity } from './service-facts'

export type GutterScope = {
  readonly services: readonly ServiceSummary[]
  readonly slices: readonly SliceSummary[]
  /** Those that pass the page's filter. */
  readonly pods: readonly PodSummary[]
  readonly family: IpFamily
}

export function clusterGutters(model: MapModel, layout: ClusterLayout, scope: GutterScope): MapNode[] {
  const { services, slices, family } = scope
  const breaking = services.filter((service) => worstSeverity(service.trouble) === 'crit').length
  const looking = services.filter((service) => worstSeverity(service.trouble) === 'warn').length
  const tall = layout.clusterIP.height > 220
  const nodes = [
    gutter('clusterIP', within(layout.clusterIP, layout.gutter), {
      plane: 'clusterIP',
      ranges: clusterIPRanges(model, family),
      facts: [
        { key: 'services', values: { count: services.length } },
        { key: 'namespaces', values: { count: layout.blocks.length } },
        ...count('breaking', breaking, 'crit'),
        ...count('needLook', looking, 'warn'),
      ],
      note: tall ? 'virtual' : undefined,
    }),
    gutter('slices', sliceGutter(layout), {
      plane: 'slices',
      ranges: [],
      facts: [{ key: 'shards', values: { count: slices.length } }],
      note: undefined,
    }),
    gutter('pods', within(layout.podPlane, layout.gutter), podGutter(model, layout, scope)),
    gutter('nodes', within(layout.nodePlane, layout.gutter), nodeGutter(model, family)),
  ]
  if (!layout.waysIn) return nodes
  const place = rect(MARGIN + 12, layout.waysIn.y + 6, { width: layout.gutter - 20, height: 20 })
  return [gutter('waysIn', place, { plane: 'waysIn', ranges: [], facts: [], note: undefined }), ...nodes]
}

function podGutter(model: MapModel, layout: ClusterLayout, { pods, family }: GutterScope): GutterData {
  const notReady = pods.filter((pod) => pod.condition === 'notReady').length
  const terminating = pods.filter((pod) => pod.condition === 'servingTerminating').length
  const unplaced = pods.filter((pod) => !layout.pods.index.has(pod.id)).length
  return {
    plane: 'pods',
    ranges: podRange(model.nodes, family),
    facts: [
      { key: 'pods', values: { count: pods.length } },
      ...count('notReady', notReady, 'crit'),
      ...count('terminating', terminating, 'warn'),
      ...count('unplaced', unplaced, undefined),
    ],
    note: undefined,
  }
}

function nodeGutter(model: MapModel, family: IpFamily): GutterData {
  const down = model.nodes.filter((node) => node.ready === false).length
  const unknown = model.nodes.filter((node) => node.proxyMode.state === 'unknown').length
  const modes = new Set(model.nodes.map((node) => proxyShape(node.proxyMode)))
  return {
    plane: 'nodes',
    ranges: nodeRange(model, family),
    facts: [
      { key: 'nodes', values: { count: model.nodes.length } },
      { key: 'modes', values: { count: modes.size - (modes.has('unknown') ? 1 : 0) } },
      ...count('nodesDown', down, 'crit'),
      ...count('modeUnknown', unknown, 'warn'),
    ],
    note: undefined,
  }
}

/** As the ServiceCIDR objects have it; else around all Services: a filter of the map does not narrow what was seen. */
export function clusterIPRanges(model: MapModel, family: IpFamily): readonly GutterRange[] {
  const written = serviceRanges(model.serviceCIDRs, family)
  if (written.length > 0) return written
  const ips = model.services.flatMap((service) => clusterIPOf(service.clusterIPs, family) ?? [])
  return seenRange(ips, family)
}

export function nodeRange(model: MapModel, family: IpFamily): readonly GutterRange[] {
  return seenRange(
    model.nodes.flatMap((node) => nodeAddress(node, family) ?? []),
    family,
  )
}

export function count(key: string, value: number, tone: 'crit' | 'warn' | undefined): GutterFact[] {
  return value === 0 ? [] : [{ key, values: { count: value }, tone }]
}

const NAME_HEIGHT = 19
const LINE_HEIGHT = 16
const MOST_RANGES = 3

/** Lines that ranges take: each its block, and above it where it is from unless the one before is from there, too. */
const linesOf = (ranges: readonly GutterRange[]) =>
  ranges.length + ranges.filter(({ source }, i) => source !== ranges[i - 1]?.source).length

/** The first ranges of which all fit, one at least. */
function fitting(ranges: readonly GutterRange[], height: number): readonly GutterRange[] {
  const room = (kept: readonly GutterRange[]) =>
    height - NAME_HEIGHT - (linesOf(kept) + Number(kept.length < ranges.length)) * LINE_HEIGHT
  let kept = ranges.slice(0, MOST_RANGES)
  while (kept.length > 1 && room(kept) < 0) kept = kept.slice(0, -1)
  return kept
}

/** The ranges and facts that fit, trouble first; a fact that explains may take two lines. */
export function gutter(id: string, place: Rect, data: GutterData): MapNode {
  const ranges = fitting(data.ranges, place.height)
  const moreRanges = data.ranges.slice(ranges.length)
  const taken =
    NAME_HEIGHT + (linesOf(ranges) + Number(moreRanges.length > 0)) * LINE_HEIGHT + Number(ranges.length > 0)
  let room = Math.floor((place.height - taken - (data.note === undefined ? 0 : 54)) / 17)
  const order = [...data.facts.entries()].sort(
    ([a, left], [b, right]) => Number(!left.tone) - Number(!right.tone) || a - b,
  )
  const kept = new Set<number>()
  for (const [index, fact] of order) {
    room -= fact.wraps ? 2 : 1
    if (room >= 0) kept.add(index)
  }
  const facts = data.facts.filter((_, index) => kept.has(index))
  return flowNode({ id: `gutter:${id}`, type: 'gutter', rect: place, data: { ...data, ranges, moreRanges, facts } })
}

export function within(plane: Rect, width: number): Rect {
  return rect(plane.x + 12, plane.y + 13, { width: width - 20, height: plane.height - 22 })
}

function sliceGutter(layout: ClusterLayout): Rect {
  const { rect: band } = layout.shards
  return rect(MARGIN + 12, band.y - 4, { width: layout.gutter - 20, height: Math.max(36, bottom(band) - band.y + 8) })
}
