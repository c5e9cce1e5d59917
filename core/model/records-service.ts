// Services.

import type { ServiceKey } from './keys'
import type { Meta } from './meta'
import type { IpFamily, Protocol } from './records-common'

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
