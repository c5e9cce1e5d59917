// The kube-proxies that concern one node: its pods there, or where pods cannot be read, the DaemonSets that select it.

import type { ClusterView } from '../model/cluster-view'
import type { ConfigMapRecord, DaemonSetRecord, NodeRecord } from '../model/records'
import { type ProxyArguments, readArguments } from './proxy-mode-settings'

export type FoundProxy = {
  readonly source: 'pod' | 'daemonset'
  /** namespace/name. */
  readonly object: string
  readonly args: ProxyArguments
  readonly startedAt: number | undefined
  /** DaemonSet it belongs to; undefined for a static pod, whose configuration file lies on the node itself. */
  readonly daemonSet: string | undefined
}

/** kube-proxy pods that run on the node, those on their way out excepted. */
export function proxyPodsOf(view: ClusterView, node: NodeRecord): readonly FoundProxy[] {
  return view.podsOfNode(node.key).flatMap((pod) => {
    const isRunning = pod.deletedAt === undefined && (pod.phase === 'Running' || pod.phase === 'Unknown')
    if (pod.proxyArgs === undefined || !isRunning || pod.proxyArgs.includes('--cleanup')) return []
    const daemonSet = pod.workload?.kind === 'DaemonSet' ? pod.workload.name : undefined
    const startedAt = pod.startedAt ?? pod.createdAt
    return [{ source: 'pod', object: pod.key, args: readArguments(pod.proxyArgs), startedAt, daemonSet } as const]
  })
}

/** DaemonSets of kube-proxy whose nodeSelector the node fits. */
export function proxyDaemonSetsOf(view: ClusterView, node: NodeRecord): readonly FoundProxy[] {
  return [...view.daemonSets()].flatMap((set) => {
    if (set.proxyArgs === undefined || !isKubeProxy(set) || !selects(set, node)) return []
    const args = readArguments(set.proxyArgs)
    return [{ source: 'daemonset', object: set.key, args, startedAt: undefined, daemonSet: set.name } as const]
  })
}

/** ConfigMaps that a kube-proxy of this DaemonSet reads by convention: kubeadm's has the DaemonSet's name, EKS's adds -config. */
export function configMapsOf(view: ClusterView, daemonSet: string): readonly ConfigMapRecord[] {
  const names = [daemonSet, `${daemonSet}-config`]
  return [...view.configMaps()].filter(({ namespace, name }) => namespace === 'kube-system' && names.includes(name))
}

/** Whether the nodeSelector lets it run on the node. Affinity is not read, so this is what may be, not what is. */
export function selects(daemonSet: DaemonSetRecord, node: NodeRecord): boolean {
  return [...daemonSet.nodeSelector].every(([key, value]) => node.labels.get(key) === value)
}

// A DaemonSet's kept arguments may also be those by which another product names a flag of kube-proxy.
function isKubeProxy(set: DaemonSetRecord): boolean {
  const programs = [set.name, ...set.images.map((image) => image.slice(image.lastIndexOf('/') + 1))]
  return programs.some((program) => /^kube-proxy([-:@]|$)/.test(program))
}
