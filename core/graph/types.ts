// What travels from the server to the browser: parts, made of graph objects. Plain JSON on purpose (no Map, no undefined;
// `null` is "not set", label sets are pairs because a label key may be `__proto__`). Colours, icons and sentences are made in
// components; these are domain facts.
// Each part has a file of its own; everybody else takes the types from here.

import type { GraphId } from './types-common'
import type { NodeDetail } from './types-node'
import type {
  NamespaceSummary,
  NodeSummary,
  PodSummary,
  ServiceCIDRSummary,
  ServiceSummary,
  SliceSummary,
} from './types-overview'
import type { EndpointDetail, EndpointsDetail, PodDetail, ServiceDetail, SliceDetail } from './types-service'
import type { ClusterStatus, WatchStatus } from './types-status'

export type { EndpointCounts, GraphId, Pairs, Trouble } from './types-common'
export type { NodeDetail, ProxyModeEvidence } from './types-node'
export type {
  Confidence,
  NamespaceSummary,
  NodeSummary,
  PodCondition,
  PodSummary,
  PortSummary,
  ProxyModeName,
  ProxyModeVerdict,
  ServiceCIDRSummary,
  ServiceEntry,
  ServiceSummary,
  SliceSummary,
} from './types-overview'
export type { EndpointDetail, EndpointsDetail, PodDetail, ServiceDetail, SliceDetail } from './types-service'
export type { ClusterStatus, WatchStatus } from './types-status'

/** What changes and travels together. `status` is the cluster's identity and the health of its watches. */
export type PartKey = 'overview' | 'status' | `service/${string}` | `node/${string}` | `namespace/${string}`

export type GraphObject =
  | NamespaceSummary
  | ServiceCIDRSummary
  | ServiceSummary
  | NodeSummary
  | PodSummary
  | SliceSummary
  | ServiceDetail
  | SliceDetail
  | EndpointDetail
  | PodDetail
  | EndpointsDetail
  | NodeDetail
  | ClusterStatus
  | WatchStatus

export type GraphKind = GraphObject['kind']
export type GraphObjectOf<K extends GraphKind> = Extract<GraphObject, { kind: K }>

/** A part as it stands: objects by id. Equal parts hold equal objects, in any order. */
export type GraphPart = { readonly key: PartKey; readonly objects: ReadonlyMap<GraphId, GraphObject> }

/** New values of an object's top-level fields; a field is never absent (null = not set). */
export type GraphPatch = { readonly id: GraphId; readonly set: Readonly<Record<string, unknown>> }

export type GraphDelta = {
  readonly put: readonly GraphObject[]
  readonly patch: readonly GraphPatch[]
  readonly remove: readonly GraphId[]
}
