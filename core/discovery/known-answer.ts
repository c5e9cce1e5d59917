// An answer of the cluster's DNS, as far as the reader can know it: a Service one may not see is not one that is not there. Rule Q2.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import { standInKind } from '../model/stand-in'
import { type ClusterDns, servedDomain } from './cluster-dns'
import { answerDns, type DnsQuestion, type DnsRecord } from './dns'
import { fqdn, parseName, zoneOf } from './dns-name'
import { type DnsView, namespaceExists } from './dns-records'

export type NamesView = DnsView & Pick<ClusterView, 'coverage' | 'configMaps'>

export type KnownAnswer =
  | { readonly rcode: 'NOERROR'; readonly records: readonly DnsRecord[]; readonly upstream: readonly string[] }
  | { readonly rcode: 'NXDOMAIN' | 'REFUSED' }
  /** Asked of servers outside the cluster, or not to be told from what this reader sees. */
  | { readonly rcode: 'unknown'; readonly reason: Reason }

/** What CoreDNS answers; only for questions of names, not of addresses (PTR). */
export function knownAnswer(view: NamesView, dns: ClusterDns, question: DnsQuestion): KnownAnswer {
  const { name } = question
  const hidden = whyHidden(view, dns, name)
  if (hidden) return { rcode: 'unknown', reason: hidden }
  const answer = answerDns(view, question, { clusterDomain: servedDomain(dns, name), pods: dns.pods })
  if (answer === undefined) return { rcode: 'unknown', reason: { code: 'names-outside', values: { name } } }
  if (answer.rcode !== 'NOERROR') return { rcode: answer.rcode }
  return { rcode: 'NOERROR', records: answer.answer, upstream: answer.upstream }
}

function whyHidden(view: NamesView, dns: ClusterDns, name: string): Reason | undefined {
  if (name.split('.').some((label) => standInKind(label) !== undefined)) return { code: 'names-hidden', values: {} }
  const lower = fqdn(name).toLowerCase()
  const zone = zoneOf(lower, fqdn(servedDomain(dns, lower)))
  const request = zone === undefined ? undefined : parseName(lower, zone)
  if (request?.kind !== 'svc' && request?.kind !== 'pod') return undefined
  const { namespace } = request
  const isAskedNamespace = request.kind === 'pod' ? dns.pods !== 'disabled' : request.service === ''
  if (isAskedNamespace && !namespaceExists(view, namespace) && view.coverage('Namespace', namespace) !== 'synced') {
    return { code: 'names-namespace-unread', values: { namespace } }
  }
  if (request.kind === 'pod') {
    const isSeen = dns.pods !== 'verified' || view.coverage('Pod', namespace) === 'synced'
    return isSeen ? undefined : { code: 'names-namespace-not-seen', values: { kind: 'Pod', namespace } }
  }
  const unseen = (['Service', 'EndpointSlice'] as const).find((kind) => view.coverage(kind, namespace) !== 'synced')
  return unseen && { code: 'names-namespace-not-seen', values: { kind: unseen, namespace } }
}
