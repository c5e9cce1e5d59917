// Small facts about Services that several cards show.

import type { EndpointCounts, ServiceSummary, Trouble } from '@/core/graph/types'
import type { Severity } from '@/core/model/reason'
import type { IpFamily } from '@/core/model/records'

const order: readonly Severity[] = ['crit', 'warn', 'info']

export function worstSeverity(trouble: readonly Trouble[]): Severity | undefined {
  return order.find((severity) => trouble.some((one) => one.severity === severity))
}

/** Endpoints of one family: ready of all; a Service of the other family only is counted there. */
export function readyCount(service: ServiceSummary, family: IpFamily): { ready: number; total: number } {
  const counts = familyCounts(service, family)
  return { ready: counts.ready, total: counts.ready + counts.servingTerminating + counts.notReady }
}

export function familyCounts(service: ServiceSummary, family: IpFamily): EndpointCounts {
  const own = service.endpoints[family]
  const other = service.endpoints[family === 'IPv4' ? 'IPv6' : 'IPv4']
  const sum = (counts: EndpointCounts) => counts.ready + counts.servingTerminating + counts.notReady
  return sum(own) === 0 && clusterIPOf(service.clusterIPs, family) === undefined ? other : own
}

export function clusterIPOf(clusterIPs: readonly string[], family: IpFamily): string | undefined {
  return clusterIPs.find((ip) => ip !== 'None' && ip.includes(':') === (family === 'IPv6'))
}

/** The address line of a Service: an address, or a code for why it has none. */
export function serviceAddress(
  service: ServiceSummary,
  family: IpFamily,
):
  | { text: string; code?: undefined; field: string }
  | { text?: undefined; code: 'headless' | 'notAllocated'; field: string } {
  if (service.type === 'ExternalName') return { text: service.externalName ?? '', field: 'spec.externalName' }
  if (service.headless) return { code: 'headless', field: 'spec.clusterIP' }
  const ip = clusterIPOf(service.clusterIPs, family)
  if (ip !== undefined) return { text: ip, field: service.clusterIPs[0] === ip ? 'spec.clusterIP' : 'spec.clusterIPs' }
  const other = service.clusterIPs[0]
  return other === undefined || other === ''
    ? { code: 'notAllocated', field: 'spec.clusterIP' }
    : { text: other, field: 'spec.clusterIP' }
}
