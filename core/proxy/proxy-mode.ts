import type { ProxyModeEvidence, ProxyModeVerdict } from '../graph/types'
import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { NodeRecord } from '../model/records'

export type InferredProxyMode = {
  readonly verdict: ProxyModeVerdict
  readonly evidence: readonly ProxyModeEvidence[]
  readonly contradictions: readonly Reason[]
}

/** What can be said about a node's proxy mode from the objects of the cluster. No source is read yet, so nothing is known. */
export function inferProxyMode(_view: ClusterView, _node: NodeRecord): InferredProxyMode {
  return { verdict: { state: 'unknown', confidence: 'unknown' }, evidence: [], contradictions: [] }
}
