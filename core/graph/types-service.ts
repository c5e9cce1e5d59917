// A Service's part, `service/<namespace>/<name>`: all that routing reads, in full.

import type { Coverage } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { ConditionName, IpFamily, Protocol, TrafficPolicy } from '../model/records'
import type { Problem } from '../problems/types'
import type { GraphId, Pairs } from './types-common'
import type { PortSummary } from './types-overview'

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
  /** The newest write of what it asks for (epoch ms). */
  readonly changedAt: number | null
  /** Per family: why the ready endpoints carry no hints, or who gave them. Empty for a Service without slices. */
  readonly hints: readonly {
    readonly family: IpFamily
    readonly state: 'all' | 'some' | 'none'
    readonly reasons: readonly Reason[]
  }[]
  /** max-endpoints-per-slice as far as it can be known: the largest slice seen bounds it from below. */
  readonly sliceLimit: { readonly value: number; readonly known: 'default' | 'inferred' }
  readonly problems: readonly Problem[]
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
