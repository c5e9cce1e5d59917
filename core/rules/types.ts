// What a kube-proxy writes on its node, predicted: the words that the iptables, nftables and ipvs predictions share, and those
// of the comparison with a node's own dump.

import type { ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { EndpointSliceRecord, IpFamily, ServiceRecord } from '../model/records'

/** How the proxy tells traffic of its own pods from other traffic (detectLocalMode). */
export type LocalDetector =
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'bridge-interface'; readonly name: string }
  | { readonly kind: 'interface-prefix'; readonly prefix: string }
  | { readonly kind: 'none' }

/** What the proxy was told, for one family. */
export type ProxySettings = {
  readonly localDetector: LocalDetector
  readonly masqueradeAll: boolean
  /** 0..31; 14 unless set. */
  readonly masqueradeBit: number
  /** CIDRs, or `primary` alone; empty: every local address. */
  readonly nodePortAddresses: readonly string[]
  readonly localhostNodePorts: boolean
  /** ipvs only. */
  readonly scheduler: string
  /** Gate AllowServiceExternalIPs: off, no rules are written for external IPs. */
  readonly externalIPs: boolean
  /** Ranges of cluster IPs (ServiceCIDR objects), nftables only; empty when not known. */
  readonly serviceCIDRs: readonly string[]
}

export type RuleNode = {
  readonly name: string
  /** '' without the zone label. */
  readonly zone: string
  /** Addresses of the family, the InternalIPs first. */
  readonly addresses: readonly string[]
  /** Of its kube-proxy, `v1.36.3`; absent: today's. */
  readonly version?: string | undefined
}

export type RuleService = { readonly service: ServiceRecord; readonly slices: readonly EndpointSliceRecord[] }

export type RuleInput = {
  readonly node: RuleNode
  readonly family: IpFamily
  /** Sorted by key; the real order between Services is that of a Go map. */
  readonly services: readonly RuleService[]
  readonly settings: ProxySettings
  /** Endpoints of all Services in the family, where `services` are only some of them (above 1000 iptables leaves out comments). */
  readonly totalEndpoints?: number | undefined
}

/** The one fact a line comes from: a field of an object, or a setting of the proxy. */
export type RuleFact = {
  readonly kind: 'Service' | 'EndpointSlice' | 'Node' | 'ProxySettings'
  /** `namespace/name` or name; '' for ProxySettings. */
  readonly id: string
  /** API field path, e.g. `spec.ports[0].nodePort`, or the name of the setting. */
  readonly field: string
}

export type PredictedLine = {
  /** `nat`, `filter`, `mangle` (iptables); `ip kube-proxy` or `ip6 kube-proxy` (nftables). */
  readonly table: string
  /** As iptables-save or nft prints it. */
  readonly text: string
  readonly service: ServiceKey | undefined
  /** `name/PROTOCOL` of the Service port. */
  readonly port: string | undefined
  /** `ip:port`. */
  readonly endpoint: string | undefined
  readonly facts: readonly RuleFact[]
  /** What the line does, as data. */
  readonly about: Reason
  /** Why the node may do without the line (its kernel or kernel settings decide): then its absence is no difference. */
  readonly unless?: Reason | undefined
}

/** One difference between the prediction and a dump. */
export type RuleDifference = {
  readonly kind: 'missing' | 'extra' | 'different'
  readonly table: string
  /** What should be there; undefined for `extra`. */
  readonly predicted: string | undefined
  /** What is there, and on which line of the dump (1-based); undefined for `missing`. */
  readonly found: { readonly text: string; readonly line: number } | undefined
  readonly service: ServiceKey | undefined
  readonly port: string | undefined
  readonly endpoint: string | undefined
  readonly reason: Reason
}

/** A dump that is not what it should be: where and why. */
export type DumpFault = { readonly line: number; readonly reason: Reason }

/** A dump longer than this many characters is refused unread. */
export const MAX_DUMP_LENGTH = 64 * 2 ** 20
