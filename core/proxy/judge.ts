// One decision turned round: what it makes of each endpoint of the port.

import type { Reason } from '../model/reason'
import type { DecidingNode, Decision, PortDecision } from './decide'
import type { ProxyEndpoint } from './endpoints'
import { whyOf } from './why'

export type Judgement = {
  readonly chosen: boolean
  /** Undefined where it depends on a state that cannot be seen; 0 for one that is not chosen. */
  readonly probability: number | undefined
  readonly reason: Reason
}

export type JudgeContext = {
  readonly decision: PortDecision
  readonly node: DecidingNode
  /** Of each candidate. */
  readonly probability: number | undefined
}

/** Judges any endpoint of the port; judgements with one reason are one object. */
export function judgeOf(
  { candidates, local }: Decision<string>,
  { decision, node, probability }: JudgeContext,
): (candidate: ProxyEndpoint) => Judgement {
  const among = new Set(candidates)
  const lastResort = node.mode !== 'userspace' && node.mode !== 'kernelspace' && node.reads?.terminating !== false
  const why = whyOf({ local, lists: decision.lists, node, lastResort })
  // No reason stands both for one that is chosen and for one that is not.
  const judgements = new Map<Reason, Judgement>()
  return (candidate) => {
    const chosen = among.has(candidate)
    const reason = why(candidate, chosen)
    const known = judgements.get(reason)
    if (known) return known
    const judgement = { chosen, probability: chosen ? probability : 0, reason }
    judgements.set(reason, judgement)
    return judgement
  }
}
