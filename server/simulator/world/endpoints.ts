// The legacy Endpoints controller: one object per Service with a selector, first family only, terminating pods left out.
// Follows pkg/controller/endpoint @v1.36.3 (docs/semantics.md section 12).

import type { PodRecord, ServiceRecord, SlicePort } from '../../../core/model/records'
import { portMapOf } from '../../../core/slices/port-map'
import { type JsonObject, type ObjectMeta, timestamp } from '../api-object'
import { type World, write } from './world'

type Entry = { readonly address: JsonObject; readonly ready: boolean }
type Group = { readonly ports: readonly string[]; readonly entries: readonly Entry[] }

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

// Ports that the very same addresses serve form one subset (RepackSubsets); so a pod may stand in several.
function subsetsOf(service: ServiceRecord, pods: readonly PodRecord[]): JsonObject[] | undefined {
  const byPort = new Map<string, Entry[]>()
  for (const pod of pods) {
    const ip = primaryAddress(service, pod)
    if (ip === undefined || (pod.deletedAt !== undefined && !service.publishNotReadyAddresses)) continue
    const entry = { address: addressOf(service, pod, ip), ready: pod.ready || service.publishNotReadyAddresses }
    for (const port of portsOf(service, pod)) byPort.set(port, [...(byPort.get(port) ?? []), entry])
  }
  const byAddresses = new Map<string, Group>()
  for (const [port, entries] of byPort) {
    const key = JSON.stringify(entries)
    byAddresses.set(key, { entries, ports: [...(byAddresses.get(key)?.ports ?? []), port] })
  }
  if (byAddresses.size === 0) return undefined
  return [...byAddresses.values()].map(({ entries, ports }) => ({
    addresses: addressList(entries, true),
    notReadyAddresses: addressList(entries, false),
    ports: ports[0] === noPort ? undefined : ports.map((port) => JSON.parse(port) as JsonObject),
  }))
}

const noPort = 'null'

// A headless Service may have no ports at all; its pods are listed nevertheless.
const portsOf = (service: ServiceRecord, pod: PodRecord): string[] =>
  service.ports.length === 0 ? [noPort] : portMapOf(service, pod).map((port) => JSON.stringify(renderPort(port)))

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
