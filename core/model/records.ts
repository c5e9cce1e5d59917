// Slim records of the API objects Triplane reads: what routing, slicing and the map need, nothing else.
// A field that the object did not set is `undefined` (the screen prints "not set"); the few fields whose nil has one
// meaning in every reader (endpoint conditions, port protocol, Service type) are resolved by from-api.ts.
// Times are epoch milliseconds. Records are immutable: a change of the object makes a new record.

import type { EndpointSliceKey, EndpointsKey, NodeKey, ObjectKey, PodKey, ServiceKey } from './keys'
import type { Meta } from './meta'
import type { EntryRecord } from './records-entries'

export type IpFamily = 'IPv4' | 'IPv6'
export type Protocol = 'TCP' | 'UDP' | 'SCTP'
export type TrafficPolicy = 'Cluster' | 'Local'

export type ServicePort = {
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
  readonly targetPort: number | string | undefined
  readonly nodePort: number | undefined
  readonly appProtocol: string | undefined
}

export type LoadBalancerIngress = {
  readonly ip: string | undefined
  readonly hostname: string | undefined
  readonly ipMode: string | undefined
}

export type ServiceRecord = Meta & {
  readonly kind: 'Service'
  readonly key: ServiceKey
  readonly namespace: string
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  /** Only the annotations that change slicing or hints: topology-mode, topology-aware-hints. */
  readonly annotations: ReadonlyMap<string, string>
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  /** '' when not allocated, 'None' when headless. */
  readonly clusterIP: string
  readonly clusterIPs: readonly string[]
  readonly ipFamilies: readonly IpFamily[]
  readonly ipFamilyPolicy: string | undefined
  /** Undefined without a selector; an empty selector is stored as undefined too (semantics 11.1). */
  readonly selector: ReadonlyMap<string, string> | undefined
  readonly ports: readonly ServicePort[]
  readonly externalIPs: readonly string[]
  readonly externalName: string | undefined
  readonly loadBalancerIngress: readonly LoadBalancerIngress[]
  readonly loadBalancerSourceRanges: readonly string[]
  readonly loadBalancerClass: string | undefined
  readonly allocateLoadBalancerNodePorts: boolean | undefined
  readonly sessionAffinity: 'None' | 'ClientIP'
  readonly sessionAffinityTimeoutSeconds: number | undefined
  readonly internalTrafficPolicy: TrafficPolicy | undefined
  readonly externalTrafficPolicy: TrafficPolicy | undefined
  readonly healthCheckNodePort: number | undefined
  readonly publishNotReadyAddresses: boolean
  readonly trafficDistribution: string | undefined
  /** Newest time in managedFields, writes of the status aside: since when it asks for what it asks. */
  readonly changedAt: number | undefined
}

export type SlicePort = {
  /** Undefined and '' differ in the API; kube-proxy skips a port whose name or number is nil. */
  readonly name: string | undefined
  readonly protocol: Protocol
  readonly port: number | undefined
  readonly appProtocol: string | undefined
}

export type ConditionName = 'ready' | 'serving' | 'terminating'

export type TargetRef = {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
}

/** One entry of a slice's `endpoints`. Conditions are resolved: nil ready and serving are true, nil terminating is false. */
export type Endpoint = {
  readonly addresses: readonly string[]
  readonly ready: boolean
  readonly serving: boolean
  readonly terminating: boolean
  /** Conditions the object left out, so that the screen can say "not set, counts as true". */
  readonly absentConditions: readonly ConditionName[]
  readonly nodeName: string | undefined
  readonly zone: string | undefined
  readonly hostname: string | undefined
  /** Empty: no hint of that sort. */
  readonly hintZones: readonly string[]
  readonly hintNodes: readonly string[]
  readonly targetRef: TargetRef | undefined
}

export type EndpointSliceRecord = Meta & {
  readonly kind: 'EndpointSlice'
  readonly key: EndpointSliceKey
  readonly namespace: string
  readonly name: string
  /** Label kubernetes.io/service-name; undefined for an orphan. */
  readonly serviceName: string | undefined
  readonly managedBy: string | undefined
  readonly addressType: 'IPv4' | 'IPv6' | 'FQDN'
  readonly ports: readonly SlicePort[]
  readonly endpoints: readonly Endpoint[]
  readonly labels: ReadonlyMap<string, string>
  /** Service named by the owner references, if any. */
  readonly owner: { readonly name: string; readonly uid: string } | undefined
  readonly lastChangeTriggerTime: number | undefined
}

