// The overview part sorted by kind, with the look-ups that scenes need. Made once per change of the part.

import type { PartObjects } from '@/client/part-view'
import { overviewOf } from '@/client/use-overview'
import { graphId } from '@/core/graph/ids'
import type { NodeSummary, PodSummary, ServiceCIDRSummary, ServiceSummary, SliceSummary } from '@/core/graph/types'
import type { WorkloadScope } from '@/core/graph/workload-scope'

export type MapFilters = {
  /** Empty: every namespace. */
  readonly namespaces: readonly string[]
  readonly labels: readonly (readonly [string, string])[]
  readonly scope?: WorkloadScope | undefined
}

/** Finds an object by `namespace/name` or name; or by its id. */
type Find<T> = { get(key: string): T | undefined }

export type MapModel = {
  readonly services: readonly ServiceSummary[]
  readonly nodes: readonly NodeSummary[]
  readonly pods: readonly PodSummary[]
  readonly slices: readonly SliceSummary[]
  readonly serviceCIDRs: readonly ServiceCIDRSummary[]
  readonly nodeByName: Find<NodeSummary>
  readonly podByKey: Find<PodSummary>
  readonly podById: Find<PodSummary>
  readonly serviceByKey: Find<ServiceSummary>
}

const lookUps = new WeakMap<readonly unknown[], ReadonlyMap<string, unknown>>()

export const emptyModel: MapModel = mapModel(new Map())

/** The overview with look-ups. What did not change since the last frame is not made again. */
export function mapModel(objects: PartObjects): MapModel {
  const { services, nodes, pods, slices, serviceCIDRs } = overviewOf(objects)
  const podById = (id: string) => {
    const object = objects.get(id)
    return object?.kind === 'PodSummary' ? object : undefined
  }
  return {
    services,
    nodes,
    pods,
    slices,
    serviceCIDRs,
    nodeByName: lookUp(nodes, ({ name }) => name),
    podByKey: { get: (key) => podById(graphId('PodSummary', key)) },
    podById: { get: podById },
    serviceByKey: lookUp(services, ({ namespace, name }) => `${namespace}/${name}`),
  }
}

// By the array itself: the overview keeps an array until something in it changes.
function lookUp<T>(list: readonly T[], keyOf: (item: T) => string): Find<T> {
  const known = lookUps.get(list) as ReadonlyMap<string, T> | undefined
  const made = known ?? new Map(list.map((item) => [keyOf(item), item]))
  lookUps.set(list, made)
  return made
}

/** Pods as a first layout stacks them, from the node upward: what is behind no Service lies lowest. */
export function stackingOrder(pods: readonly PodSummary[]): readonly PodSummary[] {
  return [...pods].sort((a, b) => Number(b.condition === 'outside') - Number(a.condition === 'outside') || byId(a, b))
}

/** Whether anything is kept back. */
export const isFiltered = ({ namespaces, labels, scope }: MapFilters): boolean =>
  namespaces.length > 0 || labels.length > 0 || scope !== undefined

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
