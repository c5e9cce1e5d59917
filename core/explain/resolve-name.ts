// What a name leads to, as a resolver in the source pod would find it: through the search list of its namespace, then as it
// stands. Rule E3; the answers are core/discovery's.

import { answerDns, type DnsAnswer } from '../discovery/dns'
import { fqdn, parseName } from '../discovery/dns-name'
import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import { serviceKey } from '../model/keys'
import type { ServiceRecord } from '../model/records'
import type { Flow } from './flow'
import { resolveAddress } from './resolve-address'
import { nobody, none, type Resolved, unknown } from './resolved'
import type { Start } from './start'
import type { Hop } from './types'

const CLUSTER_DOMAIN = 'cluster.local'

/** The zone is taken to be cluster.local: what the cluster's DNS serves cannot be read from the API. */
export function resolveName(
  view: ClusterView,
  flow: Flow,
  { start, name, number }: { readonly start: Start; readonly name: string; readonly number: number },
): Resolved {
  if (parseIp(name)) return resolveAddress(view, flow, { text: name, number })
  const found = lookUp(view, flow, { name, namespace: start.pod?.namespace })
  if (!found) return byHostname(view, flow, { name, number }) ?? nobody(flow, whyNoName(view, name))
  const { service, answer, full } = found
  const alias = answer.answer.find(({ type }) => type === 'CNAME')
  const hop: Hop = {
    kind: 'name',
    state: 'passed',
    title: { code: 'explain-hop-name', values: { name, full } },
    details: [],
    object: service && { kind: 'Service', id: service.key },
  }
  if (alias) {
    const reason = { code: 'explain-external-name', values: { service: service?.key ?? full, name: alias.data } }
    return { to: 'nobody', verdict: 'unknown', reason, hops: [hop], family: flow.family }
  }
  if (service && isHeadlessName(service, full)) {
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

type Found = { readonly full: string; readonly answer: DnsAnswer; readonly service: ServiceRecord | undefined }

// A name with fewer than five dots goes through the search list first, as the kubelet sets it up; one with a final dot never.
function lookUp(
  view: ClusterView,
  { family }: Flow,
  { name, namespace }: { readonly name: string; readonly namespace: string | undefined },
): Found | undefined {
  const search = namespace === undefined ? [] : [`${namespace}.svc.${CLUSTER_DOMAIN}`]
  const suffixes = [...search, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN].map((suffix) => `${name}.${suffix}`)
  const type = family === 'IPv4' ? 'A' : 'AAAA'
  for (const full of name.endsWith('.') ? [name] : [...suffixes, name]) {
    const answer = answerDns(view, { name: full, type })
    if (answer === undefined || answer.rcode !== 'NOERROR') continue
    return { full, answer, service: serviceOf(view, full) }
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

function serviceOf(view: ClusterView, full: string): ServiceRecord | undefined {
  const request = parseName(fqdn(full).toLowerCase(), fqdn(CLUSTER_DOMAIN))
  return request.kind === 'svc' ? view.service(serviceKey(request.namespace, request.service)) : undefined
}

function isHeadlessName(service: ServiceRecord, full: string): boolean {
  const request = parseName(fqdn(full).toLowerCase(), fqdn(CLUSTER_DOMAIN))
  return service.clusterIP === 'None' && request.kind === 'svc' && request.endpoint === '' && request.port === ''
}

function whyNoName(view: ClusterView, name: string) {
  if (view.coverage('Service') !== 'synced') return unknown('explain-services-not-known', {})
  const labels = name.replace(/\.$/, '').split('.')
  const isOurs = labels.length < 3 || labels.includes('svc') || name.endsWith(CLUSTER_DOMAIN)
  return isOurs ? none('explain-no-name', { name }) : unknown('explain-name-outside', { name })
}
