// What looks broken about a Service, and why. Nothing is said about what is not known: a list that has not been read, or
// may not be, is no evidence of absence.

import type { ClusterView } from '../model/cluster-view'
import type { EndpointSliceRecord, IpFamily, PodRecord, ServiceRecord } from '../model/records'
import { missingTargets } from '../slices/port-map'
import { countAddresses } from './endpoint-counts'
import { toPairs } from './pairs'
import type { EndpointCounts, Trouble } from './types'

/** Troubles of a Service, the worst first. */
export function serviceTrouble(view: ClusterView, service: ServiceRecord): readonly Trouble[] {
  if (service.type === 'ExternalName' || view.coverage('EndpointSlice', service.namespace) !== 'synced') return []
  const slices = view.slicesOfService(service.key)
  const troubles = slices.some((slice) => slice.endpoints.length > 0)
    ? endpointTroubles(service, slices)
    : [noEndpoints(view, service, slices.length)]
  return [...troubles, ...portTroubles(view, service)].sort((a, b) => rank(a) - rank(b))
}

const rank = ({ severity }: Trouble) => ['crit', 'warn', 'info'].indexOf(severity)

function trouble(severity: Trouble['severity'], code: string, values: Trouble['reason']['values'] = {}): Trouble {
  return { severity, reason: { code, values } }
}

function noEndpoints(view: ClusterView, service: ServiceRecord, sliceCount: number): Trouble {
  if (service.selector === undefined) {
    return sliceCount === 0
      ? trouble('warn', 'service-without-selector-or-slices')
      : trouble('warn', 'service-slices-empty')
  }
  if (view.coverage('Pod', service.namespace) !== 'synced') return trouble('crit', 'service-no-endpoints')
  const pods = view.podsOfService(service.key)
  if (pods.length === 0) {
    const selector = toPairs(service.selector).map(([name, value]) => `${name}=${value}`)
    return trouble('crit', 'service-selects-no-pods', { selector: selector.join(',') })
  }
  const code = pods.some(canBeEndpoint) ? 'service-pods-not-in-slices' : 'service-pods-without-address'
  return trouble('crit', code, { pods: pods.length })
}

// semantics.md 11.1: finished pods and pods without an address are in no slice.
const canBeEndpoint = (pod: PodRecord) => pod.phase !== 'Succeeded' && pod.phase !== 'Failed' && pod.podIPs.length > 0

function endpointTroubles(service: ServiceRecord, slices: readonly EndpointSliceRecord[]): readonly Trouble[] {
  const { IPv4, IPv6 } = countAddresses(slices)
  const { ready, servingTerminating: terminating, notReady } = countsToTell(service, { IPv4, IPv6 })
  if (ready + terminating + notReady === 0) return [trouble('warn', 'service-endpoints-unroutable')]
  if (ready + terminating === 0) return [trouble('crit', 'service-none-ready', { count: notReady })]
  const troubles: Trouble[] = []
  if (ready === 0) troubles.push(trouble('warn', 'service-all-terminating', { count: terminating }))
  else if (notReady > 0) {
    troubles.push(trouble('warn', 'service-some-not-ready', { count: notReady, total: ready + terminating + notReady }))
  }
  const isUsable = (counts: EndpointCounts) => counts.ready + counts.servingTerminating > 0
  for (const [family, counts] of [['IPv4', IPv4] as const, ['IPv6', IPv6] as const]) {
    if (service.ipFamilies.includes(family) && !isUsable(counts)) {
      troubles.push(trouble('warn', 'service-family-without-endpoints', { family }))
    }
  }
  return troubles
}

// A dual-stack pod has an address in each family and is one endpoint to people: the primary family is counted, and the other
// one only where it is better off, so that nothing is called broken while a family works.
function countsToTell(service: ServiceRecord, counts: Readonly<Record<IpFamily, EndpointCounts>>): EndpointCounts {
  const [primary, other] = service.ipFamilies[0] === 'IPv6' ? [counts.IPv6, counts.IPv4] : [counts.IPv4, counts.IPv6]
  return use(other) > use(primary) ? other : primary
}

const use = (counts: EndpointCounts) =>
  counts.ready > 0 ? 3 : counts.servingTerminating > 0 ? 2 : counts.notReady > 0 ? 1 : 0

function portTroubles(view: ClusterView, service: ServiceRecord): readonly Trouble[] {
  const named = service.ports.filter((port) => typeof port.targetPort === 'string')
  if (named.length === 0 || service.selector === undefined) return []
  if (view.coverage('Pod', service.namespace) !== 'synced') return []
  const pods = view.podsOfService(service.key).filter(canBeEndpoint)
  const missingOfPods = pods.map((pod) => missingTargets(service, pod))
  return named.flatMap((port) => {
    const missing = missingOfPods.filter((ports) => ports.includes(port)).length
    if (missing === 0) return []
    const values = { port: port.name || port.port, targetPort: port.targetPort ?? '', missing, pods: pods.length }
    return missing === pods.length
      ? [trouble('crit', 'service-target-port-missing', values)]
      : [trouble('warn', 'service-target-port-missing-on-some', values)]
  })
}
