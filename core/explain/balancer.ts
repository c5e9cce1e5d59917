// A load balancer in front of the nodes: it takes a node, that node's rules take an endpoint. How it takes a node is not in the
// API: assumed is that each node whose check answers gets an equal share. Rule E12.

import type { ClusterView } from '../model/cluster-view'
import type { NodeRecord } from '../model/records'
import { type Choice, choiceOf } from '../proxy/choice'
import { type ProxyEndpoint, readyAddressesByNode } from '../proxy/endpoints'
import { type Judgement, judgeOf } from '../proxy/judge'
import { schedulerOf } from '../proxy/proxier'
import { knowledgeOf } from './knowledge'
import { type GroupedNodes, groupNodes, type NodeGroup, type PortAsked } from './node-groups'
import { type Call, type Outcome, outcomeAt } from './outcome'
import { PLAIN_SETTINGS } from './settings'
import { nodeAddress } from './start'
import type { Decider, Knowledge, Verdict } from './types'

const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers'

/** What nodes alike make of it, and those of them that the load balancer takes. */
type GroupAnswer = {
  readonly group: NodeGroup
  readonly outcome: Outcome
  readonly choice: Choice
  readonly judge: (candidate: ProxyEndpoint) => Judgement
  readonly knowledge: Knowledge
  readonly taken: readonly NodeRecord[]
  readonly healthCheck: (node: NodeRecord) => 200 | 503 | undefined
}

export type Balanced = Pick<GroupedNodes, 'endpoints' | 'leftOut'> & {
  readonly answers: readonly GroupAnswer[]
  /** Nodes that the load balancer takes. */
  readonly taken: number
}

/** Answers of every node that a cloud controller would hand to a load balancer: ready, and not excluded by label. */
export function balance(view: ClusterView, asked: PortAsked, of: Omit<Call, 'endpoints'>): Balanced {
  const pool = [...view.nodes()].filter(({ ready, labels }) => ready !== false && !labels.has(EXCLUDED))
  const { endpoints, leftOut, groups } = groupNodes(view, asked, pool)
  const query = { namespace: asked.service.namespace, service: asked.service.name, family: asked.family }
  const ready = readyAddressesByNode(view.slicesOfService(asked.service.key), query)
  const answers = groups.flatMap((group): GroupAnswer[] => {
    const [record] = group.nodes
    if (!record) return []
    // A node port is called on the node's own address.
    const ip = of.way === 'node-port' ? (nodeAddress(record, asked.family) ?? of.ip) : of.ip
    const outcome = outcomeAt({ ...of, ip, endpoints }, { record, decided: group, settings: PLAIN_SETTINGS })
    const chooser = { mode: group.node.mode, scheduler: schedulerOf(group.mode) }
    const choice = choiceOf(chooser, outcome.decision.candidates.length, group.facts.affinitySeconds)
    const context = { decision: group.decision, node: group.node, probability: choice.probability }
    const judge = judgeOf(outcome.decision, context)
    const healthCheck = (node: NodeRecord) =>
      group.facts.healthCheckNodePort === 0 ? undefined : ready.has(node.name) ? 200 : 503
    const taken = group.nodes.filter((node) => healthCheck(node) !== 503)
    const knowledge = knowledgeOf(group.mode, record.name)
    return [{ group, outcome, choice, judge, knowledge, taken, healthCheck }]
  })
  return { endpoints, leftOut, answers, taken: answers.reduce((sum, { taken }) => sum + taken.length, 0) }
}

/** What each node gives an endpoint, summed; undefined where one of the nodes that give it some has no number. */
export function mixed({ answers, taken }: Balanced): (candidate: ProxyEndpoint) => Judgement {
  const weighed = answers.filter((answer) => answer.taken.length > 0)
  return (candidate) => {
    let probability: number | undefined = 0
    let shown: Judgement | undefined
    for (const { judge, taken: own } of weighed) {
      const one = judge(candidate)
      if (!shown || (one.chosen && !shown.chosen)) shown = one
      if (!one.chosen) continue
      const known: boolean = probability !== undefined && one.probability !== undefined
      probability = known ? (probability ?? 0) + (own.length / taken) * (one.probability ?? 0) : undefined
    }
    return { chosen: shown?.chosen ?? false, probability, reason: shown?.reason ?? NOT_ASKED }
  }
}

const NOT_ASKED = { code: 'endpoint-not-ready', values: {} } as const

export function decidersOf({ answers, taken }: Balanced): readonly Decider[] {
  return answers.flatMap(({ group, outcome, knowledge, taken: own, healthCheck }) =>
    group.nodes.map((node) => ({
      node: node.key,
      zone: node.zone,
      mode: group.node.mode,
      version: group.source.version,
      knowledge,
      verdict: outcome.verdict,
      share: own.includes(node) ? 1 / taken : 0,
      healthCheck: healthCheck(node),
    })),
  )
}

/** One verdict of all nodes taken, `mixed` if they differ, `none` if there is none. */
export function balancedVerdict({ answers }: Balanced): Verdict {
  const verdicts = new Set(answers.flatMap(({ taken, outcome }) => (taken.length > 0 ? [outcome.verdict] : [])))
  const [only] = verdicts
  return verdicts.size > 1 ? 'mixed' : (only ?? 'none')
}
