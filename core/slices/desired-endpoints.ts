// Which endpoints the slices of a Service must hold: pods → endpoints, grouped by port map.
// Follows k8s.io/endpointslice reconciler.go, utils.go and util/controller_utils.go @v0.36.3; rules S1–S5, S8.

import { parseIp } from '../model/ip'
import type { NodeKey } from '../model/keys'
import type { Endpoint, IpFamily, NodeRecord, PodRecord, ServiceRecord, SlicePort } from '../model/records'
import { hasOnlyNumbers, type PortMapKey, portMapKey, portMapOf } from './port-map'

/** What a sync of one Service reads. `pods` are those its selector matches. */
export type SyncInput = {
  readonly service: ServiceRecord
  readonly pods: readonly PodRecord[]
  readonly nodes: ReadonlyMap<NodeKey, NodeRecord>
}

/** A pod left out because its node object is unknown; the controller reports it and tries again. */
export type SkippedPod = { readonly pod: string; readonly node: string }

/** Endpoints that share slices. A group may be empty: its pods were skipped or have no address of the family. */
type EndpointGroup = { readonly ports: readonly SlicePort[]; readonly endpoints: ReadonlyMap<string, Endpoint> }

export type DesiredEndpoints = {
  readonly groups: ReadonlyMap<PortMapKey, EndpointGroup>
  readonly skipped: readonly SkippedPod[]
}

/** Whether the EndpointSlice controller writes slices for the Service at all (S1). */
export const isSliced = (service: ServiceRecord) => service.type !== 'ExternalName' && service.selector !== undefined

/** Families the Service has slices of (S2). */
export function slicedFamilies({ ipFamilies, clusterIP }: ServiceRecord): readonly IpFamily[] {
  if (ipFamilies.length > 0) return [...new Set(ipFamilies)]
  if (clusterIP === '' || clusterIP === 'None') return ['IPv4', 'IPv6']
  return [parseIp(clusterIP)?.family ?? 'IPv4']
}

/** Endpoints of one family by port map, in the order of the pods. */
export function desiredEndpoints({ service, pods, nodes }: SyncInput, family: IpFamily): DesiredEndpoints {
  const groups = new Map<PortMapKey, { ports: readonly SlicePort[]; endpoints: Map<string, Endpoint> }>()
  const skipped: SkippedPod[] = []
  const portsFor = portMapper(service)
  for (const pod of pods) {
    if (!belongsInSlices(pod)) continue
    const { key, ports } = portsFor(pod)
    const group = groups.get(key) ?? { ports, endpoints: new Map<string, Endpoint>() }
    groups.set(key, group)
    const node = nodes.get((pod.nodeName ?? '') as NodeKey)
    if (!node && !service.publishNotReadyAddresses) {
      skipped.push({ pod: pod.name, node: pod.nodeName ?? '' })
      continue
    }
    const addresses = addressesOf(pod, family)
    if (addresses.length === 0) continue
    const endpoint = toEndpoint(pod, { service, addresses, zone: node?.zone || undefined })
    group.endpoints.set(endpointIdentity(endpoint), endpoint)
  }
  return { groups, skipped }
}

/** Two endpoints with one identity are the same endpoint, perhaps changed: updated in place. */
export function endpointIdentity({ addresses, hostname, targetRef }: Endpoint): string {
  return JSON.stringify([[...addresses].sort(), hostname ?? '', targetRef?.namespace ?? '', targetRef?.name ?? ''])
}

/** Whether a slice that holds `existing` must be written to hold `wanted`. Hints are settled later and do not count. */
export function isSameEndpoint(existing: Endpoint, wanted: Endpoint): boolean {
  return (
    existing.absentConditions.length === 0 &&
    existing.ready === wanted.ready &&
    existing.serving === wanted.serving &&
    existing.terminating === wanted.terminating &&
    existing.nodeName === wanted.nodeName &&
    existing.zone === wanted.zone &&
    existing.targetRef?.kind === wanted.targetRef?.kind &&
    existing.targetRef?.uid === wanted.targetRef?.uid
  )
}

/** Pods that have ended or have no address are in no slice; terminating ones are (S3). */
const belongsInSlices = (pod: PodRecord) => pod.phase !== 'Succeeded' && pod.phase !== 'Failed' && pod.podIPs.length > 0

function portMapper(service: ServiceRecord): (pod: PodRecord) => { key: PortMapKey; ports: readonly SlicePort[] } {
  const mapOf = (pod: PodRecord) => {
    const ports = portMapOf(service, pod)
    return { key: portMapKey(ports), ports }
  }
  if (!hasOnlyNumbers(service)) return mapOf
  let shared: ReturnType<typeof mapOf> | undefined
  return (pod) => {
    shared ??= mapOf(pod)
    return shared
  }
}

const addressesOf = (pod: PodRecord, family: IpFamily) =>
  pod.podIPs
    .flatMap((text) => {
      const ip = parseIp(text)
      return ip?.family === family ? [ip.text] : []
    })
    .sort()

// S4: ready = serving and not terminating, unless the Service publishes all. S5: the zone comes from the node.
function toEndpoint(
  pod: PodRecord,
  of: { readonly service: ServiceRecord; readonly addresses: readonly string[]; readonly zone: string | undefined },
): Endpoint {
  const terminating = pod.deletedAt !== undefined
  return {
    addresses: of.addresses,
    ready: of.service.publishNotReadyAddresses || (pod.ready && !terminating),
    serving: pod.ready,
    terminating,
    absentConditions: [],
    nodeName: pod.nodeName || undefined,
    zone: of.zone,
    hostname: pod.hostname && pod.subdomain === of.service.name ? pod.hostname : undefined,
    hintZones: [],
    hintNodes: [],
    targetRef: { kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid },
  }
}
