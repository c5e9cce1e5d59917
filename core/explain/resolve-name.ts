// What a name leads to: as a resolver in the source pod would find it (core/discovery), or elsewhere through the cluster's domain and
// as it stands. Rule E3.

import { type ClusterDns, clusterDns } from '../discovery/cluster-dns'
import { isSubDomain } from '../discovery/dns-name'
import { lookUp as lookUpInPod } from '../discovery/look-up'
import { nameServer } from '../discovery/name-server'
import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import type { Reason } from '../model/reason'
import type { PodRecord, ServiceRecord } from '../model/records'
import { type Asked, answered, endOf, type Found, isHeadlessName } from './cluster-answer'
import type { Flow } from './flow'
import { resolveAddress } from './resolve-address'
import { nobody, none, type Resolved, unknown } from './resolved'
import type { Start } from './start'
import type { Hop } from './types'

type Called = { readonly start: Start; readonly name: string; readonly number: number }

/** The hosts file of a source pod comes first, then what the cluster's DNS answers. */
export function resolveName(view: ClusterView, flow: Flow, { start, name, number }: Called): Resolved {
  if (parseIp(name)) return resolveAddress(view, flow, { text: name, number })
  const dns = clusterDns(view)
  const found = start.pod ? inPod(view, flow, { pod: start.pod, dns, name }) : lookUp(view, flow, { dns, name })
  if (found && 'reason' in found) return nobody(flow, unknown(found.reason.code, found.reason.values))
  if (found && 'address' in found) {
    const hop = nameHop({ code: 'explain-hop-hosts', values: { name, address: found.address } }, undefined)
    const resolved = resolveAddress(view, flow, { text: found.address, number })
    return { ...resolved, hops: [hop, ...resolved.hops] }
  }
  if (!found) return byHostname(view, flow, { name, number }) ?? nobody(flow, whyNoName(view, dns, name))
  const hop = nameHop({ code: 'explain-hop-name', values: { name, full: found.full } }, found.service)
  return arrive(view, flow, { dns, found, name, number, hops: [hop] })
}

type OfAlias = { readonly service: ServiceRecord; readonly number: number | undefined }

/** An ExternalName Service by itself: what its name in DNS leads to, at `number`, or the first port of the Service at its end. */
export function resolveAlias(view: ClusterView, flow: Flow, { service, number }: OfAlias): Resolved {
  const dns = clusterDns(view)
  const name = `${service.name}.${service.namespace}.svc.${dns.domain}`
  const found = answered(view, flow, { dns, name })
  return found
    ? arrive(view, flow, { dns, found, name, number, hops: [] })
    : outside(flow, { service: service.key, name: service.externalName ?? '' })
}

const outside = ({ family }: Flow, values: { service: string; name: string }, hops: readonly Hop[] = []): Resolved => {
  const reason = { code: 'explain-external-name', values }
  return { to: 'nobody', verdict: 'unknown', reason, hops, family }
}

type Arriving = {
  readonly dns: ClusterDns
  readonly found: Found
  readonly name: string
  readonly number: number | undefined
  readonly hops: readonly Hop[]
}

function arrive(view: ClusterView, flow: Flow, { dns, found, name, number: asked, hops: before }: Arriving): Resolved {
  const { family, protocol } = flow
  const { found: end, alias } = endOf(view, flow, { dns, found })
  const first = found.service
  const values = { service: first?.key ?? found.full, name: alias ?? first?.externalName ?? '' }
  const aliasHop = nameHop({ code: 'explain-hop-alias', values }, first)
  const hops = alias === undefined ? before : [...before, aliasHop]
  if (!end) {
    const called = asked !== undefined && byHostname(view, flow, { name: values.name, number: asked })
    return called ? { ...called, hops } : outside(flow, values, before)
  }
  const { service, answer, full } = end
  const isHeadless = service !== undefined && isHeadlessName(service, { dns, full })
  const address = answer.answer[0]?.data
  if (address === undefined && !isHeadless)
    return { ...nobody(flow, none('explain-name-without-address', { name, family })), hops }
  const number = asked ?? service?.ports.find((port) => port.protocol === protocol)?.port
  if (number === undefined) return outside(flow, values, before)
  if (isHeadless) {
    const port = service.ports.find((one) => one.port === number && one.protocol === protocol)
    return { to: 'headless', service, port, number, hops, family }
  }
  const resolved = resolveAddress(view, flow, { text: address ?? '', number })
  return { ...resolved, hops: [...hops, ...resolved.hops] }
}

function nameHop(title: Reason, service: ServiceRecord | undefined): Hop {
  const object = service && ({ kind: 'Service', id: service.key } as const)
  return { kind: 'name', state: 'passed', title, details: [], object }
}

/**
 * The Service that a host leads to from a pod, or from elsewhere as `resolveName` takes it; and the name to call it by. Where nobody
 * searches (no pod), a name that one Service alone has means that one.
 */
