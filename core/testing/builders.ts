// Records for tests: name only the fields a row is about. Label sets may be written as plain objects.

import { endpointSliceKey, endpointsKey, nodeKey, objectKey, podKey, serviceKey } from '../model/keys'
import type { Meta } from '../model/meta'
import type {
  ConfigMapRecord,
  ContainerRecord,
  DaemonSetRecord,
  Endpoint,
  EndpointSliceRecord,
  EndpointsRecord,
  NamespaceRecord,
  NetworkPolicyRecord,
  NodeRecord,
  PodRecord,
  ProbeRecord,
  ServiceCIDRRecord,
  ServicePort,
  ServiceRecord,
  SlicePort,
} from '../model/records'

type MapField = 'labels' | 'annotations' | 'selector' | 'data' | 'nodeSelector'
export type LabelSet = ReadonlyMap<string, string> | Readonly<Record<string, string>> | undefined
/** Some fields of a record; `key` and `kind` follow from the name. */
export type Fields<T> = { readonly [K in Exclude<keyof T, 'key' | 'kind' | MapField>]?: T[K] } & {
  readonly [K in keyof T & MapField]?: LabelSet
}

const toMap = (labels: LabelSet): ReadonlyMap<string, string> =>
  labels instanceof Map ? labels : new Map(Object.entries(labels ?? {}))

const meta = (kind: string, key: string): Meta => ({
  uid: `uid-of-${kind}-${key}`,
  resourceVersion: '1',
  createdAt: 0,
  deletedAt: undefined,
})

const name = (over: { namespace?: string; name?: string } | undefined, fallback: string) => ({
  namespace: over?.namespace ?? 'shop',
  name: over?.name ?? fallback,
})

/** A ClusterIP Service `shop/cart` with port 80 named http. */
export function service(over?: Fields<ServiceRecord>): ServiceRecord {
  const named = name(over, 'cart')
  const key = serviceKey(named.namespace, named.name)
  return {
    ...meta('Service', key),
    kind: 'Service',
    type: 'ClusterIP',
    clusterIP: '10.96.0.10',
    clusterIPs: ['10.96.0.10'],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [servicePort()],
    externalIPs: [],
    externalName: undefined,
    loadBalancerIngress: [],
    loadBalancerSourceRanges: [],
    loadBalancerClass: undefined,
    allocateLoadBalancerNodePorts: undefined,
    sessionAffinity: 'None',
    sessionAffinityTimeoutSeconds: undefined,
    internalTrafficPolicy: 'Cluster',
    externalTrafficPolicy: undefined,
    healthCheckNodePort: undefined,
    publishNotReadyAddresses: false,
    changedAt: undefined,
    trafficDistribution: undefined,
    ...over,
    ...named,
    key,
    labels: toMap(over?.labels),
    annotations: toMap(over?.annotations),
    selector:
      over !== undefined && 'selector' in over ? over.selector && toMap(over.selector) : new Map([['app', 'cart']]),
  }
}

export const servicePort = (over?: Partial<ServicePort>): ServicePort => ({
  name: 'http',
  protocol: 'TCP',
  port: 80,
  targetPort: 8080,
  nodePort: undefined,
  appProtocol: undefined,
  ...over,
})

/** An IPv4 slice of `shop/cart` without endpoints, with port 8080 named http. */
export function slice(over?: Fields<EndpointSliceRecord>): EndpointSliceRecord {
  const named = name(over, 'cart-a1b2c')
  const key = endpointSliceKey(named.namespace, named.name)
  return {
    ...meta('EndpointSlice', key),
    kind: 'EndpointSlice',
    serviceName: 'cart',
    managedBy: 'endpointslice-controller.k8s.io',
    addressType: 'IPv4',
    ports: [slicePort()],
    endpoints: [],
    owner: undefined,
    lastChangeTriggerTime: undefined,
    ...over,
    ...named,
    key,
    labels: toMap(over?.labels),
  }
}

export const slicePort = (over?: Partial<SlicePort>): SlicePort => ({
  name: 'http',
  protocol: 'TCP',
  port: 8080,
  appProtocol: undefined,
  ...over,
})

/** A ready endpoint with all conditions set, on no node. */
export const endpoint = (address: string, over?: Partial<Endpoint>): Endpoint => ({
  addresses: [address],
  ready: true,
  serving: true,
  terminating: false,
  absentConditions: [],
  nodeName: undefined,
  zone: undefined,
  hostname: undefined,
  hintZones: [],
  hintNodes: [],
  targetRef: undefined,
  ...over,
})

/** The endpoint a ready or unready pod makes, as the slice controller writes it. */
export function endpointOf(pod: PodRecord, over?: Partial<Endpoint>): Endpoint {
  const targetRef = { kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid }
  const terminating = pod.deletedAt !== undefined
  const conditions = { ready: pod.ready && !terminating, serving: pod.ready, terminating }
  return endpoint(pod.podIPs[0] ?? '', { ...conditions, nodeName: pod.nodeName, targetRef, ...over })
}

