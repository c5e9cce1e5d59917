// Signs that something else does kube-proxy's work on a node (semantics 10). Each product says so in its own place; the sign
// counts for a node only if the product's agent runs there.

import type { ProxyModeEvidence } from '../graph/types'
import type { ClusterView } from '../model/cluster-view'
import type { ConfigMapRecord, DaemonSetRecord, NodeRecord } from '../model/records'
import { readScalar } from './proxy-mode-config'
import { selects } from './proxy-mode-pods'

export type ReplacementSign = { readonly by: string; readonly evidence: ProxyModeEvidence }

type Sign = {
  readonly by: string
  /** DaemonSets that run the product's agent. */
  readonly agents: readonly string[]
  readonly object: string
  readonly at: number | null
  readonly claim: 'whole' | 'partly' | 'not'
  readonly text: string
}

/** Every sign found, with `for` where the node's proxying is replaced. */
export function replacementSigns(view: ClusterView, node: NodeRecord): readonly ReplacementSign[] {
  const signs = [...view.configMaps()].flatMap(configMapSign).concat([...view.daemonSets()].flatMap(daemonSetSign))
  return signs.map((sign) => ({ by: sign.by, evidence: evidenceOf(sign, runsElsewhere(view, node, sign.agents)) }))
}

function configMapSign(configMap: ConfigMapRecord): readonly Sign[] {
  if (configMap.namespace !== 'kube-system') return []
  const common = { object: configMap.key, at: configMap.changedAt ?? null }
  if (configMap.name === 'cilium-config') {
    const text = configMap.data.get('kube-proxy-replacement')
    if (text === undefined) return []
    const claim =
      text === 'true' || text === 'strict' ? 'whole' : text === 'partial' || text === 'probe' ? 'partly' : 'not'
    return [
      { ...common, by: 'Cilium', agents: ['cilium'], claim, text: `kube-proxy-replacement: ${text.slice(0, 40)}` },
    ]
  }
  if (configMap.name !== 'antrea-config') return []
  const file = configMap.data.get('antrea-agent.conf') ?? ''
  const all = readScalar(file, ['antreaProxy', 'proxyAll'])
  const isOn = typeof all === 'object' && all.text === 'true'
  const text = `antreaProxy.proxyAll: ${isOn}`
  return [{ ...common, by: 'Antrea', agents: ['antrea-agent'], claim: isOn ? 'whole' : 'not', text }]
}

// GKE's Dataplane V2 is Cilium under the name anetd; kube-router proxies unless it is told not to.
function daemonSetSign(daemonSet: DaemonSetRecord): readonly Sign[] {
  const common = { object: daemonSet.key, at: null, agents: [daemonSet.name], text: `DaemonSet ${daemonSet.name}` }
  if (daemonSet.namespace !== 'kube-system') return []
  if (daemonSet.name === 'anetd') return [{ ...common, by: 'Cilium (anetd)', claim: 'whole' }]
  if (daemonSet.name !== 'kube-router') return []
  const off = daemonSet.proxyArgs?.includes('--run-service-proxy=false')
  return [{ ...common, by: 'kube-router', claim: off ? 'not' : 'whole' }]
}

function evidenceOf(sign: Sign, isElsewhere: boolean): ProxyModeEvidence {
  const values = { by: sign.by, sign: sign.text }
  const about = { source: 'replacement', object: sign.object, at: sign.at } as const
  if (sign.claim === 'not') return { ...about, weight: 'none', reason: { code: 'proxy-not-replaced', values } }
  if (isElsewhere) return { ...about, weight: 'none', reason: { code: 'proxy-replaced-elsewhere', values } }
  if (sign.claim === 'partly') return { ...about, weight: 'against', reason: { code: 'proxy-partly-replaced', values } }
  return { ...about, weight: 'for', reason: { code: 'proxy-replaced', values } }
}

// Pods say where the agent runs; where they cannot be read, the DaemonSet says where it may; where neither can, it may anywhere.
function runsElsewhere(view: ClusterView, node: NodeRecord, agents: readonly string[]): boolean {
  if (view.coverage('Pod', 'kube-system') === 'synced') {
    return !view.podsOfNode(node.key).some((pod) => {
      const isAgent = pod.workload?.kind === 'DaemonSet' && agents.includes(pod.workload.name)
      return isAgent && pod.namespace === 'kube-system'
    })
  }
  if (view.coverage('DaemonSet', 'kube-system') !== 'synced') return false
  return ![...view.daemonSets()].some((set) => agents.includes(set.name) && selects(set, node))
}
