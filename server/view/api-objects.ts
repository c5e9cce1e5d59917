// Records in the API's own spelling again. A field that is not set is absent, as in the API; what Triplane adds stands under
// `triplane`, beside the object's own fields.

import type {
  ContainerRecord,
  ContainerState,
  EndpointSliceRecord,
  EndpointsAddress,
  EndpointsRecord,
  NodeRecord,
  PodRecord,
  ProbeRecord,
  ServiceRecord,
} from '@/core/model/records'

type Json = Readonly<Record<string, unknown>>

type Described = {
  readonly namespace?: string
  readonly name: string
  readonly uid: string
  readonly labels?: ReadonlyMap<string, string>
  readonly annotations?: ReadonlyMap<string, string>
  readonly createdAt: number | undefined
  readonly deletedAt: number | undefined
}

export function apiService(service: ServiceRecord): Json {
  const { sessionAffinityTimeoutSeconds: timeoutSeconds, loadBalancerIngress: ingress } = service
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(service),
    spec: {
      type: service.type,
      clusterIP: service.clusterIP || undefined,
      clusterIPs: listed(service.clusterIPs),
      ipFamilies: listed(service.ipFamilies),
      ipFamilyPolicy: service.ipFamilyPolicy,
      selector: service.selector && plain(service.selector),
      ports: service.ports.map((port) => ({ ...port, name: port.name || undefined })),
      externalIPs: listed(service.externalIPs),
      externalName: service.externalName,
      loadBalancerClass: service.loadBalancerClass,
      loadBalancerSourceRanges: listed(service.loadBalancerSourceRanges),
      allocateLoadBalancerNodePorts: service.allocateLoadBalancerNodePorts,
      sessionAffinity: service.sessionAffinity,
      sessionAffinityConfig: timeoutSeconds === undefined ? undefined : { clientIP: { timeoutSeconds } },
      internalTrafficPolicy: service.internalTrafficPolicy,
      externalTrafficPolicy: service.externalTrafficPolicy,
      healthCheckNodePort: service.healthCheckNodePort,
      publishNotReadyAddresses: service.publishNotReadyAddresses || undefined,
      trafficDistribution: service.trafficDistribution,
    },
    status: { loadBalancer: { ingress: listed(ingress) } },
  }
}

/** Conditions are resolved: what the object left out has the value it counts as (and is named under `triplane`). */
export function apiEndpointSlice(slice: EndpointSliceRecord, about: (index: number) => Json): Json {
  const { lastChangeTriggerTime: changed } = slice
  const annotations =
    changed === undefined
      ? undefined
      : new Map([['endpoints.kubernetes.io/last-change-trigger-time', new Date(changed).toISOString()]])
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...metadata({ ...slice, annotations }),
      ownerReferences: slice.owner && [{ kind: 'Service', ...slice.owner }],
    },
    addressType: slice.addressType,
    ports: slice.ports,
    endpoints: slice.endpoints.map((endpoint, index) => ({
      addresses: endpoint.addresses,
      conditions: { ready: endpoint.ready, serving: endpoint.serving, terminating: endpoint.terminating },
      nodeName: endpoint.nodeName,
      zone: endpoint.zone,
      hostname: endpoint.hostname,
      hints: apiHints(endpoint),
      targetRef: endpoint.targetRef,
      triplane: { absentConditions: endpoint.absentConditions, ...about(index) },
    })),
  }
}

export function apiHints(endpoint: { readonly hintZones: readonly string[]; readonly hintNodes: readonly string[] }) {
  const named = (names: readonly string[]) => (names.length === 0 ? undefined : names.map((name) => ({ name })))
  const hints = { forZones: named(endpoint.hintZones), forNodes: named(endpoint.hintNodes) }
  return hints.forZones || hints.forNodes ? hints : undefined
}

