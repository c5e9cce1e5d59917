// An answer of the cluster's DNS, as far as the reader can know it: a Service one may not see is not one that is not there. Rule Q2.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import { standInKind } from '../model/stand-in'
import type { ClusterDns } from './cluster-dns'
import { answerDns, type DnsQuestion, type DnsRecord } from './dns'
import { fqdn, parseName, zoneOf } from './dns-name'
import { type DnsView, namespaceExists } from './dns-records'
import { nameServer, zoneOfName } from './name-server'

export type NamesView = DnsView & Pick<ClusterView, 'coverage' | 'configMaps'>

export type KnownAnswer =
  | { readonly rcode: 'NOERROR'; readonly records: readonly DnsRecord[]; readonly upstream: readonly string[] }
  | { readonly rcode: 'NXDOMAIN' | 'REFUSED' }
  /** Asked of servers outside the cluster, or not to be told from what this reader sees. */
  | { readonly rcode: 'unknown'; readonly reason: Reason }

/** What CoreDNS answers; only for questions of names, not of addresses (PTR). */
export const knownAnswer = (view: NamesView, dns: ClusterDns, question: DnsQuestion): KnownAnswer =>
  answerAfter(view, { dns, question, hops: 0 })

const MOST_HOPS = 8

type Asked = { readonly dns: ClusterDns; readonly question: DnsQuestion; readonly hops: number }

// An alias that leads to another zone is asked of CoreDNS anew, which may have a block for it (plugin/pkg/upstream@v1.15.0).
function followed(view: NamesView, { dns, question, hops }: Asked, upstream: readonly string[]) {
  const records: DnsRecord[] = []
  const left: string[] = []
  for (const name of upstream) {
    const next = hops < MOST_HOPS && answerAfter(view, { dns, question: { ...question, name }, hops: hops + 1 })
    if (!next || next.rcode === 'unknown') left.push(name)
    else if (next.rcode === 'NOERROR') {
      records.push(...next.records)
      left.push(...next.upstream)
    }
  }
  return { records, upstream: left }
}

function answerAfter(view: NamesView, { dns, question, hops }: Asked): KnownAnswer {
  const { name } = question
  const hidden = whyHidden(view, dns, name)
  if (hidden) return { rcode: 'unknown', reason: hidden }
  const server = nameServer(dns, name)
  if (server.by === 'others') return { rcode: 'unknown', reason: server.reason }
  const { zone, pods, limits, others } = server
  const answer = answerDns(view, question, { clusterDomain: zone, pods })
  if (answer === undefined) return { rcode: 'unknown', reason: { code: 'names-outside', values: { name } } }
  const doubts = answer.rcode === 'NXDOMAIN' ? [...limits, ...others] : limits
  if (doubts.length > 0) {
    const code = limits.length > 0 ? 'names-may-be-kept' : 'names-may-be-answered'
    return { rcode: 'unknown', reason: { code, values: { name, plugins: doubts.join(', ') } } }
  }
  if (answer.rcode !== 'NOERROR') return { rcode: answer.rcode }
  const { records, upstream } = followed(view, { dns, question, hops }, answer.upstream)
  return { rcode: 'NOERROR', records: [...answer.answer, ...records], upstream }
}

function whyHidden(view: NamesView, dns: ClusterDns, name: string): Reason | undefined {
  if (name.split('.').some((label) => standInKind(label) !== undefined)) return { code: 'names-hidden', values: {} }
  const lower = fqdn(name).toLowerCase()
  const zone = zoneOf(lower, fqdn(zoneOfName(dns, lower)))
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