export function serviceCalled(
  view: ClusterView,
  host: string,
  { pod, family }: Pick<Flow, 'family'> & { readonly pod: PodRecord | undefined },
): { readonly service: ServiceRecord; readonly host: string } | undefined {
  const ofAddress = (text: string) => {
    const owner = view.ownersOf(text).find(({ kind }) => kind === 'Service')
    return owner?.kind === 'Service' ? view.service(owner.key) : undefined
  }
  const ip = parseIp(host)
  const dns = clusterDns(view)
  const asked = { dns, name: host }
  const found = ip
    ? { address: ip.text }
    : pod
      ? inPod(view, { family }, { pod, ...asked })
      : lookUp(view, { family }, asked)
  const ofName = (first: Found) =>
    first.service?.ports.length === 0 ? endOf(view, { family }, { dns, found: first }).found?.service : first.service
  const service =
    found && 'address' in found ? ofAddress(found.address) : found && 'full' in found ? ofName(found) : undefined
  if (service) return { service, host }
  const [only, ...others] = pod || ip ? [] : [...view.services()].filter(({ name }) => name === host.toLowerCase())
  return only && others.length === 0 ? { service: only, host: `${only.name}.${only.namespace}` } : undefined
}

// Undefined for a name that nobody in the cluster has, and for one outside.
function inPod(
  view: ClusterView,
  flow: Pick<Flow, 'family'>,
  { pod, dns, name }: Asked & { readonly pod: PodRecord },
): Found | { readonly address: string } | { readonly reason: Reason } | undefined {
  const looked = lookUpInPod(view, pod, name)
  const last = looked.steps.at(-1)
  if (last?.from === 'hosts' && looked.outcome === 'found') {
    const address = last.addresses.find((text) => parseIp(text)?.family === flow.family)
    const without = { code: 'explain-name-without-address', values: { name, family: flow.family } }
    return address === undefined ? { reason: without } : { address }
  }
  const isAlias = last?.reason?.code === 'names-alias-outside'
  if (looked.outcome === 'found' || isAlias) return answered(view, flow, { dns, name: last?.name ?? name })
  const isOutside = last?.reason === undefined || last.reason.code === 'names-outside'
  // Nobody outside answers for a name without a dot.
  const isNowhere = looked.outcome === 'absent' || (isOutside && !name.includes('.'))
  const empty = isNowhere ? looked.steps.find(({ result }) => result === 'empty') : undefined
  if (empty) return answered(view, flow, { dns, name: empty.name })
  return looked.outcome === 'unknown' && !isOutside && last?.reason ? { reason: last.reason } : undefined
}

// From a node or from outside nobody searches; what somebody writes as a cluster's name is taken as one all the same.
function lookUp(view: ClusterView, flow: Pick<Flow, 'family'>, { dns, name }: Asked): Found | undefined {
  const suffixes = [`svc.${dns.domain}`, dns.domain].map((suffix) => `${name}.${suffix}`)
  for (const full of name.endsWith('.') ? [name] : [...suffixes, name]) {
    const found = answered(view, flow, { dns, name: full })
    if (found) return found
  }
  return undefined
}

// The name a cloud gave to a load balancer.
function byHostname(
  view: ClusterView,
  flow: Flow,
  called: { readonly name: string; readonly number: number },
): Resolved | undefined {
  const wanted = called.name.toLowerCase().replace(/\.$/, '')
  for (const service of view.services()) {
    if (!service.loadBalancerIngress.some(({ hostname }) => hostname?.toLowerCase() === wanted)) continue
    const port = service.ports.find((one) => one.port === called.number && one.protocol === flow.protocol)
    const family = flow.family
    const way = {
      way: 'load-balancer-ip',
      ip: called.name,
      number: called.number,
      node: undefined,
      proxied: true,
    } as const
    if (port) return { to: 'service', service, port, ...way, hops: [], family }
  }
  return undefined
}

function whyNoName(view: ClusterView, dns: ClusterDns, name: string) {
  if (view.coverage('Service') !== 'synced') return unknown('explain-services-not-known', {})
  const doubt = whyNotOurs(dns, name)
  if (doubt) return unknown(doubt.code, doubt.values)
  const labels = name.replace(/\.$/, '').split('.')
  const [service = '', namespace = '', ...more] = labels
  const isOurs = namespace === '' || labels.at(-1) === 'svc' || dns.domains.some((domain) => isSubDomain(domain, name))
  if (isOurs) return none('explain-no-name', { name })
  // Sought below the cluster's domain first, and then outside, where it may be found.
  const isMeant = more.length === 0 && !name.endsWith('.') && view.namespace(namespace.toLowerCase()) !== undefined
  return isMeant
    ? unknown('explain-no-service-called', { name, service, namespace })
    : unknown('explain-name-outside', { name })
}

// A name in the cluster's domain that others may answer for. A short one is sought below that domain.
function whyNotOurs(dns: ClusterDns, name: string): Reason | undefined {
  const bare = name.replace(/\.$/, '')
  const asItStands = nameServer(dns, bare)
  if (asItStands.by === 'others' && asItStands.reason.code !== 'names-outside') return asItStands.reason
  const full = dns.domains.some((domain) => isSubDomain(domain, bare)) ? bare : `${bare}.svc.${dns.domain}`
  const server = nameServer(dns, full)
  if (server.by === 'others') return server.reason.code === 'names-outside' ? undefined : server.reason
  const doubts = [...server.limits, ...server.others]
  if (doubts.length === 0) return undefined
  const code = server.limits.length > 0 ? 'names-may-be-kept' : 'names-may-be-answered'
  return { code, values: { name: full, plugins: doubts.join(', ') } }
}
