// What a destination turned out to be.

import type { Reason } from '../model/reason'
import type { IpFamily, NodeRecord, PodRecord, ServicePort, ServiceRecord } from '../model/records'
import type { Hop, Way } from './types'

export type ServiceWay = Extract<Way, 'cluster-ip' | 'node-port' | 'external-ip' | 'load-balancer-ip'>

export type Resolved = { readonly hops: readonly Hop[]; readonly family: IpFamily } & (
  | {
      readonly to: 'service'
      readonly service: ServiceRecord
      readonly port: ServicePort
      readonly way: ServiceWay
      readonly ip: string
      readonly number: number
      /** The node a node port is called on. */
      readonly node: NodeRecord | undefined
      /** The address is the load balancer's own (ipMode Proxy, a host name): kube-proxy does not answer for it. */
      readonly proxied: boolean
    }
  | {
      readonly to: 'headless'
      readonly service: ServiceRecord
      /** The Service port of this number or name; the number called need not be one. */
      readonly port: ServicePort | undefined
      readonly number: number
    }
  /** A cluster IP that leads to no port of a Service. */
  | ({ readonly to: 'unserved'; readonly ip: string; readonly number: number } & (
      | { readonly service: ServiceRecord }
      | { readonly range: { readonly name: string; readonly cidr: string } }
    ))
  | { readonly to: 'pod'; readonly pod: PodRecord; readonly ip: string; readonly number: number }
  | { readonly to: 'nobody'; readonly verdict: 'none' | 'unknown'; readonly reason: Reason }
)

export type Nobody = { readonly verdict: 'none' | 'unknown'; readonly reason: Reason }

export const none = (code: string, values: Reason['values']): Nobody => ({ verdict: 'none', reason: { code, values } })
export const unknown = (code: string, values: Reason['values']): Nobody => ({
  verdict: 'unknown',
  reason: { code, values },
})
export const nobody = ({ family }: { readonly family: IpFamily }, why: Nobody): Resolved => ({
  to: 'nobody',
  hops: [],
  family,
  ...why,
})
