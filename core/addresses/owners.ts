// Who has an address. Rule I5.

import type { AddressOwner, ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import { splitKey } from '../model/keys'
import type { NodeRecord, PodRecord } from '../model/records'
import type { GatewayRecord, IngressRecord } from '../model/records-entries'
import { serviceOfSlice } from '../model/references'
import { entryIps } from './numbers'
import type { Owner, OwnerRole } from './types'

/** Everybody whose record names the address now, Services first. Costs what they are and the ways in, not what the cluster is. */
export function ownersAt(view: ClusterView, ip: string): readonly Owner[] {
  const found = [...view.ownersOf(ip).flatMap((owner) => ownerOf(view, owner, ip) ?? []), ...waysIn(view, ip)]
  return found.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

const ORDER: readonly Owner['kind'][] = ['Service', 'Ingress', 'Gateway', 'Node', 'Pod', 'EndpointSlice', 'Endpoints']

function waysIn(view: ClusterView, ip: string): readonly Owner[] {
  const holds = (record: IngressRecord | GatewayRecord) => entryIps(record).some(({ text }) => text === ip)
  return [...entriesWithAddresses(view)].filter(holds).map(entryOwner)
}

/** Ingresses and Gateways: their controllers write into the status at which addresses they answer. */
export function* entriesWithAddresses(view: ClusterView): Generator<IngressRecord | GatewayRecord> {
  yield* view.entries('Ingress')
  yield* view.entries('Gateway')
}

/** A way in: the address itself is most often that of a load balancer or of nodes. */
export function entryOwner({ kind, namespace, name, deletedAt }: IngressRecord | GatewayRecord): Owner {
  const state = deletedAt === undefined ? 'now' : 'terminating'
  return { kind, namespace, name, role: 'wayIn', state, services: [], node: null }
}

function ownerOf(view: ClusterView, owner: AddressOwner, ip: string): Owner | undefined {
  if (owner.kind === 'Pod') {
    const pod = view.pod(owner.key)
    return pod && podOwner(view, pod)
  }
  if (owner.kind === 'Node') {
    const node = view.node(owner.key)
    return node && nodeOwner(node, ip)
  }
  const base = { ...splitKey(owner.key), state: 'now', node: null } as const
  if (owner.kind === 'Service') return { ...base, kind: 'Service', role: owner.via, services: [] }
  if (owner.kind === 'Endpoints') return { ...base, kind: 'Endpoints', role: 'legacyEndpoint', services: [owner.key] }
  const slice = view.slice(owner.key)
  const service = slice && serviceOfSlice(slice)
  return { ...base, kind: 'EndpointSlice', role: 'endpoint', services: service === undefined ? [] : [service] }
}

/** A pod that has ended still names the address that it had. */
export function podOwner(view: ClusterView, pod: PodRecord): Owner {
  const ended = pod.phase === 'Succeeded' || pod.phase === 'Failed'
  return {
    kind: 'Pod',
    namespace: pod.namespace,
    name: pod.name,
    role: pod.hostNetwork ? 'hostNetwork' : 'podIP',
    state: ended ? 'released' : pod.deletedAt === undefined ? 'now' : 'terminating',
    services: view.servicesOfPod(pod.key),
    node: pod.nodeName ?? null,
  }
}

export function nodeOwner(node: NodeRecord, ip: string): Owner {
  const type = node.addresses.find(({ address }) => parseIp(address)?.text === ip)?.type
  const role: OwnerRole = type === 'InternalIP' || type === 'ExternalIP' ? type : 'nodeAddress'
  return { kind: 'Node', namespace: '', name: node.name, role, state: 'now', services: [], node: null }
}
