// explain(view, flow): what becomes of a connection, and why. Rules E1 to E12; every number is made by core/proxy.

import type { ClusterView } from '../model/cluster-view'
import { nodeKey } from '../model/keys'
import { withoutRules } from './about'
import { explainBalanced } from './explain-balanced'
import { explainHeadless } from './explain-headless'
import { explainPod } from './explain-pod'
import { type Asked, explainAtNode } from './explain-service'
import type { Flow } from './flow'
import { resolve } from './resolve'
import { startOf } from './start'
import type { Explanation } from './types'

/** Never throws: what is not in the view, or not known, gives the verdict `unknown` or `none` with the reason as its sentence. */
export function explain(view: ClusterView, flow: Flow): Explanation {
  const start = startOf(view, flow)
  if ('code' in start) return withoutRules(view, flow, { verdict: 'unknown', reason: start, hops: [] })
  const resolved = resolve(view, flow, start)
  if (resolved.to === 'nobody') {
    const { verdict, reason, hops } = resolved
    return withoutRules(view, flow, { verdict, reason, hops })
  }
  if (resolved.to === 'pod') return explainPod(view, flow, { start, resolved })
  const answer =
    resolved.to === 'headless'
      ? explainHeadless(view, flow, { start, resolved })
      : atRules(view, { flow, start, resolved })
  return known(answer)
}

// A node port is decided where it is called, everything else where the connection starts.
function atRules(view: ClusterView, asked: Asked): Explanation {
  const { flow, start, resolved } = asked
  const key = resolved.way === 'node-port' ? resolved.node?.key : start.node
  if (key === undefined) {
    if (resolved.way !== 'cluster-ip') return explainBalanced(view, asked)
    const reason = { code: 'explain-cluster-ip-from-outside', values: { address: resolved.ip } }
    return withoutRules(view, flow, { verdict: 'none', reason, hops: resolved.hops })
  }
  const record = view.node(nodeKey(key))
  if (record) return explainAtNode(view, asked, record)
  const reason = { code: 'explain-no-node', values: { name: key } }
  return withoutRules(view, flow, { verdict: 'unknown', reason, hops: resolved.hops })
}

// Slices that are not wholly read may hold other endpoints: then even the verdict is not known.
function known(answer: Explanation): Explanation {
  const gap = answer.notKnown.find(({ kind }) => kind === 'EndpointSlice' || kind === 'Service')
  if (!gap) return answer
  return {
    ...answer,
    verdict: 'unknown',
    sentence: { code: 'explain-not-known', values: { kind: gap.kind, coverage: gap.coverage } },
  }
}
