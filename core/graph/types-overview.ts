// The overview part: every object in as few words as the map at cluster depth and the lists need.

import type { IpFamily, Protocol, TrafficPolicy } from '../model/records'
import type { EndpointCounts, GraphId, Pairs, Trouble } from './types-common'

export type NamespaceSummary = {
  readonly id: GraphId
  readonly kind: 'NamespaceSummary'
  readonly name: string
}

/** A range of cluster IPs, as its object names it. */
export type ServiceCIDRSummary = {
  readonly id: GraphId
  readonly kind: 'ServiceCIDRSummary'
  readonly name: string
  /** One or one per family, as they are written. */
  readonly cidrs: readonly string[]
  /** No new Service is given an address of one that is being deleted or not ready. */
  readonly state: 'ready' | 'notReady' | 'deleting'
}

export type PortSummary = {
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
  readonly targetPort: number | string | null
  readonly nodePort: number | null
  readonly appProtocol: string | null
}

/** A host of an Ingress or a route that leads to a Service. */
export type ServiceEntry = {
  readonly kind: 'Ingress' | 'HTTPRoute'
  /** `namespace/name`. */
  readonly id: string
  /** '' is every host; null: the listeners would say, and none of them takes the route or may be seen. */
  readonly host: string | null
  /** The greatest share that one of its rules gives; null where the weights say nothing. */
  readonly share: number | null
  /** None of its rules for this host leads here. */
  readonly broken: boolean
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
  /** Ingresses and routes that name it, the first few; `entryCount` is how many there are. */
  readonly entries: readonly ServiceEntry[]
  readonly entryCount: number
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
  /** Version of the node's kube-proxy: by its image, else taken to be the kubelet's. */
  readonly proxyVersion: string | null
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
