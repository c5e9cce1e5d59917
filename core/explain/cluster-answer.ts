// What the cluster's DNS answers for a whole name, and where the aliases in it end. Follows coredns/coredns@v1.15.0
// plugin/kubernetes (core/discovery); rule E3.

import type { ClusterDns } from '../discovery/cluster-dns'
import { answerDns, type DnsAnswer } from '../discovery/dns'
import { fqdn, parseName } from '../discovery/dns-name'
import { nameServer, zoneOfName } from '../discovery/name-server'
import type { ClusterView } from '../model/cluster-view'
import { serviceKey } from '../model/keys'
import type { ServiceRecord } from '../model/records'
import type { Flow } from './flow'

export type Found = { readonly full: string; readonly answer: DnsAnswer; readonly service: ServiceRecord | undefined }
export type Asked = { readonly dns: ClusterDns; readonly name: string }

/** Undefined where the name does not exist, or others may answer for it. */
export function answered(
  view: ClusterView,
  { family }: Pick<Flow, 'family'>,
  { dns, name: full }: Asked,
): Found | undefined {
  const type = family === 'IPv4' ? 'A' : 'AAAA'
  const server = nameServer(dns, full)
  if (server.by !== 'kubernetes' || server.limits.length > 0) return undefined
  const answer = answerDns(view, { name: full, type }, { clusterDomain: server.zone, pods: server.pods })
  if (answer === undefined || answer.rcode !== 'NOERROR') return undefined
  return { full, answer, service: serviceOf(view, { dns, full }) }
}

// As many as CoreDNS follows from one zone to another (plugin/pkg/upstream).
const MOST_ALIASES = 8

export type End = {
  /** The answer without an alias behind it; undefined outside the cluster. */
  readonly found: Found | undefined
  /** The name at the end of the aliases; undefined where there is none. */
  readonly alias: string | undefined
}

/** Follows the aliases of an answer, ExternalName Services, as far as the cluster's DNS answers for them. */
export function endOf(
  view: ClusterView,
  flow: Pick<Flow, 'family'>,
  { dns, found }: Pick<Asked, 'dns'> & { readonly found: Found },
): End {
  let end: Found | undefined = found
  let alias: string | undefined
  for (let count = 0; end && count < MOST_ALIASES; count++) {
    const last: string | undefined = end.answer.answer.findLast(({ type }) => type === 'CNAME')?.data
    if (last === undefined) return { found: end, alias }
    alias = last.replace(/\.$/, '')
    end = answered(view, flow, { dns, name: alias })
  }
  return { found: undefined, alias }
}

type Full = { readonly dns: ClusterDns; readonly full: string }

const requestOf = ({ dns, full }: Full) => parseName(fqdn(full).toLowerCase(), fqdn(zoneOfName(dns, full)))

function serviceOf(view: ClusterView, name: Full): ServiceRecord | undefined {
  const request = requestOf(name)
  return request.kind === 'svc' ? view.service(serviceKey(request.namespace, request.service)) : undefined
}

/** The name of a headless Service itself, not of one of its endpoints or ports. */
export function isHeadlessName(service: ServiceRecord, name: Full): boolean {
  const request = requestOf(name)
  return service.clusterIP === 'None' && request.kind === 'svc' && request.endpoint === '' && request.port === ''
}
