// Objects of the overview for tests: name them, and say only what the test is about.

import type { NodeSummary, PodSummary, ServiceSummary, SliceSummary, WatchStatus } from '../graph/types'

type Of<T> = Partial<Omit<T, 'id' | 'kind' | 'namespace' | 'name'>>

const noEndpoints = { ready: 0, servingTerminating: 0, notReady: 0 }

/** `shop/cart`: a ClusterIP Service with nothing behind it. */
export function serviceSummary(key: string, change: Of<ServiceSummary> = {}): ServiceSummary {
  return {
    id: `ServiceSummary:${key}`,
    kind: 'ServiceSummary',
    ...namesOf(key),
    type: 'ClusterIP',
    headless: false,
    hasSelector: true,
    clusterIPs: [],
    externalIPs: [],
    loadBalancer: [],
    externalName: null,
    ports: [],
    labels: [],
    endpoints: { IPv4: noEndpoints, IPv6: noEndpoints },
    sliceCount: 1,
    trafficDistribution: null,
    internalTrafficPolicy: null,
    externalTrafficPolicy: null,
    hinted: 'none',
    entries: [],
    entryCount: 0,
    trouble: [],
    ...change,
  }
}

/** A ready node that is likely to run iptables. */
export function nodeSummary(name: string, change: Of<NodeSummary> = {}): NodeSummary {
  return {
    id: `NodeSummary:${name}`,
    kind: 'NodeSummary',
    name,
    zone: null,
    addresses: [],
    podCIDRs: [],
    ready: true,
    unschedulable: false,
    os: null,
    kubeletVersion: null,
    allocatablePods: null,
    podCount: 0,
    labels: [],
    proxyMode: { state: 'mode', mode: 'iptables', scheduler: null, confidence: 'likely' },
    proxyVersion: 'v1.36.3',
    ...change,
  }
}

/** `shop/cart-1`: a ready pod on no node yet. */
export function podSummary(key: string, change: Of<PodSummary> = {}): PodSummary {
  return {
    id: `PodSummary:${key}`,
    kind: 'PodSummary',
    ...namesOf(key),
    nodeName: null,
    podIPs: [],
    hostNetwork: false,
    condition: 'ready',
    services: [],
    workload: null,
    labels: [],
    ...change,
  }
}

/** `shop/cart-x7k2p`: an empty IPv4 slice of no Service. */
export function sliceSummary(key: string, change: Of<SliceSummary> = {}): SliceSummary {
  return {
    id: `SliceSummary:${key}`,
    kind: 'SliceSummary',
    ...namesOf(key),
    serviceName: null,
    addressType: 'IPv4',
    managedBy: null,
    counts: noEndpoints,
    total: 0,
    ...change,
  }
}

/** The watch of a kind over the whole cluster, synced since the epoch. */
export function watchStatus(
  resource: string,
  change: Partial<Omit<WatchStatus, 'kind' | 'resource'>> = {},
): WatchStatus {
  return {
    id: `Watch:${resource}${change.scope ? `/${change.scope}` : ''}`,
    kind: 'Watch',
    resource,
    scope: '',
    state: 'synced',
    reason: null,
    count: 0,
    expected: null,
    since: 0,
    nextTryAt: null,
    rejected: 0,
    rejects: [],
    ...change,
  }
}

function namesOf(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/')
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) }
}
