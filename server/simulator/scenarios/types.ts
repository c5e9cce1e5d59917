// A scenario is data: who is there, what happened shortly before the start, and what may happen by itself.

import type { IpFamily } from '../../../core/model/records'
import type { JsonObject } from '../api-object'

export type Labels = Readonly<Record<string, string>>

export type NodeSpec = {
  readonly name: string
  readonly zone: string
  /** n of the pod ranges 10.244.n.0/24 and fd00:10:244:n::/64, of those families that its internal addresses have. */
  readonly range: number
  /** Six groups of an IPv6 pod range PREFIX:n:0/112, where it is another one. */
  readonly podPrefix?: string
  readonly internalIPs: readonly string[]
  readonly externalIP?: string
  readonly os: 'linux' | 'windows'
  readonly labels: Labels
  readonly kubeletVersion: string
  readonly kernelVersion: string
  readonly osImage: string
  readonly ageDays: number
}

export type PortSpec = { readonly name: string; readonly number: number; readonly protocol: 'TCP' | 'UDP' | 'SCTP' }

export type WorkloadSpec = {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job'
  readonly namespace: string
  readonly name: string
  readonly replicas: number
  readonly ageDays: number
  readonly labels: Labels
  readonly image: string
  /** Name of its container. */
  readonly container: string
  readonly command?: readonly string[]
  readonly ports: readonly PortSpec[]
  /** Without a probe a container is ready as soon as it runs. */
  readonly probe: boolean
  /** It takes long to start, and has a startup probe. */
  readonly startup?: boolean
  readonly nodeSelector: Labels
  readonly hostNetwork: boolean
  /** Its pods have addresses of these families only, as those made before a cluster became dual-stack; else of both. */
  readonly families?: readonly IpFamily[]
  /** DaemonSets: not replaced when the template changes, only when somebody deletes the pod. */
  readonly onDelete: boolean
  /** StatefulSets: the headless Service that names the pods. */
  readonly serviceName?: string
  /** StatefulSets: labels that only the pod of that number carries. */
  readonly ordinalLabels?: readonly Labels[]
  readonly readinessGates?: readonly string[]
  /** How its pods resolve names: dnsPolicy, dnsConfig, hostAliases, enableServiceLinks, as a person writes them. */
  readonly names?: JsonObject
}

export type ServiceSpec = {
  readonly namespace: string
  readonly name: string
  readonly ageDays: number
  readonly labels?: Labels
  readonly annotations?: Labels
  /** As a person writes it; what the API server would fill in is filled in. */
  readonly spec: JsonObject
  readonly loadBalancer?: readonly JsonObject[]
}

/** An object written by hand: metadata and body as in a manifest. */
export type ManifestSpec = {
  readonly resource:
    | 'configmaps'
    | 'endpoints'
    | 'endpointslices'
    | 'servicecidrs'
    | 'ingresses'
    | 'ingressclasses'
    | 'gatewayclasses'
    | 'gateways'
    | 'httproutes'
    | 'referencegrants'
    | 'networkpolicies'
  /** '' where the resource is cluster-scoped. */
  readonly namespace: string
  readonly name: string
  readonly labels?: Labels
  readonly annotations?: Labels
  /** Of an object that the API server makes for itself; else one is drawn. */
  readonly uid?: string
  readonly body: JsonObject
}

export type FailsBy = 'probe' | 'crash' | 'gate'

/** What happened before the start. `ago` is like `6m`, `2h` or `19d`. */
export type Change = { readonly ago: string } & (
  | { readonly do: 'write'; readonly manifest: ManifestSpec }
  | { readonly do: 'patch-service'; readonly target: string; readonly spec: JsonObject }
  | { readonly do: 'annotate-service'; readonly target: string; readonly annotations: Labels }
  /** What the load balancer's controller writes into the status. */
  | { readonly do: 'set-load-balancer'; readonly target: string; readonly ingress: readonly JsonObject[] }
  /** The node's kube-proxy writes no rules any more. Nothing in the API says so. */
  | { readonly do: 'stop-proxy'; readonly node: string }
  | { readonly do: 'scale'; readonly target: string; readonly replicas: number }
  | { readonly do: 'roll-out'; readonly target: string }
  /** `by`: the probe unless it is said otherwise; a container that crashes, or a readiness gate that nobody has set. */
  | { readonly do: 'fail-probe'; readonly target: string; readonly pods: number; readonly by?: FailsBy }
  /** So many pods are on their way out and still finish what they serve. */
  | { readonly do: 'retire'; readonly target: string; readonly pods: number }
  | { readonly do: 'restart-on'; readonly target: string; readonly nodes: readonly string[] }
)

/** What may happen by itself; a move without candidates never happens. */
export type Script = {
  readonly restart: readonly string[]
  readonly scale: readonly string[]
  readonly rollOut: readonly string[]
  readonly failProbe: readonly string[]
  readonly drain: readonly string[]
  readonly failZone: readonly string[]
}

export type Scenario = {
  /** Those of its Service range; a Service that names none is of the first. */
  readonly families: readonly IpFamily[]
  readonly maxEndpointsPerSlice: number
  /** The controllers' --endpointslice-updates-batch-period and --endpoint-updates-batch-period; without it they write at once. */
  readonly updatesBatchMs?: number
  readonly nodes: readonly NodeSpec[]
  readonly services: readonly ServiceSpec[]
  readonly workloads: readonly WorkloadSpec[]
  readonly changes: readonly Change[]
  readonly script: Script
}
