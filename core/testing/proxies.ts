// Clusters for tests of the inference of proxy modes: kube-proxies, their settings, and what replaces them.

import type { ClusterView, Coverage } from '../model/cluster-view'
import type { ConfigMapRecord, DaemonSetRecord, Kind, NodeRecord, PodRecord } from '../model/records'
import { configMap, pod } from './builders'

export type World = {
  readonly node?: NodeRecord
  readonly pods?: readonly PodRecord[]
  readonly daemonSets?: readonly DaemonSetRecord[]
  readonly configMaps?: readonly ConfigMapRecord[]
  /** In kube-system, synced by default; nothing is known of other namespaces. */
  readonly coverage?: Partial<Record<Kind, Coverage>>
}

/** What the inference reads of a cluster. */
export function worldView(world: World): ClusterView {
  const view: Partial<ClusterView> = {
    coverage: (kind, namespace) => (namespace === 'kube-system' ? (world.coverage?.[kind] ?? 'synced') : 'forbidden'),
    podsOfNode: (key) => (world.pods ?? []).filter((one) => one.nodeName === key),
    daemonSets: () => world.daemonSets ?? [],
    configMaps: () => world.configMaps ?? [],
  }
  return view as ClusterView
}

/** kube-proxy's pod on `n1`, of the DaemonSet kube-proxy; 'file' is kubeadm's argument. */
export const proxyPod = (args: readonly string[] | 'file', over: Partial<PodRecord> = {}) =>
  pod({
    namespace: 'kube-system',
    name: 'kube-proxy-abc12',
    workload: { kind: 'DaemonSet', name: 'kube-proxy', uid: 'u' },
    startedAt: 1000,
    proxyArgs: [
      '/usr/local/bin/kube-proxy',
      ...(args === 'file' ? ['--config=/var/lib/kube-proxy/config.conf'] : args),
    ],
    ...over,
  })
/** A pod on `n1` of a DaemonSet that is no kube-proxy. */
export const agentPod = (name: string) =>
  proxyPod([], { proxyArgs: undefined, workload: { kind: 'DaemonSet', name, uid: 'u' } })
/** kubeadm's ConfigMap with a mode, written as YAML, and ipvs's scheduler lc. */
export const kubeadm = (mode: string, over: Partial<ConfigMapRecord> = {}) =>
  configMap({
    data: { 'config.conf': `kind: KubeProxyConfiguration\nipvs:\n  scheduler: lc\nmode: ${mode}\n` },
    changedAt: 500,
    ...over,
    name: over.name ?? 'kube-proxy',
  })

/** Cilium's ConfigMap with its kube-proxy-replacement. */
export const cilium = (replacement: string) =>
  configMap({ name: 'cilium-config', data: { 'kube-proxy-replacement': replacement } })
