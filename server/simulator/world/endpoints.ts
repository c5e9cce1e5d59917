// The legacy Endpoints controller: one object per Service with a selector, first family only, terminating pods left out.
// Follows pkg/controller/endpoint @v1.36.3 (docs/semantics.md section 12).

import type { PodRecord, ServiceRecord, SlicePort } from '../../../core/model/records'
import { portMapOf } from '../../../core/slices/port-map'
import { type JsonObject, type ObjectMeta, timestamp } from '../api-object'
import { type World, write } from './world'

type Entry = { readonly pod: PodRecord; readonly address: JsonObject; readonly ready: boolean }
type Group = { readonly ports: readonly JsonObject[]; readonly entries: Entry[] }

/** Writes the Endpoints object of a Service; it is written only when what it says has changed. */
export function syncEndpoints(world: World, service: ServiceRecord, pods: readonly PodRecord[]): void {
  const before = world.cache.get('endpoints', service.key)
  const subsets = subsetsOf(service, pods)
  const labels = {
    ...Object.fromEntries(service.labels),
    ...(service.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {}),
    'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
  }
  if (before && JSON.stringify([before.subsets, before.metadata.labels]) === JSON.stringify([subsets, labels])) return
  const now = timestamp(world.timeline.now())
  const metadata: ObjectMeta = {
    name: service.name,
    namespace: service.namespace,
    uid: before?.metadata.uid ?? world.random.uuid(),
    creationTimestamp: before?.metadata.creationTimestamp ?? now,
    labels,
    annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': now },
  }
  write(world, 'endpoints', { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets })
}

// Addresses that share the same ports form one subset.
function subsetsOf(service: ServiceRecord, pods: readonly PodRecord[]): JsonObject[] | undefined {
  const groups = new Map<string, Group>()
  for (const pod of pods) {
    const ip = primaryAddress(service, pod)
    if (ip === undefined || (pod.deletedAt !== undefined && !service.publishNotReadyAddresses)) continue
    const ports = portMapOf(service, pod).map(renderPort)
    if (ports.length === 0 && service.ports.length > 0) continue
    const group: Group = groups.get(JSON.stringify(ports)) ?? { ports, entries: [] }
    group.entries.push({
      pod,
      address: addressOf(service, pod, ip),
      ready: pod.ready || service.publishNotReadyAddresses,
    })
    groups.set(JSON.stringify(ports), group)
  }
  if (groups.size === 0) return undefined
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { ports, entries }]) => ({
      addresses: addressList(entries, true),
      notReadyAddresses: addressList(entries, false),
      ports: ports.length === 0 ? undefined : ports,
    }))
}

function addressList(entries: readonly Entry[], ready: boolean): JsonObject[] | undefined {
  const list = entries.filter((entry) => entry.ready === ready).map(({ address }) => address)
  return list.length === 0 ? undefined : list.sort((a, b) => (String(a.ip) < String(b.ip) ? -1 : 1))
}

const addressOf = (service: ServiceRecord, pod: PodRecord, ip: string): JsonObject => ({
  ip,
  hostname: pod.hostname !== undefined && pod.subdomain === service.name ? pod.hostname : undefined,
  nodeName: pod.nodeName,
  targetRef: { kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid },
})

const primaryAddress = (service: ServiceRecord, pod: PodRecord): string | undefined =>
  pod.podIPs.find((ip) => ip.includes(':') === (service.ipFamilies[0] === 'IPv6'))

const renderPort = ({ name, protocol, port, appProtocol }: SlicePort): JsonObject => ({
  name: name || undefined,
  port,
  protocol,
  appProtocol,
})
