// The EndpointSlice mirroring controller: core/endpoints decides, this file writes what it decided.

import { type MirrorSlice, planMirror } from '../../../core/endpoints/mirror'
import type { Endpoint, EndpointsRecord, ServiceRecord } from '../../../core/model/records'
import { type ApiObject, type JsonObject, type ObjectMeta, timestamp } from '../api-object'
import { recordOf } from './records'
import { erase, type World, write } from './world'

const managedBy = 'endpointslicemirroring-controller.k8s.io'

/** Writes the mirrored slices of a Service without selector, and removes those no longer wanted. */
export function syncMirror(world: World, service: ServiceRecord, endpoints: EndpointsRecord | undefined): void {
  const present = world.cache
    .list('endpointslices')
    .filter(
      ({ metadata }) => metadata.namespace === service.namespace && isMirrorOf(service.name, metadata.labels ?? {}),
    )
  if (endpoints) writeMirror(world, endpoints, present)
  else for (const slice of present) erase(world, 'endpointslices', slice)
}

function writeMirror(world: World, endpoints: EndpointsRecord, present: readonly ApiObject[]): void {
  const byName = new Map(present.map((slice) => [slice.metadata.name, slice]))
  const plan = planMirror(
    endpoints,
    present.map((slice) => recordOf('EndpointSlice', slice)),
  )
  for (const { slice, name = '' } of plan.write) {
    const metadata = metadataOf(world, endpoints, byName.get(name)?.metadata)
    const head = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata }
    write(world, 'endpointslices', { ...head, ...sliceBody(slice) })
  }
  for (const { name } of plan.remove) {
    const slice = byName.get(name)
    if (slice) erase(world, 'endpointslices', slice)
  }
}

const isMirrorOf = (name: string, labels: Readonly<Record<string, string>>) =>
  labels['endpointslice.kubernetes.io/managed-by'] === managedBy && labels['kubernetes.io/service-name'] === name

function metadataOf(world: World, endpoints: EndpointsRecord, before: ObjectMeta | undefined): ObjectMeta {
  const { name, namespace, uid, labels } = endpoints
  return {
    name: before?.name ?? `${name}-${world.random.suffix(5)}`,
    generateName: `${name}-`,
    namespace,
    uid: before?.uid ?? world.random.uuid(),
    generation: before?.generation ?? 1,
    creationTimestamp: before?.creationTimestamp ?? timestamp(world.timeline.now()),
    labels: {
      ...Object.fromEntries(labels),
      'endpointslice.kubernetes.io/managed-by': managedBy,
      'kubernetes.io/service-name': name,
    },
    ownerReferences: [{ apiVersion: 'v1', kind: 'Endpoints', name, uid, controller: true, blockOwnerDeletion: true }],
  }
}

const sliceBody = ({ family, ports, endpoints }: MirrorSlice): JsonObject => ({
  addressType: family,
  endpoints: endpoints.map(renderEndpoint),
  ports: ports.map(({ name, protocol, port, appProtocol }) => ({ name, protocol, port, appProtocol })),
})

const renderEndpoint = ({ addresses, ready, hostname, nodeName, targetRef }: Endpoint): JsonObject => ({
  addresses,
  conditions: { ready },
  hostname,
  nodeName,
  targetRef,
})
