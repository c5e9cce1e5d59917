// By which of its addresses a Service is reached. Rule E2.

import type { WayRef } from '../graph/page-query'
import { parseIp } from '../model/ip'
import type { IpFamily, ServicePort, ServiceRecord } from '../model/records'
import type { FlowSource } from './flow'

/** An address or a name to call at the Service's port, or a node port to call at a node. */
export type WayIn = { readonly address: string } | { readonly host: string } | { readonly nodePort: number }

type Asked = {
  readonly port: ServicePort
  readonly family: IpFamily
  readonly asked: WayRef | undefined
  readonly source: FlowSource
}

/**
 * The way that is asked for, if the Service has it. Not asked, a client outside takes what is made for it: the load balancer's
 * address, else an external IP, else the node port. Undefined: the cluster IP.
 */
export function wayOf(service: ServiceRecord, { port, family, asked, source }: Asked): WayIn | undefined {
  const all = waysOf(service, { port, family })
  if (asked !== undefined) return asked === 'cluster-ip' ? undefined : all[asked]
  if (source.kind !== 'outside') return undefined
  return all['load-balancer-ip'] ?? all['external-ip'] ?? all['node-port']
}

/** Every way but the cluster IP. */
export function waysOf(
  service: ServiceRecord,
  { port, family }: Pick<Asked, 'port' | 'family'>,
): Partial<Record<WayRef, WayIn>> {
  const first = (texts: readonly (string | undefined)[]): WayIn | undefined => {
    const ip = texts
      .map((text) => (text === undefined ? undefined : parseIp(text)))
      .find((one) => one?.family === family)
    return ip && { address: ip.text }
  }
  const host = service.loadBalancerIngress.find(({ hostname }) => hostname !== undefined)?.hostname
  const named: WayIn | undefined = host === undefined ? undefined : { host }
  const balancer = first(service.loadBalancerIngress.map(({ ip }) => ip)) ?? named
  const external = first(service.externalIPs)
  return {
    ...(balancer && { 'load-balancer-ip': balancer }),
    ...(external && { 'external-ip': external }),
    ...(port.nodePort && { 'node-port': { nodePort: port.nodePort } }),
  }
}
