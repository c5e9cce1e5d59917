// One port map of one family: which slices to write so that they hold the wanted endpoints, with as few writes as possible.
// Follows reconcileByPortMapping and getSliceToFill in k8s.io/endpointslice @v0.36.3; rules S9–S12, S13. Real code puts
// endpoints in random order and takes equal slices in random order; here both keep the order given.

import type { Endpoint, EndpointSliceRecord } from '../model/records'
import { endpointIdentity, isSameEndpoint } from './desired-endpoints'
import { draftOf, type Group, labelsDiffer, labelsOf, newDraft, type SliceDraft } from './slice-draft'

export type Filled = {
  readonly create: readonly SliceDraft[]
  readonly update: readonly SliceDraft[]
  readonly delete: readonly EndpointSliceRecord[]
}

export type FillTarget = {
  readonly group: Group
  readonly endpoints: ReadonlyMap<string, Endpoint>
  readonly maxEndpointsPerSlice: number
}

/** Existing slices of the port map against its wanted endpoints. */
export function fillSlices(existing: readonly EndpointSliceRecord[], target: FillTarget): Filled {
  const kept = keepWanted(existing, target)
  const waiting = [...kept.missing]
  const update = topUp(kept.update, waiting, target.maxEndpointsPerSlice)
  const placed = placeRest(kept.unchanged, waiting, target)
  return { create: placed.create, update: [...update, ...placed.update], delete: kept.delete }
}

/** S9: every slice keeps what is still wanted, in its newest form. An endpoint that stands in two slices stays in the first. */
function keepWanted(existing: readonly EndpointSliceRecord[], { group: { service }, endpoints }: FillTarget) {
  const missing = new Map(endpoints)
  const update: SliceDraft[] = []
  const unchanged: EndpointSliceRecord[] = []
  const gone: EndpointSliceRecord[] = []
  for (const slice of existing) {
    const kept = slice.endpoints.flatMap((endpoint) => {
      const identity = endpointIdentity(endpoint)
      const wanted = missing.get(identity)
      missing.delete(identity)
      return wanted ? [{ wanted, same: isSameEndpoint(endpoint, wanted) }] : []
    })
    const changed = kept.length !== slice.endpoints.length || kept.some(({ same }) => !same)
    if (changed && kept.length === 0) gone.push(slice)
    else if (changed) {
      const next = kept.map(({ wanted }) => wanted)
      update.push({ ...draftOf(slice), endpoints: next, labels: labelsOf(service) })
    } else if (labelsDiffer(slice, service)) update.push({ ...draftOf(slice), labels: labelsOf(service) })
    else unchanged.push(slice)
  }
  return { missing: missing.values(), update, unchanged, delete: gone }
}

/** S10: slices that are written anyway take new endpoints first, the fullest before the others. Takes from `waiting`. */
function topUp(drafts: readonly SliceDraft[], waiting: Endpoint[], max: number): readonly SliceDraft[] {
  return drafts
    .toSorted((a, b) => b.endpoints.length - a.endpoints.length)
    .map((draft) => add(draft, waiting, max - draft.endpoints.length))
}

/** S11: the rest goes into one unchanged slice that can take all of it, else into new slices. Empties `waiting`. */
function placeRest(unchanged: readonly EndpointSliceRecord[], waiting: Endpoint[], target: FillTarget) {
  const max = target.maxEndpointsPerSlice
  const create: SliceDraft[] = []
  const update: SliceDraft[] = []
  while (waiting.length > 0) {
    const roomy = waiting.length < max ? bestFit(unchanged, waiting.length, max) : undefined
    if (roomy) update.push(add(draftOf(roomy), waiting, max))
    else create.push(add(newDraft(target.group), waiting, max))
  }
  return { create, update }
}

/** The slice that ends up fullest with `count` more endpoints; an empty one that would stay below the limit also counts. */
function bestFit(slices: readonly EndpointSliceRecord[], count: number, max: number): EndpointSliceRecord | undefined {
  let best: EndpointSliceRecord | undefined
  let least = max
  for (const slice of slices) {
    const free = max - count - slice.endpoints.length
    if (free >= 0 && free < least) {
      least = free
      best = slice
    }
  }
  return best
}

function add(draft: SliceDraft, waiting: Endpoint[], room: number): SliceDraft {
  if (room <= 0 || waiting.length === 0) return draft
  return { ...draft, endpoints: [...draft.endpoints, ...waiting.splice(0, room)] }
}