type NodeAddress = { readonly type: string; readonly address: string }

export type NodeRecord = Meta & {
  readonly kind: 'Node'
  readonly key: NodeKey
  readonly name: string
  /** Label topology.kubernetes.io/zone, the only one kube-proxy and the slice controller read. */
  readonly zone: string | undefined
  readonly labels: ReadonlyMap<string, string>
  readonly addresses: readonly NodeAddress[]
  readonly podCIDRs: readonly string[]
  readonly ready: boolean | undefined
  readonly unschedulable: boolean
  readonly os: string | undefined
  readonly kubeletVersion: string | undefined
  readonly kernelVersion: string | undefined
  readonly osImage: string | undefined
  readonly allocatableCpuMilli: number | undefined
  readonly allocatablePods: number | undefined
}

export type ContainerPort = { readonly name: string; readonly protocol: Protocol; readonly containerPort: number }

/** How a kubelet asks a container, and how often. What it asks with (command, path, headers, host) never enters. */
export type ProbeRecord = {
  readonly kind: 'httpGet' | 'tcpSocket' | 'grpc' | 'exec' | 'unknown'
  /** Number or name of a container port; undefined where none is asked. */
  readonly port: number | string | undefined
  /** Seconds and counts, with the API server's defaults where they are not set. */
  readonly initialDelaySeconds: number
  readonly periodSeconds: number
  readonly timeoutSeconds: number
  readonly successThreshold: number
  readonly failureThreshold: number
}

export type ContainerState = {
  readonly phase: 'waiting' | 'running' | 'terminated'
  /** A word such as CrashLoopBackOff or OOMKilled; messages never enter. */
  readonly reason: string | undefined
  /** When it started to run, or ended. */
  readonly since: number | undefined
  readonly exitCode: number | undefined
}

export type ContainerRecord = {
  readonly name: string
  /** 'regular', a sidecar (init container with restartPolicy Always) or a plain init container. */
  readonly role: 'regular' | 'sidecar' | 'init'
  readonly ports: readonly ContainerPort[]
  readonly readinessProbe: ProbeRecord | undefined
  readonly startupProbe: ProbeRecord | undefined
  /** Its startup probe has been passed, or it has none and runs. */
  readonly started: boolean | undefined
  readonly ready: boolean | undefined
  readonly restartCount: number | undefined
  readonly state: ContainerState | undefined
  /** How it ended the last time, where it has run before. */
  readonly lastEnd: ContainerState | undefined
}

export type PodConditionRecord = {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  /** A word such as ContainersNotReady; messages never enter. */
  readonly reason: string | undefined
  /** Last time it changed. */
  readonly since: number | undefined
}

/** `dnsConfig` of a pod: what is added to its resolv.conf. */
export type PodDnsConfig = {
  readonly nameservers: readonly string[]
  readonly searches: readonly string[]
  readonly options: readonly { readonly name: string; readonly value: string | undefined }[]
}

export type HostAlias = { readonly ip: string; readonly hostnames: readonly string[] }

export type Workload = { readonly kind: string; readonly name: string; readonly uid: string }

export type PodRecord = Meta & {
  readonly kind: 'Pod'
  readonly key: PodKey
  readonly namespace: string
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly nodeName: string | undefined
  readonly podIPs: readonly string[]
  readonly hostNetwork: boolean
  readonly hostname: string | undefined
  readonly subdomain: string | undefined
  /** Takes the place of the host name in the pod itself, and leaves it without a domain. */
  readonly hostnameOverride: string | undefined
  readonly dnsPolicy: string | undefined
  readonly dnsConfig: PodDnsConfig | undefined
  readonly hostAliases: readonly HostAlias[]
  readonly enableServiceLinks: boolean | undefined
  readonly phase: string
  readonly ready: boolean
  readonly readySince: number | undefined
  readonly startedAt: number | undefined
  readonly containers: readonly ContainerRecord[]
  readonly readinessGates: readonly string[]
  /** Ready, and those that gates name; of the others what stands in its way (not True), and DisruptionTarget while it is True. */
  readonly conditions: readonly PodConditionRecord[]
  /** Grace period of the deletion under way; `deletedAt` is its end. */
  readonly deletionGraceSeconds: number | undefined
  /** The controlling owner; a ReplicaSet made by a Deployment is named by that Deployment (its pod-template-hash cut off). */
  readonly workload: Workload | undefined
  /** Command and args of the kube-proxy container, kept only for pods that run kube-proxy. */
  readonly proxyArgs: readonly string[] | undefined
  /** Image of that container, kept only there: its tag tells the version. */
  readonly proxyImage: string | undefined
}

