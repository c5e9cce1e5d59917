// A kube-proxy that no longer follows the cluster: its node keeps the rules of that moment.

import { parseObject } from '../../../core/model/from-api'
import type { EndpointSliceRecord, Kind, RecordOf, ServiceRecord } from '../../../core/model/records'
import type { ApiObject } from '../api-object'
import type { World } from './world'

/** What a kube-proxy had read when it stopped writing rules. */
export type LastRead = { readonly services: readonly ServiceRecord[]; readonly slices: readonly EndpointSliceRecord[] }

/** From now on this node's rules stay as they are. */
export function stopProxy(world: World, node: string): void {
  if (!world.nodes.has(node)) throw new Error(`scenario: no node ${node}`)
  const services = [...world.cache.list('services')]
  const slices = [...world.cache.list('endpointslices')]
  world.stoppedProxies.set(node, { at: world.timeline.now(), services, slices })
}

/** Undefined where the proxy follows the cluster. */
export function lastReadOf(world: World, node: string): LastRead | undefined {
  const stopped = world.stoppedProxies.get(node)
  return (
    stopped && {
      services: stopped.services.map((object) => recordOf('Service', object)),
      slices: stopped.slices.map((object) => recordOf('EndpointSlice', object)),
    }
  )
}

function recordOf<K extends Kind>(kind: K, object: ApiObject): RecordOf<K> {
  // As a client of the API reads it.
  const parsed = parseObject(kind, JSON.parse(JSON.stringify(object)))
  if (!parsed.ok)
    throw new Error(`the embedded cluster made an object it cannot read: ${JSON.stringify(parsed.reject)}`)
  return parsed.record as RecordOf<K>
}
