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
  ServiceSummary,
  SliceSummary,
} from '@/core/graph/types'
import type { PartObjects } from './graph-store'
import { usePart } from './use-graph'

export type Overview = {
  readonly services: readonly ServiceSummary[]
  readonly nodes: readonly NodeSummary[]
  readonly pods: readonly PodSummary[]
  readonly slices: readonly SliceSummary[]
  readonly namespaces: readonly NamespaceSummary[]
}

/** Undefined until the overview has arrived. Sorted by id. */
export function useOverview(): Overview | undefined {
  const objects = usePart('overview')
  return objects && overviewOf(objects)
}

let last: { objects: PartObjects; overview: Overview } | undefined

/** The overview's objects by kind, sorted by id; arrays of the previous call are kept where they are equal. */
function overviewOf(objects: PartObjects): Overview {
  if (last?.objects === objects) return last.overview
  const before = last?.overview
  const overview: Overview = {
    services: kept(before?.services, ofKind(objects, 'ServiceSummary')),
    nodes: kept(before?.nodes, ofKind(objects, 'NodeSummary')),
    pods: kept(before?.pods, ofKind(objects, 'PodSummary')),
    slices: kept(before?.slices, ofKind(objects, 'SliceSummary')),
    namespaces: kept(before?.namespaces, ofKind(objects, 'NamespaceSummary')),
  }
  last = { objects, overview }
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

/** Orders `node-2` before `node-10`; the same in every locale. */
export const collator = new Intl.Collator('en', { numeric: true })

function kept<T>(before: readonly T[] | undefined, now: readonly T[]): readonly T[] {
  return before && before.length === now.length && before.every((item, i) => item === now[i]) ? before : now
}