export type EndpointsAddress = {
  readonly ip: string
  readonly hostname: string | undefined
  readonly nodeName: string | undefined
  readonly targetRef: TargetRef | undefined
}

export type EndpointsPort = {
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
  readonly appProtocol: string | undefined
}

export type EndpointsSubset = {
  readonly addresses: readonly EndpointsAddress[]
  readonly notReadyAddresses: readonly EndpointsAddress[]
  readonly ports: readonly EndpointsPort[]
}

/** The legacy API object. kube-proxy does not read it. */
export type EndpointsRecord = Meta & {
  readonly kind: 'Endpoints'
  readonly key: EndpointsKey
  readonly namespace: string
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly overCapacity: string | undefined
  readonly skipMirror: boolean
  readonly subsets: readonly EndpointsSubset[]
}

export type NamespaceRecord = Meta & {
  readonly kind: 'Namespace'
  readonly key: string
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
}

/** A ConfigMap that says something about service routing or names (kube-proxy, cilium-config, coredns ...). Other data never enters. */
export type ConfigMapRecord = Meta & {
  readonly kind: 'ConfigMap'
  readonly key: ObjectKey
  readonly namespace: string
  readonly name: string
  readonly data: ReadonlyMap<string, string>
  /** Newest time in managedFields: the last write. */
  readonly changedAt: number | undefined
}

/** A DaemonSet of kube-system, slim: who it is, where it may run, and kube-proxy's arguments. */
export type DaemonSetRecord = Meta & {
  readonly kind: 'DaemonSet'
  readonly key: ObjectKey
  readonly namespace: string
  readonly name: string
  readonly nodeSelector: ReadonlyMap<string, string>
  readonly images: readonly string[]
  /** Command and args of the container that runs kube-proxy or names one of its flags; undefined when there is none. */
  readonly proxyArgs: readonly string[] | undefined
}

/** Ranges the API server takes cluster IPs from; kube-proxy's nftables mode drops what else is sent into them. */
export type ServiceCIDRRecord = Meta & {
  readonly kind: 'ServiceCIDR'
  readonly key: string
  readonly name: string
  /** One or one per family, as they are written. */
  readonly cidrs: readonly string[]
  /** Whether the allocator takes it: its condition Ready, true while nobody has set one. */
  readonly ready: boolean
}

/** One entry of matchExpressions; an operator that is none of the four known ones is kept as it is written. */
export type LabelRequirement = { readonly key: string; readonly operator: string; readonly values: readonly string[] }

/** A label selector as policies write it. Empty in both: it selects everything. */
export type LabelSelector = {
  readonly labels: ReadonlyMap<string, string>
  readonly expressions: readonly LabelRequirement[]
}

export type IpBlock = { readonly cidr: string; readonly except: readonly string[] }

export type PolicyPeer = {
  readonly podSelector: LabelSelector | undefined
  readonly namespaceSelector: LabelSelector | undefined
  readonly ipBlock: IpBlock | undefined
}

export type PolicyPort = {
  /** TCP where it is not set; another word than the three known ones is kept. */
  readonly protocol: string
  /** Undefined: every port of the protocol. */
  readonly port: number | string | undefined
  readonly endPort: number | undefined
}

/** What a rule lets in or out. Empty lists mean all: all peers, all ports. */
export type PolicyRule = { readonly peers: readonly PolicyPeer[]; readonly ports: readonly PolicyPort[] }

export type NetworkPolicyRecord = Meta & {
  readonly kind: 'NetworkPolicy'
  readonly key: ObjectKey
  readonly namespace: string
  readonly name: string
  readonly podSelector: LabelSelector
  /** As written; empty where it is not set, which means Ingress, and Egress if there are egress rules. */
  readonly policyTypes: readonly string[]
  readonly ingress: readonly PolicyRule[]
  readonly egress: readonly PolicyRule[]
}

export type ClusterRecord =
  | ServiceRecord
  | EndpointSliceRecord
  | NodeRecord
  | PodRecord
  | EndpointsRecord
  | NamespaceRecord
  | ConfigMapRecord
  | DaemonSetRecord
  | ServiceCIDRRecord
  | EntryRecord
  | NetworkPolicyRecord

export type Kind = ClusterRecord['kind']
export type RecordOf<K extends Kind> = Extract<ClusterRecord, { kind: K }>
