// What belongs to the cluster as a whole: nodes, namespaces, ranges, and the settings of what routes and resolves.

import type { NodeKey, ObjectKey } from './keys'
import type { Meta } from './meta'

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
