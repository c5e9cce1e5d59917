// The resolv.conf a pod gets. Follows pkg/kubelet/network/dns/dns.go (GetPodDNS, appendDNSConfig, formDNSConfigFitsLimits) and the
// limits of pkg/apis/core/validation/validation.go @v1.36.3; rules Q4, Q5.

import type { Reason } from '../model/reason'
import type { PodRecord } from '../model/records'
import type { ClusterDns } from './cluster-dns'

/** A search domain; `node` stands for those of the node's own file, which nothing in the API tells. */
export type SearchDomain =
  | { readonly from: 'cluster' | 'pod'; readonly domain: string }
  | { readonly from: 'node'; readonly domain: undefined }

export type ResolvConf = {
  /** What the policy comes to: `cluster` asks the cluster's DNS, `node` what the node asks, `none` what dnsConfig says alone. */
  readonly asks: 'cluster' | 'node' | 'none'
  /** Which policy it is, and what becomes of it. */
  readonly reason: Reason
  readonly servers: readonly string[]
  /** The node's own servers come first. */
  readonly nodeServers: boolean
  readonly search: readonly SearchDomain[]
  /** `name` or `name:value`, by name; the kubelet writes them in any order. */
  readonly options: readonly string[]
  /** Dots from which a name is first asked for as it stands; undefined where the node's own options say it. */
  readonly ndots: number | undefined
  /** What was left out, and what the node may add. */
  readonly notes: readonly Reason[]
}

const MOST_SERVERS = 3
const MOST_SEARCHES = 32
const MOST_SEARCH_LETTERS = 2048
const LONGEST_NAME = 253
// glibc's RES_MAXNDOTS.
const MOST_NDOTS = 15
/** What glibc takes without the option. */
export const USUAL_NDOTS = 1

/** As a kubelet writes it that was told the cluster's DNS; of a node's own file nothing is known. */
export function resolvConf(pod: PodRecord, dns: ClusterDns): ResolvConf {
  const asks = asksOf(pod)
  const added = pod.dnsConfig
  const isOfNode = asks === 'node'
  const own = asks === 'cluster' ? clusterSearch(pod, dns) : []
  const node: readonly SearchDomain[] = asks === 'none' ? [] : [{ from: 'node', domain: undefined }]
  const more = (added?.searches ?? []).map((domain): SearchDomain => ({ from: 'pod', domain }))
  const search = fitting(unique([...own, ...node, ...more]))
  const servers = [...new Set([...(asks === 'cluster' ? dns.servers : []), ...(added?.nameservers ?? [])])]
  const options = optionsOf(asks === 'cluster' ? [{ name: 'ndots', value: '5' }] : [], added?.options ?? [])
  const kept = servers.slice(0, MOST_SERVERS)
  return {
    asks,
    reason: policyReason(pod),
    servers: kept,
    nodeServers: isOfNode,
    search: search.kept,
    options: [...options].map(([name, value]) => (value === '' ? name : `${name}:${value}`)).sort(),
    ndots: isOfNode && !options.has('ndots') ? undefined : ndotsOf(options.get('ndots')),
    notes: [
      ...cut('names-servers-cut', servers.slice(MOST_SERVERS)),
      ...cut('names-search-cut', search.left),
      ...(asks === 'none' ? [] : [{ code: isOfNode ? 'names-all-of-node' : 'names-search-of-node', values: {} }]),
      ...(asks === 'cluster' && dns.servers.length === 0 ? [dns.serversFrom] : []),
    ],
  }
}

// A pod on the node's network asks what the node asks, unless its policy says otherwise; a policy of later days counts as ClusterFirst.
function asksOf({ dnsPolicy, hostNetwork }: PodRecord): ResolvConf['asks'] {
  if (dnsPolicy === 'None') return 'none'
  if (dnsPolicy === 'Default') return 'node'
  const isFirst = dnsPolicy === undefined || dnsPolicy === 'ClusterFirst'
  return isFirst && hostNetwork ? 'node' : 'cluster'
}

function policyReason({ dnsPolicy = 'ClusterFirst', hostNetwork }: PodRecord): Reason {
  const values = { policy: dnsPolicy }
  if (dnsPolicy === 'ClusterFirst')
    return { code: hostNetwork ? 'names-policy-host-network' : 'names-policy-cluster', values }
  if (dnsPolicy === 'ClusterFirstWithHostNet') return { code: 'names-policy-cluster', values }
  if (dnsPolicy === 'Default') return { code: 'names-policy-node', values }
  return { code: dnsPolicy === 'None' ? 'names-policy-none' : 'names-policy-not-known', values }
}

const clusterSearch = ({ namespace }: PodRecord, { searched }: ClusterDns): readonly SearchDomain[] =>
  [`${namespace}.svc.${searched}`, `svc.${searched}`, searched].map((one) => ({ from: 'cluster', domain: one }))

function unique(all: readonly SearchDomain[]): readonly SearchDomain[] {
  return all.filter(({ domain }, at) => all.findIndex((other) => other.domain === domain) === at)
}

type Fitting = { readonly kept: readonly SearchDomain[]; readonly left: readonly string[] }

// First the number, then names that no resolver takes, then whole names from the end until the line is short enough.
function fitting(all: readonly SearchDomain[]): Fitting {
  const counted = all.slice(0, MOST_SEARCHES).filter(({ domain = '' }) => domain.length <= LONGEST_NAME)
  let kept = counted
  const letters = () => kept.map(({ domain = '' }) => domain).join(' ').length
  while (letters() > MOST_SEARCH_LETTERS) kept = kept.slice(0, -1)
  const left = all.filter((one) => !kept.includes(one))
  return { kept, left: left.map(({ domain = '' }) => domain) }
}

type Option = { readonly name: string; readonly value: string | undefined }

// Of two with one name the pod's counts.
function optionsOf(first: readonly Option[], then: readonly Option[]): ReadonlyMap<string, string> {
  return new Map([...first, ...then].map(({ name, value = '' }): [string, string] => [name, value]))
}

function ndotsOf(value: string | undefined): number {
  if (value === undefined) return USUAL_NDOTS
  const number = Number.parseInt(value, 10)
  return Number.isNaN(number) ? 0 : Math.min(Math.max(number, 0), MOST_NDOTS)
}

const cut = (code: string, names: readonly string[]): readonly Reason[] =>
  names.length === 0 ? [] : [{ code, values: { count: names.length, names: names.join(' ') } }]
