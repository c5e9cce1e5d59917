// The addresses by which a Service port can be called, as the overview knows them: the same ones as core/explain/way-in.ts finds.

import type { WayRef } from '@/core/graph/page-query'
import type { PortSummary, ServiceSummary } from '@/core/graph/types'
import { parseIp } from '@/core/model/ip'
import type { IpFamily } from '@/core/model/records'

export type Way = { readonly way: WayRef; readonly called: string }

/** In the order in which the server takes them for a client outside. */
export function waysOf(service: ServiceSummary, port: PortSummary, family: IpFamily): readonly Way[] {
  const first = (addresses: readonly string[]) => addresses.find((address) => parseIp(address)?.family === family)
  const called = {
    'load-balancer-ip': first(service.loadBalancer) ?? service.loadBalancer.find((one) => !parseIp(one)),
    'external-ip': first(service.externalIPs),
    'node-port': port.nodePort ? String(port.nodePort) : undefined,
    'cluster-ip': first(service.clusterIPs),
  } satisfies Record<WayRef, string | undefined>
  const order: readonly WayRef[] = ['load-balancer-ip', 'external-ip', 'node-port', 'cluster-ip']
  return order.flatMap((way) => {
    const address = called[way]
    return address === undefined ? [] : [{ way, called: address }]
  })
}
