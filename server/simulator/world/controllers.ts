// Runs the controllers until none has anything to do: after every happening, as if all of them were quick.

import { syncEndpoints } from './endpoints'
import { syncMirror } from './mirroring'
import { schedulePending } from './pods'
import { recordOf } from './records'
import { podLabels, selects } from './selection'
import { markOverloaded, syncSlices } from './slices'
import { reconcileWorkload } from './workloads'
import type { World } from './world'

const maxRounds = 1000

/** Settles the world at the present moment. Controllers that never agree are a fault of the simulator. */
export function settle(world: World): void {
  const { dirty } = world
  for (let round = 0; round < maxRounds; round += 1) {
    if (dirty.scheduling) schedulePending(world)
    for (const key of take(dirty.workloads)) {
      const workload = world.workloads.get(key)
      if (workload !== undefined) reconcileWorkload(world, workload)
    }
    if (dirty.nodes) markOverloaded(world)
    dirty.nodes = false
    if (dirty.workloads.size > 0 || dirty.scheduling) continue
    for (const key of take(dirty.services)) syncService(world, key)
    if (dirty.services.size === 0) return
  }
  throw new Error(`the embedded cluster does not settle: ${[...dirty.workloads, ...dirty.services].join(', ')}`)
}

function syncService(world: World, key: string) {
  const service = world.services.get(key)
  const object = world.cache.get('services', key)
  if (service === undefined || object === undefined) return
  const record = recordOf('Service', object)
  if (record.type === 'ExternalName') return
  if (record.selector === undefined) {
    const endpoints = world.cache.get('endpoints', key)
    return syncMirror(world, record, endpoints && recordOf('Endpoints', endpoints))
  }
  const pods = [...world.pods.values()]
    .filter((pod) => selects(service, pod.namespace, podLabels(pod)))
    .flatMap((pod) => {
      const written = world.cache.get('pods', `${pod.namespace}/${pod.name}`)
      return written === undefined || pod.phase === 'Succeeded' ? [] : [recordOf('Pod', written)]
    })
  syncSlices(world, record, pods)
  syncEndpoints(world, record, pods)
}

function take(keys: Set<string>): string[] {
  const all = [...keys]
  keys.clear()
  return all
}
