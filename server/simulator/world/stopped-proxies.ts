// A kube-proxy that no longer follows the cluster: its node keeps the rules of that moment.

import type { World } from './world'

/** From now on this node's rules stay as they are. */
export function stopProxy(world: World, node: string): void {
  if (!world.nodes.has(node)) throw new Error(`scenario: no node ${node}`)
  const services = [...world.cache.list('services')]
  const slices = [...world.cache.list('endpointslices')]
  world.stoppedProxies.set(node, { at: world.timeline.now(), services, slices })
}
