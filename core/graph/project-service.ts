import type { ClusterView } from '../model/cluster-view'
import type { EndpointsRecord, ServicePort, ServiceRecord } from '../model/records'
import { problemsOf } from '../problems/problems-of'
import { countAddresses, hintedState } from '../proxy/endpoint-counts'
import { explainHints } from '../slices/explain-hints'
import { graphId } from './ids'
import { orNull, toPairs } from './pairs'
import { serviceEntries } from './project-entries'
import { sliceLimit } from './slice-limit'
import type { EndpointsDetail, PortSummary, ServiceDetail, ServiceSummary } from './types'

export function serviceSummary(view: ClusterView, service: ServiceRecord): ServiceSummary {
  const slices = view.slicesOfService(service.key)
  const { loadBalancerIngress } = service
  return {
    id: graphId('ServiceSummary', service.key),
    kind: 'ServiceSummary',
    namespace: service.namespace,
    name: service.name,
    type: service.type,
    headless: service.clusterIP === 'None',
    hasSelector: service.selector !== undefined,
    clusterIPs: shownClusterIPs(service),
    externalIPs: service.externalIPs,
    loadBalancer: loadBalancerIngress.flatMap(({ ip, hostname }) => ip ?? hostname ?? []),
    externalName: orNull(service.externalName),
    ports: service.ports.map(portSummary),
    labels: toPairs(service.labels),
    endpoints: countAddresses(slices),
    sliceCount: slices.length,
    trafficDistribution: orNull(service.trafficDistribution),
    internalTrafficPolicy: orNull(service.internalTrafficPolicy),
    externalTrafficPolicy: orNull(service.externalTrafficPolicy),
    hinted: hintedState(slices.flatMap((slice) => slice.endpoints)),
    ...serviceEntries(view, service.key),
    trouble: problemsOf(view, service).map(({ severity, reason, since }) => ({ severity, reason, since })),
  }
}

// Objects written before dual stack carry clusterIP alone.
function shownClusterIPs({ clusterIP, clusterIPs }: ServiceRecord): readonly string[] {
  return clusterIPs.length === 0 && clusterIP !== '' ? [clusterIP] : clusterIPs
}

const portSummary = (port: ServicePort): PortSummary => ({
  name: port.name,
  protocol: port.protocol,
  port: port.port,
  targetPort: orNull(port.targetPort),
  nodePort: orNull(port.nodePort),
  appProtocol: orNull(port.appProtocol),
})

export function serviceDetail(view: ClusterView, service: ServiceRecord): ServiceDetail {
  const slices = view.slicesOfService(service.key)
  const coverage = (kind: 'EndpointSlice' | 'Pod' | 'Node' | 'Endpoints') => view.coverage(kind, service.namespace)
  return {
    id: graphId('Service', service.key),
    kind: 'Service',
    namespace: service.namespace,
    name: service.name,
    uid: service.uid,
    createdAt: orNull(service.createdAt),
    type: service.type,
    clusterIP: service.clusterIP,
    clusterIPs: service.clusterIPs,
    ipFamilies: service.ipFamilies,
    ipFamilyPolicy: orNull(service.ipFamilyPolicy),
    selector: service.selector === undefined ? null : toPairs(service.selector),
    labels: toPairs(service.labels),
    annotations: toPairs(service.annotations),
    ports: service.ports.map(portSummary),
    externalIPs: service.externalIPs,
    externalName: orNull(service.externalName),
    loadBalancerIngress: service.loadBalancerIngress.map(({ ip, hostname, ipMode }) => ({
      ip: orNull(ip),
      hostname: orNull(hostname),
      ipMode: orNull(ipMode),
    })),
    loadBalancerSourceRanges: service.loadBalancerSourceRanges,
    loadBalancerClass: orNull(service.loadBalancerClass),
    allocateLoadBalancerNodePorts: orNull(service.allocateLoadBalancerNodePorts),
    sessionAffinity: service.sessionAffinity,
    sessionAffinityTimeoutSeconds: orNull(service.sessionAffinityTimeoutSeconds),
    internalTrafficPolicy: orNull(service.internalTrafficPolicy),
    externalTrafficPolicy: orNull(service.externalTrafficPolicy),
    healthCheckNodePort: orNull(service.healthCheckNodePort),
    publishNotReadyAddresses: service.publishNotReadyAddresses,
    changedAt: orNull(service.changedAt),
    trafficDistribution: orNull(service.trafficDistribution),
    hints: serviceHints(view, service),
    sliceLimit: sliceLimit(slices),
    problems: problemsOf(view, service),
    coverage: {
      EndpointSlice: coverage('EndpointSlice'),
      Pod: coverage('Pod'),
      Node: coverage('Node'),
      Endpoints: coverage('Endpoints'),
    },
  }
}

// The safeguards of topology hints look at every node; without the right to read nodes they cannot be checked.
function serviceHints(view: ClusterView, service: ServiceRecord): ServiceDetail['hints'] {
  const nodes = view.coverage('Node') === 'synced' ? view.nodes() : undefined
  return explainHints({ service, slices: view.slicesOfService(service.key), nodes })
}

export function endpointsDetail(endpoints: EndpointsRecord): EndpointsDetail {
  return {
    id: graphId('Endpoints', endpoints.key),
    kind: 'Endpoints',
    namespace: endpoints.namespace,
    name: endpoints.name,
    overCapacity: orNull(endpoints.overCapacity),
    subsets: endpoints.subsets.map((subset) => ({
      addresses: subset.addresses.map(({ ip }) => ip),
      notReadyAddresses: subset.notReadyAddresses.map(({ ip }) => ip),
      ports: subset.ports,
    })),
  }
}
