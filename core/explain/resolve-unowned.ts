// An address that no Service, node or pod has: nobody's where it lies in a node's range of pod addresses, else not the cluster's to
// say. Rule E2.

import type { ClusterView } from '../model/cluster-view'
import { cidrHolds, type Ip, parseCidr, parseIp } from '../model/ip'
import type { Kind } from '../model/records'
import { hiddenFamily } from '../model/stand-in'
import { isLoopback } from '../rules/node-port-addresses'
import { type Nobody, none, unknown } from './resolved'

/** That nobody has an address can be said of a whole cluster only: of some namespaces another may hold the owner. */
export const isWhole = (view: ClusterView, kind: Kind): boolean => view.coverage(kind, '') === 'synced'

/**
 * Why nobody is found there. An Ingress or a Gateway that says it is reached at the address is named. A reader to whom addresses are
 * hidden finds owners by stand-ins alone, and is told so.
 */
export function resolveUnowned(view: ClusterView, ip: Ip): Nobody {
  const address = ip.text
  if (isLoopback(address)) return unknown('explain-loopback', { address })
  const unread = (['Service', 'Node', 'Pod'] as const).find((kind) => !isWhole(view, kind))
  if (unread) return unknown('explain-owner-not-known', { kind: unread })
  const entries = entriesAt(view, address)
  if (entries.length > 0) {
    const count = entries.length
    const first = entries.slice(0, MOST_NAMED).join(', ')
    return unknown('explain-address-of-entry', {
      address,
      entries: first,
      count,
      more: Math.max(0, count - MOST_NAMED),
    })
  }
  if (hidesAddresses(view)) return unknown('explain-addresses-hidden', { address })
  return isOfPods(view, address)
    ? none('explain-nobody-has-address', { address })
    : unknown('explain-address-outside', { address })
}

const MOST_NAMED = 5

// All are hidden from a reader or none, so the first address tells; a headless Service has none, nor has a node that is not seen.
function hidesAddresses(view: ClusterView): boolean {
  for (const { clusterIP } of view.services()) {
    if (parseIp(clusterIP)) return hiddenFamily(clusterIP) !== undefined
  }
  for (const { addresses } of view.nodes()) {
    const first = addresses.find(({ type, address }) => type === 'InternalIP' && parseIp(address))
    if (first) return hiddenFamily(first.address) !== undefined
  }
  for (const { podIPs } of view.pods()) {
    const first = podIPs.find((text) => parseIp(text))
    if (first) return hiddenFamily(first) !== undefined
  }
  return false
}

function entriesAt(view: ClusterView, address: string): readonly string[] {
  return [...view.entries('Ingress'), ...view.entries('Gateway')]
    .filter(({ addresses }) => addresses.some((text) => parseIp(text)?.text === address))
    .map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)
}

function isOfPods(view: ClusterView, address: string): boolean {
  for (const { podCIDRs } of view.nodes()) {
    if (podCIDRs.some((range) => parseCidr(range) && cidrHolds(range, address))) return true
  }
  return false
}
