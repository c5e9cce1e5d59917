// Which addresses left their Services lately, and when. The store knows the present alone; a node's rules may lag behind it.

import type { ClusterView } from '@/core/model/cluster-view'
import type { ClusterEvent } from '@/core/model/events'
import type { EndpointSliceKey, ServiceKey } from '@/core/model/keys'
import type { EndpointSliceRecord } from '@/core/model/records'
import { serviceOfSlice } from '@/core/model/references'
import type { DepartedEndpoint } from '@/core/rules/departed'

export type Departures = {
  /** Reads events before the store applies them; costs what they touch. */
  note(events: readonly ClusterEvent[]): void
  /** What this view may know: departures from Services it holds, of addresses that are in none of their slices now. */
  seenBy(view: ClusterView): readonly DepartedEndpoint[]
}

type Options = { readonly view: ClusterView; readonly now: () => number; readonly most?: number }

/** Remembers the newest departures, 10,000 at most. */
export function createDepartures({ view, now, most = 10_000 }: Options): Departures {
  // In the order of their leaving.
  const departed = new Map<string, DepartedEndpoint>()

  function leave(service: ServiceKey, address: string) {
    const key = `${service} ${address}`
    departed.delete(key)
    departed.set(key, { service, address, at: now() })
    const [oldest] = departed.keys()
    if (departed.size > most && oldest !== undefined) departed.delete(oldest)
  }

  return {
    note(events) {
      const latest = new Map<EndpointSliceKey, EndpointSliceRecord | undefined>()
      for (const event of events) {
        const after = event.type === 'put' && event.record.kind === 'EndpointSlice' ? event.record : undefined
        const gone = event.type === 'remove' && event.kind === 'EndpointSlice' ? event.key : undefined
        const key = after?.key ?? (gone as EndpointSliceKey | undefined)
        if (key === undefined) continue
        const before = latest.has(key) ? latest.get(key) : view.slice(key)
        latest.set(key, after)
        const service = before && serviceOfSlice(before)
        if (before === undefined || service === undefined) continue
        const kept = after && serviceOfSlice(after) === service ? addressesOf([after]) : new Set<string>()
        for (const address of addressesOf([before])) if (!kept.has(address)) leave(service, address)
      }
    },
    seenBy(seen) {
      const present = new Map<ServiceKey, ReadonlySet<string>>()
      return [...departed.values()].filter(({ service, address }) => {
        if (seen.service(service) === undefined) return false
        const there = present.get(service) ?? addressesOf(seen.slicesOfService(service))
        present.set(service, there)
        return !there.has(address)
      })
    },
  }
}

function addressesOf(slices: readonly EndpointSliceRecord[]): ReadonlySet<string> {
  return new Set(slices.flatMap(({ endpoints }) => endpoints.flatMap(({ addresses }) => addresses)))
}
