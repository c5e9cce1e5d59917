// All ways in to a Service: its own addresses, and the rules of Ingresses and routes that name it.

import type { ClusterView } from '../model/cluster-view'
import type { ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { ServiceRecord } from '../model/records'
import { entryKinds } from '../model/records-entries'
import { ingressWays } from './ingress-ways'
import { isKnown } from './known'
import { routeWays } from './route-ways'
import type { AddressWay, EntryWay, ServiceEntries } from './types'

/** As many as a screen shows. */
const MOST = 200

/** Undefined when there is no such Service. */
export function entriesOf(view: ClusterView, key: ServiceKey): ServiceEntries | undefined {
  const service = view.service(key)
  if (service === undefined) return undefined
  const ways = waysInto(view, key)
  const whole = ways.filter(({ broken }) => broken.length === 0)
  const broken = ways.filter((way) => way.broken.length > 0)
  // Of many, those that lead nowhere are the ones to look at: they keep half of the places.
  const shown = whole.slice(0, MOST - Math.min(broken.length, MOST / 2))
  return {
    addresses: addressesOf(service),
    ways: [...shown, ...broken.slice(0, MOST - shown.length)],
    count: ways.length,
    broken: broken.length,
    notKnown: notKnownOf(view, service.namespace),
  }
}

/** Every rule that names the Service, in the order of its objects. */
export function waysInto(view: ClusterView, key: ServiceKey): readonly EntryWay[] {
  return view
    .entriesOfService(key)
    .flatMap((entry) => (entry.kind === 'Ingress' ? ingressWays(view, entry, key) : routeWays(view, entry, key)))
}

/** Rule Y11: load balancer, external IPs and node ports. A host name has no ipMode: it is always the load balancer that answers. */
function addressesOf(service: ServiceRecord): readonly AddressWay[] {
  const ports = service.ports.map(({ name, protocol, port }) => ({ name, protocol, port }))
  const nodePorts = service.ports.flatMap(({ name, protocol, nodePort }) =>
    nodePort ? [{ name, protocol, port: nodePort }] : [],
  )
  const local = service.externalTrafficPolicy === 'Local' ? [say('entry-address-local')] : []
  const balancer = service.loadBalancerIngress.flatMap(({ ip, hostname, ipMode }): AddressWay[] => {
    const address = ip ?? hostname
    if (address === undefined) return []
    const mode =
      ip === undefined ? 'entry-address-hostname' : ipMode === 'Proxy' ? 'entry-address-proxy' : 'entry-address-vip'
    return [{ kind: 'load-balancer', address, ports, notes: [say(mode), ...rangesOf(service), ...local] }]
  })
  const waiting: readonly AddressWay[] =
    service.type === 'LoadBalancer' && balancer.length === 0
      ? [{ kind: 'load-balancer', address: '', ports, notes: [say('entry-address-pending')] }]
      : []
  return [
    ...balancer,
    ...waiting,
    ...service.externalIPs.map((address): AddressWay => ({ kind: 'external-ip', address, ports, notes: local })),
    ...(nodePorts.length > 0 ? [{ kind: 'node-port', address: '', ports: nodePorts, notes: local } as const] : []),
  ]
}

const rangesOf = ({ loadBalancerSourceRanges: ranges }: ServiceRecord): readonly Reason[] =>
  ranges.length === 0
    ? []
    : [say('entry-address-ranges', { ranges: ranges.slice(0, 5).join(', '), count: ranges.length })]

/** Kinds whose absence is no proof, in one namespace or everywhere. Without the Gateway API there are no Gateways: that is known. */
export function notKnownOf(view: ClusterView, namespace: string | undefined): readonly Reason[] {
  return entryKinds.flatMap((kind) => {
    const scope = kind.endsWith('Class') ? undefined : namespace
    const coverage = view.coverage(kind, scope)
    return isKnown(view, kind, scope) ? [] : [say('entry-not-known', { kind, coverage })]
  })
}

const say = (code: string, values: Reason['values'] = {}): Reason => ({ code, values })
