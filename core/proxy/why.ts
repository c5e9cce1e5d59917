// Why an endpoint receives a connection, or does not: the reading of categorizeEndpoints for one endpoint.

import type { Reason } from '../model/reason'
import type { ProxyEndpoint } from './endpoints'
import type { ServicePortFacts } from './service-port'
import { type Categorized, isLocal, isReady, isServingTerminating, type NodeTopology } from './topology'

export type WhyContext = {
  readonly facts: Pick<ServicePortFacts, 'internalLocal'>
  readonly lists: Categorized
  readonly node: NodeTopology
}

/** The reason for traffic from the node to the cluster IP. */
export function whyChosen(candidate: ProxyEndpoint, chosen: boolean, context: WhyContext): Reason {
  const { facts, lists, node } = context
  if (chosen) return whyYes(candidate, context)
  if (facts.internalLocal && !isLocal(candidate, node)) {
    const { nodeName } = candidate.endpoint
    return nodeName === undefined
      ? { code: 'endpoint-without-node', values: { node: node.name } }
      : { code: 'endpoint-not-local', values: { node: node.name, on: nodeName } }
  }
  if (!isReady(candidate)) return whyNotReady(candidate)
  return whyHintedAway(candidate, lists)
}

/** The reason when no source is chosen. */
export function whyReachable(candidate: ProxyEndpoint, chosen: boolean, readyCount: number): Reason {
  if (!chosen) return whyNotReady(candidate)
  return readyCount > 0 ? { code: 'endpoint-ready', values: {} } : { code: 'endpoint-last-resort', values: {} }
}

function whyYes(candidate: ProxyEndpoint, { facts, lists, node }: WhyContext): Reason {
  if (facts.internalLocal) {
    const code = isReady(candidate) ? 'endpoint-local' : 'endpoint-local-last-resort'
    return { code, values: { node: node.name } }
  }
  if (!isReady(candidate)) return { code: 'endpoint-last-resort', values: {} }
  if (lists.mode === 'same-node') return { code: 'endpoint-same-node', values: { node: node.name } }
  if (lists.mode === 'same-zone') return { code: 'endpoint-same-zone', values: { zone: node.zone } }
  return { code: 'endpoint-ready', values: {} }
}

function whyNotReady(candidate: ProxyEndpoint): Reason {
  if (isServingTerminating(candidate)) return { code: 'endpoint-terminating-others-ready', values: {} }
  const code = candidate.endpoint.terminating ? 'endpoint-terminating-not-serving' : 'endpoint-not-ready'
  return { code, values: {} }
}

function whyHintedAway({ endpoint }: ProxyEndpoint, { mode }: Categorized): Reason {
  return mode === 'same-node'
    ? { code: 'endpoint-hinted-other-node', values: { nodes: endpoint.hintNodes.join(', ') } }
    : { code: 'endpoint-hinted-other-zone', values: { zones: endpoint.hintZones.join(', ') } }
}
