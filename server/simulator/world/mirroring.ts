// The EndpointSlice mirroring controller: Endpoints that somebody wrote for a Service without selector become slices.
// Follows pkg/controller/endpointslicemirroring @v1.36.3 (docs/semantics.md section 11.6).

import type { EndpointsRecord, EndpointsSubset, IpFamily, ServiceRecord } from '../../../core/model/records'
import { type ApiObject, type JsonObject, timestamp } from '../api-object'
import { erase, type World, write } from './world'

const managedBy = 'endpointslicemirroring-controller.k8s.io'

/** Writes the mirrored slices of a Service without selector, and removes those no longer wanted. */
export function syncMirror(world: World, service: ServiceRecord, endpoints: EndpointsRecord | undefined): void {
  const present = world.cache
    .list('endpointslices')
    .filter(
      ({ metadata }) => metadata.namespace === service.namespace && isMirrorOf(service.name, metadata.labels ?? {}),
    )
  const left = new Set(present)
  if (endpoints !== undefined && !endpoints.skipMirror) {
    for (const { family, subset } of mirrored(endpoints)) {
      const before = present.find((slice) => left.has(slice) && slice.addressType === family)
      if (before !== undefined) left.delete(before)
      const head = before === undefined ? newHead(world, endpoints) : headOf(before)
      write(world, 'endpointslices', { ...head, ...sliceBody(family, subset) })
    }
  }
  for (const slice of left) erase(world, 'endpointslices', slice)
}

const isMirrorOf = (name: string, labels: Readonly<Record<string, string>>) =>
  labels['endpointslice.kubernetes.io/managed-by'] === managedBy && labels['kubernetes.io/service-name'] === name

function mirrored({ subsets }: EndpointsRecord): { family: IpFamily; subset: EndpointsSubset }[] {
  return (['IPv4', 'IPv6'] as const).flatMap((family) =>
    subsets.map((subset) => ({ family, subset: ofFamily(subset, family) })).filter(({ subset }) => hasAddress(subset)),
  )
}

const ofFamily = (subset: EndpointsSubset, family: IpFamily): EndpointsSubset => {
  const isOfFamily = ({ ip }: { readonly ip: string }) => ip.includes(':') === (family === 'IPv6')
  return {
    ...subset,
    addresses: subset.addresses.filter(isOfFamily),
    notReadyAddresses: subset.notReadyAddresses.filter(isOfFamily),
  }
}

const hasAddress = ({ addresses, notReadyAddresses }: EndpointsSubset) =>
  addresses.length + notReadyAddresses.length > 0

const headOf = ({ apiVersion, kind, metadata }: ApiObject): ApiObject => ({ apiVersion, kind, metadata })

function newHead(world: World, { name, namespace, uid, labels }: EndpointsRecord): ApiObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${world.random.suffix(5)}`,
      generateName: `${name}-`,
      namespace,
      uid: world.random.uuid(),
      generation: 1,
      creationTimestamp: timestamp(world.timeline.now()),
      labels: {
        ...Object.fromEntries(labels),
        'endpointslice.kubernetes.io/managed-by': managedBy,
        'kubernetes.io/service-name': name,
      },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Endpoints', name, uid, controller: true, blockOwnerDeletion: true }],
    },
  }
}

function sliceBody(addressType: IpFamily, { addresses, notReadyAddresses, ports }: EndpointsSubset): JsonObject {
  const endpoint = (address: EndpointsSubset['addresses'][number], ready: boolean): JsonObject => ({
    addresses: [address.ip],
    conditions: { ready },
    hostname: address.hostname,
    nodeName: address.nodeName,
  })
  return {
    addressType,
    endpoints: [
      ...addresses.map((one) => endpoint(one, true)),
      ...notReadyAddresses.map((one) => endpoint(one, false)),
    ],
    ports: ports.map(({ name, protocol, port }) => ({ name, protocol, port })),
  }
}
