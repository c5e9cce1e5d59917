// What is drawn, whatever the depth: ground rectangles, dots and cells for the canvas, cards and strands for React Flow, and
// the objects that arrow keys walk over.

import type { Rect, Size } from '@/core/graph/layout-rect'
import type { PodCondition } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'
import type { PolicyState } from '@/core/policy/types'
import type { DetailView } from './cluster-detail'
import type { MapEdge, MapNode, PlaneName } from './flow-nodes'
import type { MapFilters } from './map-model'

export type SceneView = {
  readonly size: Size
  readonly family: IpFamily
  readonly filters: MapFilters
  /** Key of the focused object and its kind, when it is a node or a pod that has no layout of its own. */
  readonly lit: { readonly kind: 'Node' | 'Pod'; readonly key: string } | undefined
}

type GroundTone = 'clusterIP' | 'pods' | 'nodes' | 'zone' | 'zoneSource' | 'block' | 'slice' | 'outside'
export type GroundRect = { readonly key: string; readonly rect: Rect; readonly tone: GroundTone }

export const conditions: readonly PodCondition[] = ['ready', 'servingTerminating', 'notReady', 'outside', 'unknown']

/** Place of a condition in `conditions`. */
export const stateOf: Readonly<Record<PodCondition, number>> = {
  ready: 0,
  servingTerminating: 1,
  notReady: 2,
  outside: 3,
  unknown: 4,
}

/** Pods as the canvas draws them; the arrays run in parallel. */
export type Dots = {
  readonly ids: readonly string[]
  readonly xs: Float32Array
  readonly ys: Float32Array
  /** Index into `conditions`. */
  readonly states: Uint8Array
  /** 1: drawn faint (filtered out, or not in focus). 2: receives a route within its zone, 3: across zones. */
  readonly marks: Uint8Array
  readonly index: ReadonlyMap<string, number>
  readonly size: number
}

export type CellTone =
  | 'service'
  | 'serviceCrit'
  | 'serviceWarn'
  | 'shard'
  | 'shardTerm'
  | 'shardBad'
  | 'shardEmpty'
  | 'node'
  | 'nodeUnknown'
  | 'nodeDown'
  | 'stem'

/** A small rectangle on the canvas that stands for an object. */
export type Cell = { readonly id: string; readonly rect: Rect; readonly tone: CellTone; readonly faint: boolean }

type TargetKind = 'Service' | 'EndpointSlice' | 'Pod' | 'Node' | 'Endpoint'

/** Something the pointer or the arrow keys can be on. */
export type Target = {
  /** Id of the graph object, for the glance card and for highlighting. */
  readonly id: string
  readonly kind: TargetKind
  /** `namespace/name`, name, or the address of an endpoint that is no object of its own. */
  readonly key: string
  readonly plane: PlaneName
  readonly rect: Rect
}

export type Scene = {
  readonly depth: 'cluster' | 'focus'
  readonly size: Size
  readonly ground: readonly GroundRect[]
  readonly dots: Dots
  readonly cells: readonly Cell[]
  readonly nodes: readonly MapNode[]
  readonly edges: readonly MapEdge[]
  /** Objects of a plane, made when somebody asks: there may be twenty thousand. */
  readonly targets: (plane: PlaneName) => readonly Target[]
  /** What belongs together when the pointer is on `id`: services, shards, pods and nodes with it. */
  readonly related: (id: string) => Related | undefined
  /** Zone columns from left to right. */
  readonly zones: readonly { readonly x: number; readonly width: number }[]
  /** Cards for the cells in view, once they are large enough to be read. */
  readonly detail: (view: DetailView) => readonly MapNode[]
  /** Dots of the object in focus, ringed. */
  readonly lit: readonly number[]
  /** Share of connections an endpoint receives from the chosen source. */
  readonly share: (id: string) => number | undefined
  /** What NetworkPolicies make of that share; undefined where they have no say. */
  readonly policy: (id: string) => PolicyState | undefined
  /** Folded into counts because React Flow's limit was reached. */
  readonly folded: number
}

export type Related = {
  /** Top of the bus: the object's own rectangle. */
  readonly from: Rect
  readonly shards: readonly Rect[]
  /** Indexes of dots. */
  readonly dots: readonly number[]
  /** Where the bus runs and where its drops end, by node. */
  readonly drops: readonly { readonly x: number; readonly y: number; readonly count: number }[]
  readonly busY: number
  readonly nodeIds: ReadonlySet<string>
}

/** Remembers the targets of a plane: the pointer asks for them at every move. */
export function oncePerPlane(make: Scene['targets']): Scene['targets'] {
  const known = new Map<PlaneName, readonly Target[]>()
  return (plane) => {
    const targets = known.get(plane) ?? make(plane)
    known.set(plane, targets)
    return targets
  }
}