export function apiEndpoints(endpoints: EndpointsRecord): Json {
  const { overCapacity } = endpoints
  const annotations =
    overCapacity === undefined ? undefined : new Map([['endpoints.kubernetes.io/over-capacity', overCapacity]])
  const addresses = (list: readonly EndpointsAddress[]) => listed(list)
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: metadata({ ...endpoints, annotations }),
    subsets: endpoints.subsets.map((subset) => ({
      addresses: addresses(subset.addresses),
      notReadyAddresses: addresses(subset.notReadyAddresses),
      ports: subset.ports,
    })),
  }
}

export function apiPod(pod: PodRecord): Json {
  const [podIP] = pod.podIPs
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadata(pod),
    spec: {
      nodeName: pod.nodeName,
      hostNetwork: pod.hostNetwork || undefined,
      hostname: pod.hostname,
      subdomain: pod.subdomain,
      hostnameOverride: pod.hostnameOverride,
      dnsPolicy: pod.dnsPolicy,
      dnsConfig: pod.dnsConfig,
      hostAliases: listed(pod.hostAliases),
      enableServiceLinks: pod.enableServiceLinks,
      readinessGates: listed(pod.readinessGates.map((conditionType) => ({ conditionType }))),
      containers: pod.containers.filter(({ role }) => role === 'regular').map(apiContainer),
      initContainers: listed(pod.containers.filter(({ role }) => role !== 'regular').map(apiContainer)),
    },
    status: {
      phase: pod.phase,
      podIP,
      podIPs: pod.podIPs.map((ip) => ({ ip })),
      startTime: time(pod.startedAt),
      conditions: pod.conditions.map(({ since, ...condition }) => ({ ...condition, lastTransitionTime: time(since) })),
      containerStatuses: pod.containers.filter(({ role }) => role === 'regular').map(apiContainerStatus),
    },
  }
}

const apiContainer = ({ name, ports, readinessProbe, startupProbe }: ContainerRecord) => ({
  name,
  ports,
  readinessProbe: readinessProbe && apiProbe(readinessProbe),
  startupProbe: startupProbe && apiProbe(startupProbe),
})

// What it asks with is not read: {} stands for it.
const apiProbe = ({ kind, port, ...numbers }: ProbeRecord) => ({
  [kind]: port === undefined ? {} : { port },
  ...numbers,
})

const apiContainerStatus = ({ name, ready, started, restartCount, state, lastEnd }: ContainerRecord) => ({
  name,
  ready,
  started,
  restartCount,
  state: state && apiState(state),
  lastState: lastEnd && apiState(lastEnd),
})

const apiState = ({ phase, reason, since, exitCode }: ContainerState) => ({
  [phase]: { reason, exitCode, [phase === 'terminated' ? 'finishedAt' : 'startedAt']: time(since) },
})

export function apiNode(node: NodeRecord): Json {
  const { ready } = node
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: metadata(node),
    spec: { podCIDRs: listed(node.podCIDRs), unschedulable: node.unschedulable || undefined },
    status: {
      addresses: node.addresses,
      conditions: [{ type: 'Ready', status: ready === undefined ? 'Unknown' : ready ? 'True' : 'False' }],
      allocatable: {
        cpu: node.allocatableCpuMilli === undefined ? undefined : `${node.allocatableCpuMilli}m`,
        pods: node.allocatablePods === undefined ? undefined : String(node.allocatablePods),
      },
      nodeInfo: {
        operatingSystem: node.os,
        osImage: node.osImage,
        kernelVersion: node.kernelVersion,
        kubeletVersion: node.kubeletVersion,
      },
    },
  }
}

function metadata(object: Described): Json {
  return {
    namespace: object.namespace,
    name: object.name,
    uid: object.uid,
    labels: object.labels && plain(object.labels),
    annotations: object.annotations && plain(object.annotations),
    creationTimestamp: time(object.createdAt),
    deletionTimestamp: time(object.deletedAt),
  }
}

// fromEntries defines its keys, so that a label called __proto__ is a key like any other.
const plain = (map: ReadonlyMap<string, string>) => (map.size === 0 ? undefined : Object.fromEntries(map))
const listed = <T>(list: readonly T[]) => (list.length === 0 ? undefined : list)
// The API writes whole seconds.
const time = (at: number | undefined) =>
  at === undefined ? undefined : new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
