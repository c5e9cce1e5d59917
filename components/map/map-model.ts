// The overview part sorted by kind, with the look-ups that scenes need. Made once per change of the part.

import type { GraphObject, NodeSummary, PodSummary, ServiceSummary, SliceSummary } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'

export type MapFilters = {
  /** Empty: every namespace. */
  readonly namespaces: readonly string[]
  readonly labels: readonly (readonly [string, string])[]
}

export type MapModel = {
  readonly services: readonly ServiceSummary[]
  readonly nodes: readonly NodeSummary[]
  readonly pods: readonly PodSummary[]
  readonly slices: readonly SliceSummary[]
  readonly nodeByName: ReadonlyMap<string, NodeSummary>
  readonly podByKey: ReadonlyMap<string, PodSummary>
  readonly podById: ReadonlyMap<string, PodSummary>
  readonly serviceByKey: ReadonlyMap<string, ServiceSummary>
}

export const emptyModel: MapModel = {
  services: [],
  nodes: [],
  pods: [],
  slices: [],
  nodeByName: new Map(),
  podByKey: new Map(),
  podById: new Map(),
  serviceByKey: new Map(),
}

/** Sorts the overview by kind; each list by name, so that a fresh layout is the same everywhere. */
export function mapModel(objects: Iterable<GraphObject>): MapModel {
  const services: ServiceSummary[] = []
  const nodes: NodeSummary[] = []
  const pods: PodSummary[] = []
  const slices: SliceSummary[] = []
  for (const object of objects) {
    if (object.kind === 'ServiceSummary') services.push(object)
    else if (object.kind === 'NodeSummary') nodes.push(object)
    else if (object.kind === 'PodSummary') pods.push(object)
    else if (object.kind === 'SliceSummary') slices.push(object)
  }
  services.sort(byId)
  nodes.sort((a, b) => natural(a.name, b.name))
  slices.sort(byId)
  // Newcomers are stacked from the node upward: first what is behind no Service.
  pods.sort((a, b) => Number(b.condition === 'outside') - Number(a.condition === 'outside') || byId(a, b))
  return {
    services,
    nodes,
    pods,
    slices,
    nodeByName: new Map(nodes.map((node) => [node.name, node])),
    podByKey: new Map(pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod])),
    podById: new Map(pods.map((pod) => [pod.id, pod])),
    serviceByKey: new Map(services.map((service) => [`${service.namespace}/${service.name}`, service])),
  }
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

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

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
