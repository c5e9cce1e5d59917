// What React Flow holds on this map: one type per card. An unchanged card keeps its object from scene to scene, so that React
// Flow adopts it untouched and React draws nothing.

import { type Edge, type Node, Position } from '@xyflow/react'
import type { ServiceTier } from '@/core/graph/layout-blocks'
import type { Rect } from '@/core/graph/layout-rect'
import type { CardTier } from '@/core/graph/layout-stacks'
import type {
  NodeSummary,
  PodCondition,
  ServiceDetail,
  ServiceEntry,
  ServiceSummary,
  SliceDetail,
  SliceSummary,
} from '@/core/graph/types'
import type { Reason } from '@/core/model/reason'
import type { IpFamily } from '@/core/model/records'
import type { PolicyState } from '@/core/policy/types'
import type { ProxyShape } from './glyphs/proxy-glyph'
import type { WayKind } from './glyphs/way-glyph'

export type PlaneName = 'waysIn' | 'clusterIP' | 'slices' | 'pods' | 'nodes'

export type GutterFact = {
  readonly key: string
  /** Tells facts of one key apart. */
  readonly id?: string
  /** Key of a longer sentence of the same values. */
  readonly title?: string
  readonly values: Readonly<Record<string, string | number>>
  readonly tone?: 'crit' | 'warn'
  readonly wraps?: boolean
}

/**
 * A block of addresses and where it is from: a ServiceCIDR object and how that stands, the nodes' PodCIDRs, or no more than the
 * addresses seen.
 */
export type GutterRange = {
  readonly source: 'serviceCIDR' | 'notReady' | 'deleting' | 'podCIDR' | 'seen'
  readonly block: string
  /** The ServiceCIDR. */
  readonly object?: string
}
export type GutterData = {
  readonly plane: PlaneName
  readonly ranges: readonly GutterRange[]
  /** Ranges for which there is no room. */
  readonly moreRanges?: readonly GutterRange[]
  readonly facts: readonly GutterFact[]
  readonly note: string | undefined
}
export type NamespaceData = { readonly name: string; readonly count: number }
export type ServiceData = {
  readonly service: ServiceSummary
  readonly family: IpFamily
  readonly tier: ServiceTier
  readonly faint: boolean
}
export type WayData = {
  readonly way: WayKind | 'more'
  readonly label: string
  readonly target: string
  readonly service: string | undefined
  readonly count: number
  readonly field: string
  /** Of what a rule takes, if it gives this Service less than all of it. */
  readonly share?: number
  readonly broken?: boolean
  /** The object whose host it is; undefined for the Service's own addresses. */
  readonly entry?: Pick<ServiceEntry, 'kind' | 'id'>
}
export type ShardBandData = {
  readonly cells: readonly { readonly slice: SliceSummary; readonly x: number; readonly y: number }[]
  readonly cell: { readonly width: number; readonly height: number }
  readonly most: number
}
export type ZoneData = {
  readonly zone: string | null
  readonly kind: 'zone' | 'outside'
  readonly nodes: number
  readonly pods: number | undefined
  readonly ready: number | undefined
  readonly share: number | undefined
  readonly source: boolean
  readonly hiddenNodes: number
  readonly receives: boolean
  /** Of what it is chosen for policies let nothing through, or it cannot be said. */
  readonly policy: PolicyState | undefined
}
export type NodeCardData = {
  readonly node: NodeSummary
  readonly family: IpFamily
  readonly form: 'full' | 'focus' | 'narrow' | 'chip'
  /** The name, or its end where the card is too small for the whole; the address likewise. */
  readonly label: string
  readonly address: string | undefined
  readonly most: number
  readonly source: boolean
  readonly focused: boolean
  readonly faint: boolean
}
export type SlabData = {
  readonly service: ServiceDetail
  readonly family: IpFamily
  readonly ports: readonly SlabPort[]
  readonly port: string | undefined
}
export type SlabPort = {
  readonly key: string
  readonly index: number
  readonly name: string
  readonly protocol: string
  readonly port: number
  readonly nodePort: number | null
  readonly targetPort: number | string | null
  /** Port numbers the slices give for it, with the number of endpoints. */
  readonly resolved: readonly { readonly port: number; readonly count: number }[]
  readonly missing: number
}
export type SegmentData = {
  readonly id: string
  readonly key: string
  readonly field: string
  readonly x: number
  readonly condition: PodCondition
  readonly letter: string
  readonly lit: boolean
  readonly routed: boolean | undefined
}
export type ShareData = {
  readonly x: number
  readonly width: number
  readonly ready: number
  readonly servingTerminating: number
  readonly notReady: number
  readonly lit: boolean
}
export type SliceRowData = {
  readonly slice: SliceDetail
  readonly limit: number
  readonly ready: number
  readonly servingTerminating: number
  readonly notReady: number
  /** Undefined where no proxy reads hints. */
  readonly hints: 'all' | 'some' | 'none' | undefined
  readonly ports: string
  readonly gutter: number
  readonly segments: readonly SegmentData[]
  readonly shares: readonly ShareData[]
  readonly segmentWidth: number
  readonly focused: boolean
}
export type PodCardData = {
  /** What a test or a screen reader finds it by. */
  readonly kind: 'Pod' | 'Endpoint'
  readonly key: string
  readonly address: string
  readonly short: string
  readonly port: number | undefined
  readonly condition: PodCondition
  readonly tier: CardTier
  readonly probability: number | undefined
  readonly routed: boolean | undefined
  readonly crosses: boolean
  readonly reason: Reason | undefined
  readonly policy: PolicyState | undefined
  readonly focused: boolean
}
export type PortalData = { readonly node: string; readonly mode: ProxyShape; readonly by: string; readonly x: number }
export type SourceData = { readonly kind: 'Pod' | 'Node'; readonly key: string; readonly label: string }
export type EndData = {
  readonly verdict: 'DROP' | 'REJECT'
  readonly reason: Reason | undefined
  readonly side: 'left' | 'right'
}
export type NoteData = { readonly key: string; readonly values: Readonly<Record<string, string | number>> }

