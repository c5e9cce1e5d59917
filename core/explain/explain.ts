// explain(view, flow): what becomes of a connection, and why. Rules E1 to E12; every number is made by core/proxy.

import type { ClusterView } from '../model/cluster-view'
import { nodeKey } from '../model/keys'
import { featuresOf } from '../proxy/features'
import { proxyVersionOf } from '../proxy/proxy-version'
import { withoutRules } from './about'
import { explainBalanced } from './explain-balanced'
import { explainEntry } from './explain-entry'
import { explainHeadless } from './explain-headless'
import { explainPod } from './explain-pod'
import { type Asked, explainAtNode, targetOf } from './explain-service'
import { explainUnserved } from './explain-unserved'
import type { Flow } from './flow'
import { atListedPort } from './headless-port'
import { plainUrl } from './plain-url'
import { resolve } from './resolve'
import { type Start, startOf, whyNotSent } from './start'
import type { Explanation } from './types'
import { withPolicy } from './with-policy'

/** Never throws: what is not in the view, or not known, gives the verdict `unknown` or `none` with the reason as its sentence. */
export function explain(view: ClusterView, flow: Flow): Explanation {
  const start = startOf(view, flow)
  if ('code' in start) return withoutRules(view, flow, { verdict: 'unknown', reason: start, hops: [] })
  const lack = whyNotSent(start, flow.family)
  if (lack) return withoutRules(view, flow, { verdict: 'none', reason: lack, hops: [] })
  const { destination } = flow
  if (destination.kind === 'url') {
    const plain = plainUrl(view, flow, { url: destination, start })
    return plain
      ? explain(view, { ...flow, destination: plain })
      : explainEntry(view, flow, { url: destination, start })
  }
  const resolved = resolve(view, { ...flow, destination }, start)
  if (resolved.to === 'nobody') {
    const { verdict, reason, hops } = resolved
    return withoutRules(view, flow, { verdict, reason, hops })
  }
  if (resolved.to === 'unserved') return known(explainUnserved(view, { flow, start, resolved }))
  if (resolved.to === 'pod') return withPolicy(view, explainPod(view, flow, { start, resolved }), { start, resolved })
  if (resolved.to === 'headless') {
    const answer = known(explainHeadless(view, flow, { start, resolved }))
    return atListedPort(view, withPolicy(view, answer, { start, resolved }), resolved)
  }
  return withPolicy(view, known(atRules(view, { flow, start, resolved })), { start, resolved })
}

// A node port is decided where it is called, everything else where the connection starts.
function atRules(view: ClusterView, asked: Asked): Explanation {
  const { flow, start, resolved } = asked
  const key = resolved.way === 'node-port' ? (resolved.node?.key ?? start.node) : start.node
  const record = key && view.node(nodeKey(key))
  if (resolved.proxied && !(record && !featuresOf(proxyVersionOf(view, record).version).ipMode))
    return viaBalancer(view, asked)
  if (record) return explainAtNode(view, asked, record)
  if (key !== undefined) {
    const reason = { code: 'explain-no-node', values: { name: key } }
    return withoutRules(view, flow, { verdict: 'unknown', reason, hops: resolved.hops })
  }
  if (resolved.way !== 'cluster-ip') return explainBalanced(view, asked)
  const reason = { code: 'explain-cluster-ip-from-outside', values: { address: resolved.ip } }
  return withoutRules(view, flow, { verdict: 'none', reason, hops: resolved.hops })
}

// kube-proxy leaves the address to the load balancer, also from inside: it comes back through a node port, from outside.
function viaBalancer(view: ClusterView, { flow, start, resolved }: Asked): Explanation {
  const { service, port, ip, hops } = resolved
  const values = { address: ip, service: service.key }
  const hop = {
    kind: 'address',
    title: { code: 'explain-hop-load-balancer-proxy', values },
    details: [],
    object: { kind: 'Service', id: service.key },
  } as const
  if (!port.nodePort) {
    const reason = { code: 'explain-load-balancer-no-way-back', values }
    return withoutRules(view, flow, { verdict: 'unknown', reason, hops: [...hops, { ...hop, state: 'unknown' }] })
  }
  const node = start.kind === 'outside' ? start.node : undefined
  const outside: Start = { kind: 'outside', node, zone: undefined, pod: undefined, address: undefined }
  const way = { way: 'node-port', number: port.nodePort, node: undefined, proxied: false } as const
  const before = [...hops, { ...hop, state: 'passed' as const }]
  const answer = atRules(view, { flow, start: outside, resolved: { ...resolved, ...way, hops: before } })
  return { ...answer, target: targetOf({ flow, start, resolved }) }
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
