// Who has an address, of those an audience sees.

import type { GraphView } from '../graph/graph-view'
import type { AddressOwner } from '../model/cluster-view'
import { endpointsKey } from '../model/keys'
import { hiddenFamily } from '../model/stand-in'
import { holds, serviceHolds } from './address-holders'
import { podsOf, type Seen, servicesOf, slicesOf } from './seen'

type Owned = { readonly owner: AddressOwner; readonly ip: string }

/** A hidden address is found by its stand-in and by nothing else, a shown one by itself: owners are those whose record holds it as shown. */
export function ownersOf(view: GraphView, seen: Seen, ip: string): readonly AddressOwner[] {
  const { standIns } = seen.hidden
  const isWord = hiddenFamily(ip) !== undefined
  if (isWord && standIns.textOf(ip) === undefined) learnAddresses(view, seen)
  const text = isWord ? standIns.textOf(ip) : ip
  if (text === undefined) return []
  const owners = view.ownersOf(text).flatMap((owner) => ownOwner(view, seen, { owner, ip }))
  // By what the audience calls them.
  return seen.hidden.nodeNames ? owners.toSorted((a, b) => (ownerText(a) < ownerText(b) ? -1 : 1)) : owners
}

const ownerText = ({ kind, key }: AddressOwner) => `${kind} ${key}`

function ownOwner(view: GraphView, seen: Seen, { owner, ip }: Owned): AddressOwner | readonly AddressOwner[] {
  if (owner.kind === 'Node') {
    const record = view.node(owner.key)
    const node = record && seen.seesNode(record) ? seen.node(record) : undefined
    return node && holds(node, ip) ? { kind: 'Node', key: node.key } : []
  }
  if (owner.kind === 'Pod') {
    const record = view.pod(owner.key)
    return seen.seesPod(record) && holds(seen.pod(record), ip) ? owner : []
  }
  if (!seen.seesKey(owner.key)) return []
  if (owner.kind === 'EndpointSlice') {
    const record = view.slice(owner.key)
    return record && holds(seen.slice(record), ip) ? owner : []
  }
  if (owner.kind === 'Endpoints') {
    const record = view.endpoints(owner.key)
    return record && holds(seen.endpoints(record), ip) ? owner : []
  }
  const record = view.service(owner.key)
  const via = record && serviceHolds(seen.service(record), ip)
  return via ? { ...owner, via } : []
}

function learnAddresses(view: GraphView, seen: Seen): void {
  for (const service of servicesOf(view, seen)) {
    seen.service(service)
    const legacy = view.endpoints(endpointsKey(service.namespace, service.name))
    if (legacy) seen.endpoints(legacy)
  }
  for (const slice of slicesOf(view, seen)) seen.slice(slice)
  for (const pod of podsOf(view, seen)) seen.pod(pod)
  for (const node of view.nodes()) seen.node(node)
}
