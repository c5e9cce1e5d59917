// What travels from the server to the browser: parts, made of graph objects. Plain JSON on purpose (no Map, no undefined;
// `null` is "not set", label sets are pairs because a label key may be `__proto__`). Colours, icons and sentences are made in
// components; these are domain facts.

import type { Coverage } from '../model/cluster-view'
import type { RejectCode } from '../model/from-api'
import type { Reason, Severity } from '../model/reason'
import type { ConditionName, IpFamily, Protocol, TrafficPolicy } from '../model/records'

/** What changes and travels together. `status` is the cluster's identity and the health of its watches. */
export type PartKey = 'overview' | 'status' | `service/${string}` | `node/${string}` | `namespace/${string}`

/** `<kind>:<key>`, e.g. `Service:shop/cart`, `Endpoint:shop/cart-x7k2p#10.244.1.18`. Unique within a part. */
export type GraphId = string

export type Pairs = readonly (readonly [string, string])[]

/** Endpoints of one address family by condition. `unusable` is neither ready nor serving-terminating. */
export type EndpointCounts = {
  readonly ready: number
  readonly servingTerminating: number
  readonly notReady: number
}

export type Trouble = { readonly severity: Severity; readonly reason: Reason }

// ---- overview ----

export type NamespaceSummary = {
  readonly id: GraphId
  readonly kind: 'NamespaceSummary'
  readonly name: string
}

export type PortSummary = {
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
  readonly targetPort: number | string | null
  readonly nodePort: number | null
  readonly appProtocol: string | null
}

export type ServiceSummary = {
  readonly id: GraphId
  readonly kind: 'ServiceSummary'
  readonly namespace: string
  readonly name: string
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  readonly headless: boolean
  readonly hasSelector: boolean
  readonly clusterIPs: readonly string[]
  readonly externalIPs: readonly string[]
  /** IPs and hostnames of status.loadBalancer.ingress. */
  readonly loadBalancer: readonly string[]
  readonly externalName: string | null
  readonly ports: readonly PortSummary[]
  readonly labels: Pairs
  /** Distinct endpoint addresses by family (FQDN counted with neither). */
  readonly endpoints: Readonly<Record<IpFamily, EndpointCounts>>
  readonly sliceCount: number
  readonly trafficDistribution: string | null
  readonly internalTrafficPolicy: TrafficPolicy | null
  readonly externalTrafficPolicy: TrafficPolicy | null
  /** Ready endpoints that carry a zone or node hint: how the map says "hints" at a glance. */
  readonly hinted: 'all' | 'some' | 'none'
  readonly trouble: readonly Trouble[]
}

export type ProxyModeName = 'iptables' | 'ipvs' | 'nftables' | 'kernelspace' | 'userspace'

export type ProxyModeVerdict =
  | {
      readonly state: 'mode'
      readonly mode: ProxyModeName
      readonly scheduler: string | null
      readonly confidence: Confidence
    }
  | { readonly state: 'replaced'; readonly by: string; readonly confidence: Confidence }
  | { readonly state: 'unknown'; readonly confidence: 'unknown' }

export type Confidence = 'unknown' | 'likely' | 'confirmed'

export type NodeSummary = {
  readonly id: GraphId
  readonly kind: 'NodeSummary'
  readonly name: string
  readonly zone: string | null
  readonly addresses: readonly { readonly type: string; readonly address: string }[]
  readonly podCIDRs: readonly string[]
  readonly ready: boolean | null
  readonly unschedulable: boolean
  readonly os: string | null
  readonly kubeletVersion: string | null
  readonly allocatablePods: number | null
  readonly podCount: number
  readonly labels: Pairs
  readonly proxyMode: ProxyModeVerdict
}

/** How a pod stands as an endpoint; `outside` = behind no Service. */
export type PodCondition = 'ready' | 'servingTerminating' | 'notReady' | 'outside' | 'unknown'

export type PodSummary = {
  readonly id: GraphId
  readonly kind: 'PodSummary'
  readonly namespace: string
  readonly name: string
  readonly nodeName: string | null
  readonly podIPs: readonly string[]
  readonly hostNetwork: boolean
  readonly condition: PodCondition
  /** `namespace/name` of the Services that list this pod as an endpoint. */
  readonly services: readonly string[]
  /** `Kind/name` of its workload. */
  readonly workload: string | null
  readonly labels: Pairs
}

