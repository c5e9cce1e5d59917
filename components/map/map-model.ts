// The overview part sorted by kind, with the look-ups that scenes need. Made once per change of the part.

import { graphId } from '@/core/graph/ids'
import type { GraphId, GraphObject, NodeSummary, PodSummary, ServiceSummary, SliceSummary } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'

export type MapFilters = {
  /** Empty: every namespace. */
  readonly namespaces: readonly string[]
  readonly labels: readonly (readonly [string, string])[]
}

/** Finds an object by `namespace/name` or name; or by its id. */
type Find<T> = { get(key: string): T | undefined }

export type MapModel = {
  readonly services: readonly ServiceSummary[]
  readonly nodes: readonly NodeSummary[]
  /** In the order they came. */
  readonly pods: readonly PodSummary[]
  readonly slices: readonly SliceSummary[]
  readonly nodeByName: Find<NodeSummary>
  readonly podByKey: Find<PodSummary>
  readonly podById: Find<PodSummary>
  readonly serviceByKey: Find<ServiceSummary>
}

export const emptyModel: MapModel = mapModel(new Map())

/** Sorts the overview by kind. Services, nodes and slices are in order; pods are too many to be sorted at every change. */
export function mapModel(overview: ReadonlyMap<GraphId, GraphObject>): MapModel {
  const services: ServiceSummary[] = []
  const nodes: NodeSummary[] = []
  const pods: PodSummary[] = []
  const slices: SliceSummary[] = []
  for (const object of overview.values()) {
    if (object.kind === 'PodSummary') pods.push(object)
    else if (object.kind === 'ServiceSummary') services.push(object)
    else if (object.kind === 'NodeSummary') nodes.push(object)
    else if (object.kind === 'SliceSummary') slices.push(object)
  }
  services.sort(byId)
  nodes.sort((a, b) => natural(a.name, b.name))
  slices.sort(byId)
  const podById = (id: string) => {
    const object = overview.get(id)
    return object?.kind === 'PodSummary' ? object : undefined
  }
  return {
    services,
    nodes,
    pods,
    slices,
    nodeByName: new Map(nodes.map((node) => [node.name, node])),
    podByKey: { get: (key) => podById(graphId('PodSummary', key)) },
    podById: { get: podById },
    serviceByKey: new Map(services.map((service) => [`${service.namespace}/${service.name}`, service])),
  }
}

/** Pods as a first layout stacks them, from the node upward: what is behind no Service lies lowest. */
export function stackingOrder(pods: readonly PodSummary[]): readonly PodSummary[] {
  return [...pods].sort((a, b) => Number(b.condition === 'outside') - Number(a.condition === 'outside') || byId(a, b))
}

type Filterable = { readonly namespace: string; readonly labels: readonly (readonly [string, string])[] }

export function passes(object: Filterable, filters: MapFilters): boolean {
  if (filters.namespaces.length > 0 && !filters.namespaces.includes(object.namespace)) return false
  return filters.labels.every(([key, value]) => object.labels.some((pair) => pair[0] === key && pair[1] === value))
}

/** The family shown when the URL names none: IPv4 unless the cluster has only IPv6. */
export function defaultFamily(model: MapModel): IpFamily {
  const ips = model.services.flatMap((service) => service.clusterIPs).filter((ip) => ip !== 'None' && ip !== '')
  return ips.length > 0 && ips.every((ip) => ip.includes(':')) ? 'IPv6' : 'IPv4'
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

// node-2 before node-10.
function natural(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (const [index, part] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    if (part === other) continue
    const difference = Number(part) - Number(other)
    return Number.isNaN(difference) || difference === 0 ? (part < other ? -1 : 1) : difference
  }
  return left.length - right.length
}
