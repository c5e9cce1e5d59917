// A node's part, `node/<name>`: the node in full. Its pods travel as in a Service's part.

import type { Reason } from '../model/reason'
import type { NodeSummary } from './types-overview'

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
