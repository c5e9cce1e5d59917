// Why an endpoint receives a connection, or does not: the reading of a decision for one endpoint.

import type { Reason } from '../model/reason'
import type { ProxyEndpoint } from './endpoints'
import { type Categorized, isLocal, isReady, isServingTerminating, type NodeTopology } from './topology'

export type WhyContext = {
  /** A Local policy chose, or would have. */
  readonly local: boolean
  readonly lists: Pick<Categorized, 'mode'>
  readonly node: NodeTopology
  /** Terminating endpoints that still serve are this proxy's last resort. */
  readonly lastResort: boolean
}

/** The reason for one endpoint and the connections that were decided. Reasons of endpoints alike are one object. */
export function whyOf(context: WhyContext): (candidate: ProxyEndpoint, chosen: boolean) => Reason {
  const { local, node } = context
  const known = new Map<string, Map<string, Reason>>()
  const once = (code: string, name: string, value: string): Reason => {
    const byValue = known.get(code) ?? new Map<string, Reason>()
    known.set(code, byValue)
    const reason = byValue.get(value) ?? { code, values: name === '' ? {} : { [name]: value } }
    byValue.set(value, reason)
    return reason
  }
  const plain = (code: string) => once(code, '', '')
  const whyYes = (candidate: ProxyEndpoint): Reason => {
    const ready = isReady(candidate)
    if (!ready && !candidate.endpoint.serving) return plain('endpoint-none-serves')
    if (local) return once(ready ? 'endpoint-local' : 'endpoint-local-last-resort', 'node', node.name)
    if (!ready) return plain('endpoint-last-resort')
    if (context.lists.mode === 'same-node') return once('endpoint-same-node', 'node', node.name)
    return context.lists.mode === 'same-zone' ? once('endpoint-same-zone', 'zone', node.zone) : plain('endpoint-ready')
  }
  const whyNotLocal = ({ endpoint }: ProxyEndpoint): Reason => {
    if (endpoint.nodeName === undefined) return once('endpoint-without-node', 'node', node.name)
    const others = known.get('endpoint-not-local') ?? new Map<string, Reason>()
    known.set('endpoint-not-local', others)
    const values = { node: node.name, on: endpoint.nodeName }
    const reason = others.get(endpoint.nodeName) ?? { code: 'endpoint-not-local', values }
    others.set(endpoint.nodeName, reason)
    return reason
  }
  const whyNotReady = (candidate: ProxyEndpoint): Reason => {
    if (isServingTerminating(candidate)) {
      return plain(context.lastResort ? 'endpoint-terminating-others-ready' : 'endpoint-terminating-never-used')
    }
    return plain(candidate.endpoint.terminating ? 'endpoint-terminating-not-serving' : 'endpoint-not-ready')
  }
  return (candidate, chosen) => {
    if (chosen) return whyYes(candidate)
    if (local && !isLocal(candidate, node)) return whyNotLocal(candidate)
    if (!isReady(candidate)) return whyNotReady(candidate)
    if (context.lists.mode === 'none') return plain('endpoint-not-serving')
    return context.lists.mode === 'same-node'
      ? once('endpoint-hinted-other-node', 'nodes', candidate.endpoint.hintNodes.join(', '))
      : once('endpoint-hinted-other-zone', 'zones', candidate.endpoint.hintZones.join(', '))
  }
}

/** The reason when no source is chosen. */
export function whyReachable(candidate: ProxyEndpoint, chosen: boolean, readyCount: number): Reason {
  if (chosen) return { code: readyCount > 0 ? 'endpoint-ready' : 'endpoint-last-resort', values: {} }
  if (isServingTerminating(candidate)) return { code: 'endpoint-terminating-others-ready', values: {} }
  return {
    code: candidate.endpoint.terminating ? 'endpoint-terminating-not-serving' : 'endpoint-not-ready',
    values: {},
  }
}
