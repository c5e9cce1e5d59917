// What a kube-proxy in ipvs mode sets up on its node, predicted. Every entry says what it comes from and what it is for.

import type { ServiceKey } from '../../model/keys'
import type { Reason } from '../../model/reason'
import type { IpFamily, Protocol } from '../../model/records'
import type { PredictedLine, RuleFact } from '../types'

/** Where an entry comes from. One that several Service ports ask for names the first of them. */
export type IpvsOrigin = {
  readonly service: ServiceKey
  /** `name/PROTOCOL` of the Service port. */
  readonly port: string
  readonly facts: readonly RuleFact[]
  /** What the entry is for, as data. */
  readonly about: Reason
}

export type IpvsRealServer = {
  readonly address: string
  readonly port: number
  /** 1 always: kube-proxy gives 0 only to what it is taking away. */
  readonly weight: number
  readonly facts: readonly RuleFact[]
  /** Why it is among the real servers. */
  readonly about: Reason
}

export type IpvsVirtualServer = IpvsOrigin & {
  readonly address: string
  /** The Service's port, or its node port. */
  readonly number: number
  readonly protocol: Protocol
  readonly scheduler: string
  /** Bits: 1 persistent, 0x10 mh hashes the client's port too. */
  readonly flags: number
  /** Seconds a client keeps its endpoint; 0 without affinity. */
  readonly timeout: number
  readonly realServers: readonly IpvsRealServer[]
  /** What other Services ask for at the same address, port and protocol: on the node it is chance whose wish is there. */
  readonly rivals?: readonly IpvsVirtualServer[]
}

/** One entry of a set, as kube-proxy writes it, or one address on kube-ipvs0. */
export type IpvsEntry = IpvsOrigin & {
  readonly text: string
  /** `ip:port` where the entry is about one endpoint. */
  readonly endpoint: string | undefined
}

/** Plain data: the server sends it to the browser, where it is compared with the node's own dump. */
export type IpvsPrediction = {
  readonly family: IpFamily
  /** Ranges whose addresses answer node ports; empty: every address of the node. */
  readonly nodePortRanges: readonly string[]
  /** The node's own address, as the proxy takes it. */
  readonly nodeAddress: string
  /** Sorted by address text, port and protocol. */
  readonly virtualServers: readonly IpvsVirtualServer[]
  /** Sets that are not empty, by the name they have on the node; entries sorted by text. All 17 exist on the node. */
  readonly ipsets: Readonly<Record<string, readonly IpvsEntry[]>>
  /** Addresses on kube-ipvs0, sorted by text. */
  readonly dummyAddresses: readonly IpvsEntry[]
  /** iptables rules beyond `ipvsBase`, in the order of a dump. */
  readonly rules: readonly PredictedLine[]
  /** Those and the ones that are always there, in the order of a dump. */
  readonly tables: readonly PredictedLine[]
  /** Services with a Local policy and no endpoint on the node, as kube-proxy's own metric counts them. */
  readonly noLocalEndpoints: { readonly internal: number; readonly external: number }
}
