// How the address lists of a legacy Endpoints object change: an object of a thousand addresses changes by one of them, and is
// written whole by the API each time. On the wire goes what left and what came.

import type { EndpointsDetail } from '../graph/types'

type Subsets = EndpointsDetail['subsets']

/** [places in the old list that left, then place and text of each that came, in the new list]. */
type ListEdit = readonly [left: readonly number[], came: readonly (readonly [number, string])[]]

/** Per subset an edit of its addresses and of its notReadyAddresses. */
export type SubsetsEdit = readonly (readonly [addresses: ListEdit, notReadyAddresses: ListEdit])[]

/** Undefined when the change is not one of addresses alone, or not worth it. */
export function editOfSubsets(before: Subsets, after: Subsets): SubsetsEdit | undefined {
  if (before.length !== after.length) return undefined
  const edits: (readonly [ListEdit, ListEdit])[] = []
  for (const [index, old] of before.entries()) {
    const fresh = after[index]
    if (!fresh || JSON.stringify(old.ports) !== JSON.stringify(fresh.ports)) return undefined
    const addresses = editOfList(old.addresses, fresh.addresses)
    const notReady = editOfList(old.notReadyAddresses, fresh.notReadyAddresses)
    if (!addresses || !notReady) return undefined
    edits.push([addresses, notReady])
  }
  return edits
}

/** Undefined when the edit does not fit what it is applied to. */
export function applySubsetsEdit(before: unknown, edit: unknown): Subsets | undefined {
  // Both come from this codec; the shape is checked as far as a wrong one could throw.
  const subsets = before as Subsets
  if (!Array.isArray(before) || !Array.isArray(edit) || edit.length !== before.length) return undefined
  return subsets.map((subset, index) => {
    const [addresses, notReady] = edit[index] as SubsetsEdit[number]
    return {
      ...subset,
      addresses: applyListEdit(subset.addresses, addresses),
      notReadyAddresses: applyListEdit(subset.notReadyAddresses, notReady),
    }
  })
}

// What is in both lists must stand in the same order, as it does where lists are sorted; else the whole list is shorter to say.
function editOfList(before: readonly string[], after: readonly string[]): ListEdit | undefined {
  const [old, fresh] = [new Set(before), new Set(after)]
  const left = before.flatMap((text, place) => (fresh.has(text) ? [] : [place]))
  const came = after.flatMap((text, place) => (old.has(text) ? [] : [[place, text] as const]))
  const edit: ListEdit = [left, came]
  const result = applyListEdit(before, edit)
  const same = result.length === after.length && result.every((text, place) => text === after[place])
  return same ? edit : undefined
}

function applyListEdit(before: readonly string[], [left, came]: ListEdit): readonly string[] {
  if (left.length === 0 && came.length === 0) return before
  const gone = new Set(left)
  const list = before.filter((_, place) => !gone.has(place))
  const insertions = new Map(came)
  const result: string[] = []
  for (let place = 0, kept = 0; place < list.length + came.length; place += 1) {
    const text = insertions.get(place)
    if (text !== undefined) result.push(text)
    else result.push(list[kept++] ?? '')
  }
  return result
}
