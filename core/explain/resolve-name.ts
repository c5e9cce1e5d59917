// What a name leads to: as a resolver in the source pod would find it (core/discovery), or elsewhere through the cluster's domain and
// as it stands. Rule E3.

import { type ClusterDns, clusterDns } from '../discovery/cluster-dns'
import { answerDns, type DnsAnswer } from '../discovery/dns'
import { fqdn, isSubDomain, parseName } from '../discovery/dns-name'
import { lookUp as lookUpInPod } from '../discovery/look-up'
import { nameServer, zoneOfName } from '../discovery/name-server'
import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import { serviceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { PodRecord, ServiceRecord } from '../model/records'
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
  const { service, answer, full } = found
  const alias = answer.answer.find(({ type }) => type === 'CNAME')
  const hop = nameHop({ code: 'explain-hop-name', values: { name, full } }, service)
  if (alias) {
    const reason = { code: 'explain-external-name', values: { service: service?.key ?? full, name: alias.data } }
    return { to: 'nobody', verdict: 'unknown', reason, hops: [hop], family: flow.family }
  }
  if (service && isHeadlessName(service, { dns, full })) {
    const port = service.ports.find((one) => one.port === number && one.protocol === flow.protocol)
    return { to: 'headless', service, port, number, hops: [hop], family: flow.family }
  }
  const address = answer.answer[0]?.data
  if (address === undefined) {
    return { ...nobody(flow, none('explain-name-without-address', { name, family: flow.family })), hops: [hop] }
  }
  const resolved = resolveAddress(view, flow, { text: address, number })
  return { ...resolved, hops: [hop, ...resolved.hops] }
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
  const service =
    found && 'address' in found ? ofAddress(found.address) : found && 'full' in found ? found.service : undefined
  if (service) return { service, host }
  const [only, ...others] = pod || ip ? [] : [...view.services()].filter(({ name }) => name === host.toLowerCase())
  return only && others.length === 0 ? { service: only, host: `${only.name}.${only.namespace}` } : undefined
}

type Found = { readonly full: string; readonly answer: DnsAnswer; readonly service: ServiceRecord | undefined }
type Asked = { readonly dns: ClusterDns; readonly name: string }

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
  return looked.outcome === 'unknown' && !isOutside && last?.reason ? { reason: last.reason } : undefined
}

function answered(view: ClusterView, { family }: Pick<Flow, 'family'>, { dns, name: full }: Asked): Found | undefined {
  const type = family === 'IPv4' ? 'A' : 'AAAA'
  const server = nameServer(dns, full)
  if (server.by !== 'kubernetes' || server.limits.length > 0) return undefined
  const answer = answerDns(view, { name: full, type }, { clusterDomain: server.zone, pods: server.pods })
  if (answer === undefined || answer.rcode !== 'NOERROR') return undefined
  return { full, answer, service: serviceOf(view, { dns, full }) }
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

type Full = { readonly dns: ClusterDns; readonly full: string }

const requestOf = ({ dns, full }: Full) => parseName(fqdn(full).toLowerCase(), fqdn(zoneOfName(dns, full)))

function serviceOf(view: ClusterView, name: Full): ServiceRecord | undefined {
  const request = requestOf(name)
  return request.kind === 'svc' ? view.service(serviceKey(request.namespace, request.service)) : undefined
}

function isHeadlessName(service: ServiceRecord, name: Full): boolean {
  const request = requestOf(name)
  return service.clusterIP === 'None' && request.kind === 'svc' && request.endpoint === '' && request.port === ''
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
