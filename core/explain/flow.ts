// A connection somebody asks about: where it starts, what it is sent to, and how.

import type { NodeKey, PodKey, ServiceKey } from '../model/keys'
import type { IpFamily, Protocol } from '../model/records'

export type FlowSource =
  | { readonly kind: 'pod'; readonly pod: PodKey }
  /** A process of the node itself. */
  | { readonly kind: 'node'; readonly node: NodeKey }
  /**
   * From outside the cluster. `at` is the node whose proxy meets the packet first; undefined: a load balancer in front of the
   * nodes chooses one. `address` is the client's, where it matters (source ranges).
   */
  | { readonly kind: 'outside'; readonly at: NodeKey | undefined; readonly address: string | undefined }

export type FlowDestination =
  /** A Service port by its name ('' without one), at the cluster IP; headless: at the addresses that DNS gives. */
  | { readonly kind: 'service'; readonly service: ServiceKey; readonly port: string }
  /** A node port on a node, at the node's first address of the family; undefined: on the node that a load balancer takes. */
  | { readonly kind: 'node-port'; readonly node: NodeKey | undefined; readonly port: number }
  /** Any address: cluster IP, external IP, load balancer IP, node address or pod IP; whose it is, is found out. */
  | { readonly kind: 'address'; readonly address: string; readonly port: number }
  /** A DNS name as a client writes it; a short one is looked up from the source pod's namespace. */
  | { readonly kind: 'name'; readonly name: string; readonly port: number }
  /** A request that an Ingress or a Gateway takes by its host and path. */
  | {
      readonly kind: 'url'
      readonly scheme: 'http' | 'https'
      readonly host: string
      readonly port: number
      readonly path: string
    }

/** A connection to an address or a name, whatever is said in it. */
export type PlainFlow = Flow & { readonly destination: Exclude<FlowDestination, { kind: 'url' }> }

export type Flow = {
  readonly source: FlowSource
  readonly destination: FlowDestination
  readonly protocol: Protocol
  /** An address names its own family; this one counts for everything else. */
  readonly family: IpFamily
}