/** A card that stands for a cell after zooming in; `scale` is the zoom it was written for. */
export type DetailData = {
  readonly scale: number
  readonly inner:
    | { readonly type: 'service'; readonly data: ServiceData }
    | { readonly type: 'node'; readonly data: NodeCardData }
}

export type MapNode =
  | Node<GutterData, 'gutter'>
  | Node<NamespaceData, 'namespace'>
  | Node<ServiceData, 'service'>
  | Node<WayData, 'way'>
  | Node<ShardBandData, 'shards'>
  | Node<ZoneData, 'zone'>
  | Node<NodeCardData, 'node'>
  | Node<SlabData, 'slab'>
  | Node<SliceRowData, 'slice'>
  | Node<PodCardData, 'pod'>
  | Node<PortalData, 'portal'>
  | Node<SourceData, 'source'>
  | Node<EndData, 'end'>
  | Node<NoteData, 'note'>
  | Node<DetailData, 'detail'>

export type MapNodeType = MapNode['type']
type DataOf<T extends MapNodeType> = Extract<MapNode, { type: T }>['data']

type StrandData = {
  readonly bend: string
  readonly fall: string
  readonly width: number
  readonly tone: 'stay' | 'cross' | 'neutral' | 'source' | 'cut' | 'unsure'
  /** Where a policy ends it, or may: above what it would end in. */
  readonly end?: { readonly x: number; readonly y: number } | undefined
}
export type MapEdge = Edge<StrandData, 'strand'>

/** React Flow's hard limits on this map (rendering: the cost is in mounted nodes and edges). */
export const MAX_FLOW_NODES = 300
export const MAX_FLOW_EDGES = 150

type NodeInput<T extends MapNodeType> = { id: string; type: T; rect: Rect; data: DataOf<T>; z?: number }

/** A card with its size known beforehand: React Flow neither measures it nor looks for its handles. */
export function flowNode<T extends MapNodeType>(input: NodeInput<T>): MapNode {
  const { width, height, x, y } = input.rect
  const node = {
    id: input.id,
    type: input.type,
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [
      { type: 'source' as const, position: Position.Bottom, x: width / 2, y: height, width: 1, height: 1, id: null },
      { type: 'target' as const, position: Position.Top, x: width / 2, y: 0, width: 1, height: 1, id: null },
    ],
    zIndex: input.z ?? 10,
    data: input.data,
  }
  // The pair of type and data is checked by this function's own type parameter.
  return node as unknown as MapNode
}

/** The new list with the old object wherever nothing changed. */
export function keepNodes<T extends MapNode | MapEdge>(previous: readonly T[], next: readonly T[]): readonly T[] {
  const old = new Map(previous.map((item) => [item.id, item]))
  let same = previous.length === next.length
  const kept = next.map((item, index) => {
    const before = old.get(item.id)
    const one = before && sameItem(before, item) ? before : item
    if (previous[index] !== one) same = false
    return one
  })
  return same ? previous : kept
}

function sameItem(a: MapNode | MapEdge, b: MapNode | MapEdge): boolean {
  if (a.type !== b.type || a.zIndex !== b.zIndex) return false
  if ('position' in a && 'position' in b) {
    if (a.position.x !== b.position.x || a.position.y !== b.position.y) return false
    if (a.width !== b.width || a.height !== b.height) return false
  }
  return deepEqual(a.data, b.data)
}

// Graph objects keep their identity until they change, so this looks below them only for what the scene made itself.
function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const left = Object.entries(a)
  if (left.length !== Object.keys(b).length) return false
  const other = b as Record<string, unknown>
  return left.every(([key, value]) => key in other && deepEqual(value, other[key]))
}
