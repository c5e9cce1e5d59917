import type { ClusterView } from '../model/cluster-view'
import type { IpFamily, ServiceRecord } from '../model/records'
import { podOfEndpoint } from '../model/references'
import { type ProxyEndpoint, portEndpoints } from '../proxy/endpoints'
import { servicePorts } from '../proxy/service-port'
import type { Fallback } from './types'

const families: readonly IpFamily[] = ['IPv4', 'IPv6']

/**
 * The terminating endpoints a Service port lives on while none of it is ready (rule H8; kube-proxy's is P19, from 1.26 on): of the port
 * and family that has most. Null: something is ready for every port that has endpoints, nothing serves any more, or nothing is proxied.
 */
export function fallbackOf(view: ClusterView, service: ServiceRecord): Fallback | null {
  const slices = view.slicesOfService(service.key)
  const found = families.flatMap((family) => {
    const ports = servicePorts(service, family).map((port) => {
      const query = { namespace: service.namespace, service: service.name, family, port }
      return { name: port.name, endpoints: portEndpoints(slices, query).endpoints }
    })
    const isOneReady = ports.some(({ endpoints }) => endpoints.some(isReady))
    return ports.flatMap(({ name, endpoints }) => {
      const fallback = fallbackOfPort(view, service, endpoints)
      return fallback ? [{ ...fallback, port: isOneReady ? name : null }] : []
    })
  })
  return found.reduce<Fallback | null>((most, one) => (most && most.endpoints >= one.endpoints ? most : one), null)
}

const isReady = ({ endpoint }: ProxyEndpoint) => endpoint.ready

function fallbackOfPort(view: ClusterView, service: ServiceRecord, endpoints: readonly ProxyEndpoint[]) {
  if (endpoints.some(isReady)) return undefined
  const serving = endpoints.filter(({ endpoint }) => endpoint.serving && endpoint.terminating)
  if (serving.length === 0) return undefined
  const deadlines = serving.flatMap(({ endpoint }) => {
    const key = podOfEndpoint(service, endpoint)
    return (key && view.pod(key)?.deletedAt) ?? []
  })
  const addresses = new Set(serving.map(({ ip }) => ip))
  return { endpoints: addresses.size, endsBy: deadlines.length === 0 ? null : Math.max(...deadlines) }
}
