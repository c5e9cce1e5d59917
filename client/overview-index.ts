// The overview's objects by kind, each kind sorted by id. A change replaces the arrays of its own kinds and moves pointers in
// them: sorting 25,000 objects anew took most of a change's way to the screen.

import type { GraphId, GraphObject, GraphObjectOf } from '@/core/graph/types'
import { changesBetween, type PartObjects } from './part-view'

const KINDS = [
  'ServiceSummary',
  'NodeSummary',
  'PodSummary',
  'SliceSummary',
  'NamespaceSummary',
  'ServiceCIDRSummary',
] as const
type OverviewKind = (typeof KINDS)[number]

export type ByKind = { readonly [K in OverviewKind]: readonly GraphObjectOf<K>[] }

/** From this many changes on, sorting once is cheaper than placing each. */
const MANY = 500

/** Kinds of `now`, made from those of `before` where both are frames in a row. An array without a change stays the same. */
export function indexOverview(
  now: PartObjects,
  before?: { readonly objects: PartObjects; readonly byKind: ByKind },
): ByKind {
  const changed = changesBetween(before?.objects, now)
  if (!before || changed === 'all' || changed.size > MANY) return sortedAnew(now, before?.byKind)
  const arrays = new Map<string, GraphObject[]>()
  for (const id of changed) {
    const kind = KINDS.find((one) => id.startsWith(`${one}:`))
    if (!kind) continue
    const array = arrays.get(kind) ?? [...before.byKind[kind]]
    arrays.set(kind, array)
    place(array, id, now.get(id))
  }
  return { ...before.byKind, ...Object.fromEntries(arrays) }
}

function place(array: GraphObject[], id: GraphId, object: GraphObject | undefined): void {
  const at = placeOf(array, id)
  const isThere = array[at]?.id === id
  array.splice(at, isThere ? 1 : 0, ...(object ? [object] : []))
}

/** First place whose id is not before this one. */
function placeOf(array: readonly GraphObject[], id: GraphId): number {
  let [low, high] = [0, array.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (byId(array[middle]?.id ?? '', id) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function sortedAnew(now: PartObjects, before: ByKind | undefined): ByKind {
  const byKind = Object.fromEntries(
    KINDS.map((kind) => {
      const found = [...now.values()].filter((object) => object.kind === kind)
      return [
        kind,
        kept(
          before?.[kind],
          found.sort((a, b) => byId(a.id, b.id)),
        ),
      ]
    }),
  )
  return byKind as unknown as ByKind
}

function kept(before: readonly GraphObject[] | undefined, now: readonly GraphObject[]): readonly GraphObject[] {
  return before && before.length === now.length && before.every((item, i) => item === now[i]) ? before : now
}

/** Orders `node-2` before `node-10`; the same in every locale. */
export const collator = new Intl.Collator('en', { numeric: true })

// Names that differ only in leading zeros are equal to the collator, and not to anybody else.
const byId = (a: GraphId, b: GraphId) => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
