// The EndpointSlice controller: core/slices decides, this file writes what it decided.

import type { EndpointSliceRecord, NodeRecord, PodRecord, ServiceRecord } from '../../../core/model/records'
import { type Reconciled, reconcile } from '../../../core/slices/reconcile'
import { isOverloaded, zoneRatios } from '../../../core/slices/topology-cache'
import { recordOf } from './records'
import { renderSlice } from './render-slice'
import { keyOf, type World, write } from './world'

/** Writes the slices of a Service with a selector. */
export function syncSlices(world: World, service: ServiceRecord, pods: readonly PodRecord[]): void {
  const known = world.services.get(service.key)
  if (known === undefined) return
  const triggerTime = world.timeline.now()
  const nameFor = () => `${service.name}-${world.random.suffix(5)}`
  const plan = planSlices(world, { service, pods }, { nameFor, triggerTime })
  known.hintState = plan.hintState
  for (const slice of [...plan.create, ...plan.update]) {
    const before = world.cache.get('endpointslices', slice.key)?.metadata
    const fresh = { uid: world.random.uuid(), now: triggerTime }
    write(world, 'endpointslices', renderSlice(slice, { before, fresh }))
  }
  for (const { key } of plan.delete) world.cache.remove('endpointslices', key)
}

type Sync = { readonly service: ServiceRecord; readonly pods: readonly PodRecord[] }
type Naming = { readonly nameFor: (n: number) => string; readonly triggerTime: number }

/** What core/slices wants of a Service's slices as they are now. */
export function planSlices(world: World, { service, pods }: Sync, naming: Naming): Reconciled {
  const nodes = new Map([...nodeRecords(world)].map((node) => [node.key, node]))
  return reconcile(
    { service, pods, nodes, slices: slicesOf(world, service) },
    {
      ...naming,
      maxEndpointsPerSlice: world.scenario.maxEndpointsPerSlice,
      hintState: world.services.get(service.key)?.hintState,
    },
  )
}

/** Nodes that come, go or fail make the controller look again at Services whose hints no longer fit the zones. */
export function markOverloaded(world: World): void {
  const ratios = zoneRatios(nodeRecords(world))
  for (const { spec, hintState } of world.services.values()) {
    const hints = [...(hintState?.byZone.values() ?? [])]
    if (hints.some((byZone) => isOverloaded(byZone, ratios))) world.dirty.services.add(keyOf(spec))
  }
}

const slicesOf = (world: World, { namespace, name }: ServiceRecord): EndpointSliceRecord[] =>
  world.cache
    .list('endpointslices')
    .filter(
      ({ metadata }) => metadata.namespace === namespace && metadata.labels?.['kubernetes.io/service-name'] === name,
    )
    .map((object) => recordOf('EndpointSlice', object))

const nodeRecords = (world: World): NodeRecord[] => world.cache.list('nodes').map((object) => recordOf('Node', object))
