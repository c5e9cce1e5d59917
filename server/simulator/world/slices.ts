// The EndpointSlice controller's writing half.

import type { PodRecord, ServiceRecord } from '../../../core/model/records'
import { type JsonObject, timestamp } from '../api-object'
import { erase, keyOf, type World, write } from './world'

/** Nodes that come, go or fail may change who gets a hint. */
export function markServicesOfNodes(world: World): void {
  for (const service of world.services.values()) {
    if (service.spec.annotations?.['service.kubernetes.io/topology-mode']) world.dirty.services.add(keyOf(service.spec))
  }
}

// Stand-in until core/slices is there.
export function syncSlices(world: World, service: ServiceRecord, pods: readonly PodRecord[]): void {
  const present = world.cache
    .list('endpointslices')
    .filter(
      ({ metadata }) =>
        metadata.namespace === service.namespace &&
        metadata.labels?.['kubernetes.io/service-name'] === service.name &&
        metadata.ownerReferences?.[0]?.uid === service.uid,
    )
  const left = new Set(present)
  for (const family of service.ipFamilies) {
    const groups = new Map<string, { ports: JsonObject[]; endpoints: JsonObject[] }>()
    for (const pod of pods) {
      const address = pod.podIPs.find((ip) => ip.includes(':') === (family === 'IPv6'))
      if (address === undefined) continue
      const ports: JsonObject[] = service.ports.flatMap((port): JsonObject[] => {
        const target = port.targetPort ?? port.port
        const number =
          typeof target === 'number'
            ? target
            : pod.containers.flatMap((c) => c.ports).find((p) => p.name === target)?.containerPort
        return number === undefined
          ? []
          : [{ name: port.name, protocol: port.protocol, port: number, appProtocol: port.appProtocol }]
      })
      const group: { ports: JsonObject[]; endpoints: JsonObject[] } = groups.get(JSON.stringify(ports)) ?? {
        ports,
        endpoints: [],
      }
      groups.set(JSON.stringify(ports), group)
      const zone = world.nodes.get(pod.nodeName ?? '')?.spec.zone
      const ready = service.publishNotReadyAddresses || (pod.ready && pod.deletedAt === undefined)
      group.endpoints.push({
        addresses: [address],
        conditions: { ready, serving: pod.ready, terminating: pod.deletedAt !== undefined },
        nodeName: pod.nodeName,
        zone,
        hints: ready && service.trafficDistribution && zone ? { forZones: [{ name: zone }] } : undefined,
        hostname: pod.hostname,
        targetRef: { kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid },
      })
    }
    for (const { ports, endpoints } of groups.values()) {
      const max = world.scenario.maxEndpointsPerSlice
      for (let from = 0; from < endpoints.length; from += max) {
        const before = [...left].find((slice) => slice.addressType === family)
        if (before) left.delete(before)
        write(world, 'endpointslices', {
          apiVersion: 'discovery.k8s.io/v1',
          kind: 'EndpointSlice',
          metadata: before?.metadata ?? {
            name: `${service.name}-${world.random.suffix(5)}`,
            generateName: `${service.name}-`,
            namespace: service.namespace,
            uid: world.random.uuid(),
            creationTimestamp: timestamp(world.timeline.now()),
            labels: {
              'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
              'kubernetes.io/service-name': service.name,
            },
            ownerReferences: [
              {
                apiVersion: 'v1',
                kind: 'Service',
                name: service.name,
                uid: service.uid,
                controller: true,
                blockOwnerDeletion: true,
              },
            ],
          },
          addressType: family,
          endpoints: endpoints.slice(from, from + max),
          ports,
        })
      }
    }
  }
  for (const slice of left) erase(world, 'endpointslices', slice)
}