export type SliceSummary = {
  readonly id: GraphId
  readonly kind: 'SliceSummary'
  readonly namespace: string
  readonly name: string
  readonly serviceName: string | null
  readonly addressType: 'IPv4' | 'IPv6' | 'FQDN'
  readonly managedBy: string | null
  readonly counts: EndpointCounts
  readonly total: number
}

// ---- service/<ns>/<name> ----

export type ServiceDetail = {
  readonly id: GraphId
  readonly kind: 'Service'
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly createdAt: number | null
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  readonly clusterIP: string
  readonly clusterIPs: readonly string[]
  readonly ipFamilies: readonly IpFamily[]
  readonly ipFamilyPolicy: string | null
  readonly selector: Pairs | null
  readonly labels: Pairs
  readonly annotations: Pairs
  readonly ports: readonly PortSummary[]
  readonly externalIPs: readonly string[]
  readonly externalName: string | null
  readonly loadBalancerIngress: readonly {
    readonly ip: string | null
    readonly hostname: string | null
    readonly ipMode: string | null
  }[]
  readonly loadBalancerSourceRanges: readonly string[]
  readonly loadBalancerClass: string | null
  readonly allocateLoadBalancerNodePorts: boolean | null
  readonly sessionAffinity: 'None' | 'ClientIP'
  readonly sessionAffinityTimeoutSeconds: number | null
  readonly internalTrafficPolicy: TrafficPolicy | null
  readonly externalTrafficPolicy: TrafficPolicy | null
  readonly healthCheckNodePort: number | null
  readonly publishNotReadyAddresses: boolean
  readonly trafficDistribution: string | null
  /** Per family: why the ready endpoints carry no hints, or who gave them. Empty for a Service without slices. */
  readonly hints: readonly {
    readonly family: IpFamily
    readonly state: 'all' | 'some' | 'none'
    readonly reasons: readonly Reason[]
  }[]
  /** max-endpoints-per-slice as far as it can be known: the largest slice seen bounds it from below. */
  readonly sliceLimit: { readonly value: number; readonly known: 'default' | 'inferred' }
  readonly trouble: readonly Trouble[]
  /** Coverage of the kinds this part is made of, so that "none" and "not known" differ. */
  readonly coverage: Readonly<Record<'EndpointSlice' | 'Pod' | 'Node' | 'Endpoints', Coverage>>
}

export type SliceDetail = {
  readonly id: GraphId
  readonly kind: 'EndpointSlice'
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly createdAt: number | null
  readonly serviceName: string | null
  readonly managedBy: string | null
  readonly addressType: 'IPv4' | 'IPv6' | 'FQDN'
  readonly ports: readonly {
    readonly name: string | null
    readonly protocol: Protocol
    readonly port: number | null
    readonly appProtocol: string | null
  }[]
  readonly labels: Pairs
  readonly owner: { readonly name: string; readonly uid: string } | null
  readonly lastChangeTriggerTime: number | null
  readonly total: number
}

export type EndpointDetail = {
  readonly id: GraphId
  readonly kind: 'Endpoint'
  /** `namespace/name` of its slice, and its place in the slice's list. */
  readonly slice: string
  readonly index: number
  readonly addresses: readonly string[]
  readonly ready: boolean
  readonly serving: boolean
  readonly terminating: boolean
  readonly absentConditions: readonly ConditionName[]
  readonly nodeName: string | null
  readonly zone: string | null
  readonly hostname: string | null
  readonly hintZones: readonly string[]
  readonly hintNodes: readonly string[]
  readonly targetRef: {
    readonly kind: string
    readonly namespace: string
    readonly name: string
    readonly uid: string
  } | null
}

