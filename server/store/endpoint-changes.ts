import { deepEqual } from '@/core/graph/deep-equal'
import { endpointIds } from '@/core/graph/ids'
import type { GraphId } from '@/core/graph/types'
import type { PodEndpoint } from '@/core/model/cluster-view'
import type { EndpointSliceRecord } from '@/core/model/records'

/** A slice before and after; one of them is undefined when it came or went. */
export type SliceChange = {
  readonly before: EndpointSliceRecord | undefined
  readonly after: EndpointSliceRecord | undefined
}

export type EndpointChanges = {
  /** Endpoints that came, went, changed or moved to another place of the list. */
  readonly ids: readonly GraphId[]
  /** Those that say something else than before, in their old and their new state: a place in the list says nothing about a pod or a node. */
  readonly changed: readonly PodEndpoint[]
}

const known = new WeakMap<SliceChange, EndpointChanges>()

/** What a change of a slice changed about its endpoints; all of them when it went over to another Service. Kept per change. */
export function endpointChanges(change: SliceChange): EndpointChanges {
  const found = known.get(change) ?? compare(change)
  known.set(change, found)
  return found
}

function compare({ before, after }: SliceChange): EndpointChanges {
  const isRelabelled = before?.serviceName !== after?.serviceName
  const [old, now] = [before, after].map((slice) => (slice ? endpointIds(slice) : new Map<GraphId, number>()))
  const ids: GraphId[] = []
  const changed: PodEndpoint[] = []
  for (const id of new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])) {
    const [oldIndex, index] = [old?.get(id) ?? -1, now?.get(id) ?? -1]
    const [was, is] = [before?.endpoints[oldIndex], after?.endpoints[index]]
    const isSame = !isRelabelled && deepEqual(was, is)
    if (isSame && oldIndex === index) continue
    ids.push(id)
    if (isSame) continue
    if (before !== undefined && was !== undefined) changed.push({ slice: before, endpoint: was })
    if (after !== undefined && is !== undefined) changed.push({ slice: after, endpoint: is })
  }
  return { ids, changed }
}
