'use client'
// The overview part by kind. Grouping runs once per change however many components read it, and an array keeps its identity
// while none of its objects changed, so that a pod's change does not redraw the Services.

import type {
  GraphKind,
  GraphObject,
  GraphObjectOf,
  NamespaceSummary,
  NodeSummary,
  PodSummary,
  ServiceCIDRSummary,
  ServiceSummary,
  SliceSummary,
} from '@/core/graph/types'
import { type ByKind, collator, indexOverview } from './overview-index'
import type { PartObjects } from './part-view'
import { usePart } from './use-graph'

export type Overview = {
  readonly services: readonly ServiceSummary[]
  readonly nodes: readonly NodeSummary[]
  readonly pods: readonly PodSummary[]
  readonly slices: readonly SliceSummary[]
  readonly namespaces: readonly NamespaceSummary[]
  readonly serviceCIDRs: readonly ServiceCIDRSummary[]
}

/** Undefined until the overview has arrived. Sorted by id. */
export function useOverview(): Overview | undefined {
  const objects = usePart('overview')
  return objects && overviewOf(objects)
}

let last: { objects: PartObjects; byKind: ByKind; overview: Overview } | undefined

/** The objects by kind. However many components ask, this is made once per frame. */
export function overviewOf(objects: PartObjects): Overview {
  if (last?.objects === objects) return last.overview
  const byKind = indexOverview(objects, last)
  const overview: Overview = {
    services: byKind.ServiceSummary,
    nodes: byKind.NodeSummary,
    pods: byKind.PodSummary,
    slices: byKind.SliceSummary,
    namespaces: byKind.NamespaceSummary,
    serviceCIDRs: byKind.ServiceCIDRSummary,
  }
  last = { objects, byKind, overview }
  return overview
}

/** Objects of one kind, sorted by id (numbers inside names in their natural order). */
export function ofKind<K extends GraphKind>(objects: PartObjects | undefined, kind: K): GraphObjectOf<K>[] {
  const found: GraphObjectOf<K>[] = []
  for (const object of objects?.values() ?? []) if (isKind(object, kind)) found.push(object)
  return found.sort((a, b) => collator.compare(a.id, b.id))
}

function isKind<K extends GraphKind>(object: GraphObject, kind: K): object is GraphObjectOf<K> {
  return object.kind === kind
}
