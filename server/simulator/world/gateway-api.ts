// The CRDs of the Gateway API: removed with all that stands in them, and installed again as if the same manifests were applied.

import { ControlError } from '../actions'
import { gatewayResources } from '../resources'
import { type World, write } from './world'

/** Installs or removes them. Throws ControlError when they are so already. */
export function setGatewayApi(world: World, installed: boolean): void {
  const { cache, removedGatewayApi: removed } = world
  if (installed === (removed === undefined)) throw new ControlError('demo-already-so', { object: 'Gateway API' })
  if (removed === undefined) {
    world.removedGatewayApi = gatewayResources.flatMap((resource) =>
      cache.list(resource).map((object) => ({ resource, object })),
    )
    for (const resource of gatewayResources) cache.serve(resource, false)
    return
  }
  world.removedGatewayApi = undefined
  for (const resource of gatewayResources) cache.serve(resource, true)
  for (const { resource, object } of removed) write(world, resource, object)
}
