// The explanation of a connection that a load balancer hands to one of many nodes. Rule E12.

import type { ClusterView } from '../model/cluster-view'
import { portId } from '../proxy/service-port'
import { notKnownOf, openConnections, withoutRules } from './about'
import { type Balanced, balance, balancedVerdict, decidersOf, mixed } from './balancer'
import { claimsOf } from './claims'
import { explainEndpoints, groupEndpoints, portsOf, sharesOf } from './endpoints'
import { type Asked, targetOf } from './explain-service'
import { addressHop, landingHops, rulesHop } from './hops'
import { PLAIN_SETTINGS, settingsOf } from './settings'
import { sourceAddressAt } from './source-address'
import { nodeAddress } from './start'
import type { Explanation, Hop, Knowledge } from './types'

export function explainBalanced(view: ClusterView, asked: Asked): Explanation {
  const { flow, start, resolved } = asked
  const { service, family, way, ip, number } = resolved
  const of = { way, ip, family, start }
  const balanced = balance(view, { service, port: portId(resolved.port), family }, of)
  const { answers, taken, endpoints, leftOut } = balanced
  const all = answers.reduce((sum, { group }) => sum + group.nodes.length, 0)
  const values = { service: service.key, nodes: taken, all }
  const first = answers.find((answer) => answer.taken.length > 0)
  const hop: Hop = {
    kind: 'load-balancer',
    state: first ? 'unknown' : 'stops',
    title: { code: 'explain-hop-balancer', values },
    details: [{ code: 'explain-balancer-assumed', values }],
    object: { kind: 'Service', id: service.key },
  }
  const before = [...resolved.hops, addressHop(resolved), hop]
  const common = {
    target: targetOf(asked),
    deciders: decidersOf(balanced),
    notKnown: notKnownOf(view, service.namespace),
  }
  if (!first) {
    const reason = { code: 'explain-balancer-no-node', values }
    return { ...withoutRules(view, flow, { verdict: 'none', reason, hops: before }), ...common, leftOut }
  }
  const verdict = balancedVerdict(balanced)
  const shown = explainEndpoints(endpoints, mixed(balanced))
  const ports = portsOf(endpoints.filter((_, at) => shown[at]?.chosen))
  const shares = sharesOf(shown, undefined)
  const candidates = shown.filter(({ chosen }) => chosen).length
  const goes = verdict === 'forward' || verdict === 'mixed'
  const said = { ...values, candidates, endpoints: endpoints.length, lostShare: lostShare(balanced) }
  const sentence = goes
    ? { code: verdict === 'mixed' ? 'explain-balanced-mixed' : 'explain-balanced-forward', values: said }
    : first.outcome.reason
  // Where nodes differ, what is said of those that arrive is said of a node that lets them.
  const shownAt = answers.find((answer) => answer.taken.length > 0 && answer.outcome.verdict === 'forward') ?? first
  const { group, outcome } = shownAt
  const knowledge = leastKnown(balanced)
  const [record] = shownAt.taken
  const choice = goes
    ? {
        ...shownAt.choice,
        reason: { code: 'choice-balanced', values: { candidates, nodes: taken, all } },
        probability: undefined,
      }
    : first.choice
  const settings = record ? settingsOf(view, record, family) : PLAIN_SETTINGS
  const rules = verdict === 'mixed' ? mixedRulesHop(balanced, knowledge) : rulesHop(group, outcome, shownAt.knowledge)
  return {
    ...withoutRules(view, flow, { verdict, reason: sentence, hops: [] }),
    ...common,
    knowledge,
    hops: [
      ...before,
      rules,
      ...(goes ? landingHops({ choice, endpoints: shown, ports, shares, fromZone: undefined }) : []),
    ],
    endpoints: shown,
    groups: groupEndpoints(shown),
    leftOut,
    choice,
    shares,
    sourceAddress: sourceAddressAt({ ...of, endpoints }, outcome, { at: { decided: group, settings }, hairpin: false }),
    openConnections: openConnections(resolved.port.protocol, group.node.mode),
    claims: claimsOf(view, {
      service,
      slices: view.slicesOfService(service.key),
      family,
      way,
      ip: (way === 'node-port' && record && nodeAddress(record, family)) || ip,
      number,
      decided: group,
      outcome,
    }),
  }
}

// The rules of many nodes as one step: how many forward, and why the first of the others does not.
function mixedRulesHop({ answers, taken }: Balanced, knowledge: Knowledge): Hop {
  const forwarding = answers.reduce((sum, one) => sum + (one.outcome.verdict === 'forward' ? one.taken.length : 0), 0)
  const other = answers.find((one) => one.taken.length > 0 && one.outcome.verdict !== 'forward')
  return {
    kind: 'rules',
    state: 'unknown',
    title: { code: 'explain-hop-rules-mixed', values: { nodes: taken, forwarding } },
    details: [...(other ? [other.outcome.reason] : []), knowledge.reason],
    object: undefined,
  }
}

// The answer holds for all nodes, so it is known no better than that of the node known least.
const leastKnown = ({ answers }: Balanced): Knowledge =>
  answers
    .filter(({ taken }) => taken.length > 0)
    .map(({ knowledge }) => knowledge)
    .reduce((least, one) => (CERTAINTY.indexOf(one.how) < CERTAINTY.indexOf(least.how) ? one : least))

const CERTAINTY: readonly Knowledge['how'][] = ['unknown', 'from-source', 'by-vectors', 'proved']

// Share of connections handed to nodes that do not forward them.
const lostShare = ({ answers, taken }: Balanced): number =>
  answers.reduce((sum, answer) => sum + (answer.outcome.verdict === 'forward' ? 0 : answer.taken.length), 0) / taken