/** A pod in a Service's or a node's part: behind it, or matched by the selector and left out. */
export type PodDetail = {
  readonly id: GraphId
  readonly kind: 'Pod'
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly nodeName: string | null
  readonly podIPs: readonly string[]
  readonly hostNetwork: boolean
  readonly phase: string
  readonly ready: boolean
  readonly terminating: boolean
  readonly readySince: number | null
  readonly workload: { readonly kind: string; readonly name: string } | null
  readonly labels: Pairs
  readonly containers: readonly {
    readonly name: string
    readonly role: 'regular' | 'sidecar' | 'init'
    readonly ports: readonly { readonly name: string; readonly protocol: Protocol; readonly containerPort: number }[]
    readonly hasReadinessProbe: boolean
    readonly ready: boolean | null
    readonly restartCount: number | null
  }[]
  readonly services: readonly string[]
}

/** The legacy Endpoints object beside the slices: its subsets as counts, and the address list. */
export type EndpointsDetail = {
  readonly id: GraphId
  readonly kind: 'Endpoints'
  readonly namespace: string
  readonly name: string
  readonly overCapacity: string | null
  readonly subsets: readonly {
    readonly addresses: readonly string[]
    readonly notReadyAddresses: readonly string[]
    readonly ports: readonly { readonly name: string; readonly protocol: Protocol; readonly port: number }[]
  }[]
}

// ---- node/<name> ----

/** One source about a node's proxy mode: for it, against it, or silent (absent, forbidden, not readable). */
export type ProxyModeEvidence = {
  readonly source: 'configmap' | 'daemonset' | 'pod' | 'node-os' | 'replacement' | 'proxy-mode-endpoint'
  readonly weight: 'for' | 'against' | 'none'
  /** The object it was read from, `namespace/name` or name; '' when there is none. */
  readonly object: string
  readonly reason: Reason
  /** When the fact began, if it is known (epoch ms). */
  readonly at: number | null
}

export type NodeDetail = Omit<NodeSummary, 'kind'> & {
  readonly kind: 'Node'
  readonly uid: string
  readonly createdAt: number | null
  readonly kernelVersion: string | null
  readonly osImage: string | null
  readonly allocatableCpuMilli: number | null
  readonly evidence: readonly ProxyModeEvidence[]
  readonly contradictions: readonly Reason[]
  /** Services with an endpoint here. */
  readonly services: readonly string[]
}

// ---- status ----

export type ClusterStatus = {
  readonly id: 'Cluster'
  readonly kind: 'Cluster'
  readonly source: 'embedded' | 'kubeconfig' | 'in-cluster'
  /** Context or scenario name, and the server's version where it answered. */
  readonly name: string
  readonly version: string | null
  readonly contexts: readonly string[]
  readonly context: string | null
  /** Empty: the whole cluster. */
  readonly namespaces: readonly string[]
  /** Controls the embedded cluster offers; empty elsewhere. */
  readonly demoControls: readonly string[]
}

export type WatchStatus = {
  readonly id: GraphId
  readonly kind: 'Watch'
  readonly resource: string
  readonly scope: string
  readonly state: 'connecting' | 'synced' | 'stale' | 'forbidden' | 'unserved' | 'broken'
  readonly reason: { readonly code: string; readonly detail: string } | null
  readonly count: number
  readonly expected: number | null
  readonly since: number
  readonly nextTryAt: number | null
  readonly rejected: number
  /** The latest of the refused objects, newest first: who they are, the bad field and what is wrong with it. */
  readonly rejects: readonly {
    readonly namespace: string
    readonly name: string
    readonly field: string
    readonly code: RejectCode
  }[]
}

export type GraphObject =
  | NamespaceSummary
  | ServiceSummary
  | NodeSummary
  | PodSummary
  | SliceSummary
  | ServiceDetail
  | SliceDetail
  | EndpointDetail
  | PodDetail
  | EndpointsDetail
  | NodeDetail
  | ClusterStatus
  | WatchStatus

export type GraphKind = GraphObject['kind']
export type GraphObjectOf<K extends GraphKind> = Extract<GraphObject, { kind: K }>

/** A part as it stands: objects by id. Equal parts hold equal objects, in any order. */
export type GraphPart = { readonly key: PartKey; readonly objects: ReadonlyMap<GraphId, GraphObject> }

/** New values of an object's top-level fields; a field is never absent (null = not set). */
export type GraphPatch = { readonly id: GraphId; readonly set: Readonly<Record<string, unknown>> }

export type GraphDelta = {
  readonly put: readonly GraphObject[]
  readonly patch: readonly GraphPatch[]
  readonly remove: readonly GraphId[]
}