/** A ready Linux node `n1` without a zone. */
export function node(over?: Fields<NodeRecord>): NodeRecord {
  const nodeName = over?.name ?? 'n1'
  return {
    ...meta('Node', nodeName),
    kind: 'Node',
    zone: undefined,
    addresses: [],
    podCIDRs: [],
    ready: true,
    unschedulable: false,
    os: 'linux',
    kubeletVersion: 'v1.36.3',
    kernelVersion: undefined,
    osImage: undefined,
    allocatableCpuMilli: 4000,
    allocatablePods: 110,
    ...over,
    name: nodeName,
    key: nodeKey(nodeName),
    labels: toMap(over?.labels),
  }
}

/** A ready, running pod `shop/cart-1` with label app=cart and container port 8080 named http. */
export function pod(over?: Fields<PodRecord>): PodRecord {
  const named = name(over, 'cart-1')
  const key = podKey(named.namespace, named.name)
  return {
    ...meta('Pod', key),
    kind: 'Pod',
    nodeName: 'n1',
    podIPs: ['10.244.0.1'],
    hostNetwork: false,
    hostname: undefined,
    subdomain: undefined,
    hostnameOverride: undefined,
    dnsPolicy: 'ClusterFirst',
    dnsConfig: undefined,
    hostAliases: [],
    enableServiceLinks: true,
    phase: 'Running',
    ready: true,
    readySince: 0,
    startedAt: 0,
    containers: [container()],
    readinessGates: [],
    conditions: [],
    deletionGraceSeconds: undefined,
    workload: undefined,
    proxyArgs: undefined,
    proxyImage: undefined,
    nodePortRange: undefined,
    ...over,
    ...named,
    key,
    labels: over !== undefined && 'labels' in over ? toMap(over.labels) : new Map([['app', 'cart']]),
  }
}

export const container = (over?: Partial<ContainerRecord>): ContainerRecord => ({
  name: 'web',
  role: 'regular',
  ports: [{ name: 'http', protocol: 'TCP', containerPort: 8080 }],
  readinessProbe: probe(),
  startupProbe: undefined,
  started: true,
  ready: true,
  restartCount: 0,
  state: { phase: 'running', reason: undefined, since: 0, exitCode: undefined },
  lastEnd: undefined,
  ...over,
})

/** GET on the port named http every 10 s; three failures in a row take the pod out. */
export const probe = (over?: Partial<ProbeRecord>): ProbeRecord => ({
  kind: 'httpGet',
  port: 'http',
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
  ...over,
})

/** A legacy Endpoints object of `shop/cart` without subsets. */
export function legacyEndpoints(over?: Fields<EndpointsRecord>): EndpointsRecord {
  const named = name(over, 'cart')
  const key = endpointsKey(named.namespace, named.name)
  return {
    ...meta('Endpoints', key),
    kind: 'Endpoints',
    overCapacity: undefined,
    skipMirror: false,
    subsets: [],
    ...over,
    ...named,
    key,
    labels: toMap(over?.labels),
  }
}

export function namespace(over?: Fields<NamespaceRecord>): NamespaceRecord {
  const key = over?.name ?? 'shop'
  return { ...meta('Namespace', key), kind: 'Namespace', ...over, name: key, key, labels: toMap(over?.labels) }
}

/** kubeadm's ConfigMap of kube-proxy, without data. */
export function configMap(over?: Fields<ConfigMapRecord>): ConfigMapRecord {
  const named = { namespace: over?.namespace ?? 'kube-system', name: over?.name ?? 'kube-proxy' }
  const key = objectKey(named.namespace, named.name)
  return { ...meta('ConfigMap', key), kind: 'ConfigMap', changedAt: 0, ...over, ...named, key, data: toMap(over?.data) }
}

/** The API server's own range of cluster IPs. */
export function serviceCIDR(over?: Partial<ServiceCIDRRecord>): ServiceCIDRRecord {
  const key = over?.name ?? 'kubernetes'
  return {
    ...meta('ServiceCIDR', key),
    kind: 'ServiceCIDR',
    cidrs: ['10.96.0.0/16'],
    ready: true,
    ...over,
    name: key,
    key,
  }
}

/** Denies all ingress of namespace `shop`. */
export function networkPolicy(over?: Partial<NetworkPolicyRecord>): NetworkPolicyRecord {
  const named = name(over, 'deny-all')
  const key = objectKey(named.namespace, named.name)
  const podSelector = { labels: new Map<string, string>(), expressions: [] }
  const rules = { policyTypes: ['Ingress'], ingress: [], egress: [] }
  return { ...meta('NetworkPolicy', key), kind: 'NetworkPolicy', podSelector, ...rules, ...over, ...named, key }
}

/** kubeadm's DaemonSet of kube-proxy. */
export function daemonSet(over?: Fields<DaemonSetRecord>): DaemonSetRecord {
  const named = { namespace: over?.namespace ?? 'kube-system', name: over?.name ?? 'kube-proxy' }
  const key = objectKey(named.namespace, named.name)
  return {
    ...meta('DaemonSet', key),
    kind: 'DaemonSet',
    images: ['kube-proxy:v1.36.3'],
    proxyArgs: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf'],
    ...over,
    ...named,
    key,
    nodeSelector: toMap(over?.nodeSelector),
  }
}
