// Runs the controllers until none has anything to do: after every happening, as if all of them were quick.

import type { PodRecord } from '../../../core/model/records'
import { syncEndpoints } from './endpoints'
import { syncMirror } from './mirroring'
import { schedulePending } from './pods'
import { recordOf } from './records'
import { podLabels, selects } from './selection'
import { markOverloaded, syncSlices } from './slices'
import { reconcileWorkload } from './workloads'
import { keyOf, type World } from './world'

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
    for (const key of take(dirty.services)) syncOrBatch(world, key)
    if (dirty.services.size === 0) return
  }
  throw new Error(`the embedded cluster does not settle: ${[...dirty.workloads, ...dirty.services].join(', ')}`)
}

// What changes within the batch period is written once, at its end.
function syncOrBatch(world: World, key: string) {
  const { batched, timeline } = world
  const { updatesBatchMs } = world.scenario
  if (updatesBatchMs === undefined) return syncService(world, key)
  if (batched.has(key)) return
  batched.add(key)
  timeline.at(timeline.now() + updatesBatchMs, () => {
    batched.delete(key)
    syncService(world, key)
  })
}

function syncService(world: World, key: string) {
  const object = world.cache.get('services', key)
  if (object === undefined) return
  const service = recordOf('Service', object)
  if (service.type === 'ExternalName') return
  if (service.selector === undefined) {
    const endpoints = world.cache.get('endpoints', key)
    return syncMirror(world, service, endpoints && recordOf('Endpoints', endpoints))
  }
  const pods = selectedPods(world, key)
  syncSlices(world, service, pods)
  syncEndpoints(world, service, pods)
}

/** Pods a Service selects, but for those that have ended. */
export function selectedPods(world: World, key: string): PodRecord[] {
  const service = world.services.get(key)
  if (service === undefined) return []
  return [...world.pods.values()]
    .filter((pod) => pod.namespace === service.spec.namespace && pod.phase !== 'Succeeded')
    .filter((pod) => selects(service, pod.namespace, podLabels(pod)))
    .flatMap((pod) => world.cache.get('pods', keyOf(pod)) ?? [])
    .map((object) => recordOf('Pod', object))
}

function take(keys: Set<string>): string[] {
  const all = [...keys]
  keys.clear()
  return all
}
