// One direction of a connection at the pod whose policies decide it. Policies add up: what one of them lets through is let
// through. Follows k8s.io/api networking/v1/types.go@v0.36.3; rules F1, F3.

import type { ObjectKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { NetworkPolicyRecord, PodRecord, PolicyRule } from '../model/records'
import { any } from './answers'
import { rulesText, ruleText, selectorText } from './brief'
import { peerHolds } from './peers'
import { portsHold } from './ports'
import { selects } from './selector'
import type { Answer, Called, Direction, DirectionVerdict, Peer, PolicyField } from './types'

/** Directions a policy binds: as written, else ingress, and egress where it has rules for that. */
export function directionsOf({ policyTypes, egress }: NetworkPolicyRecord): readonly Direction[] {
  if (policyTypes.length === 0) return egress.length > 0 ? ['ingress', 'egress'] : ['ingress']
  return (['ingress', 'egress'] as const).filter((one) =>
    policyTypes.includes(one === 'ingress' ? 'Ingress' : 'Egress'),
  )
}

export type Binding = {
  /** In key order, as are those that may bind it: their selectors cannot be read. */
  readonly sure: readonly NetworkPolicyRecord[]
  readonly unsure: readonly { readonly policy: NetworkPolicyRecord; readonly why: Reason }[]
}

/** The policies of a pod's namespace that bind it in a direction. */
export function bindingOf(policies: readonly NetworkPolicyRecord[], pod: PodRecord, direction: Direction): Binding {
  const sure: NetworkPolicyRecord[] = []
  const unsure: { policy: NetworkPolicyRecord; why: Reason }[] = []
  for (const policy of policies) {
    if (!directionsOf(policy).includes(direction)) continue
    const answer = selects(policy.podSelector, pod.labels)
    if (answer === true) sure.push(policy)
    else if (answer !== false) unsure.push({ policy, why: answer })
  }
  return { sure, unsure }
}

type End = { readonly peer: Peer; readonly called: Called }

/** What the policies that bind a pod make of a connection with this peer. */
export function decide(direction: Direction, { sure, unsure }: Binding, end: End): DirectionVerdict {
  const of = (state: DirectionVerdict['state'], reason: Reason, decidedBy: readonly PolicyField[]) =>
    ({ direction, state, reason, decidedBy }) as const
  let doubt: { readonly why: Reason; readonly at: PolicyField } | undefined
  for (const policy of sure) {
    for (const [index, rule] of policy[direction].entries()) {
      const { answer, field } = ruleHolds(policy, rule, { direction, index, end })
      if (answer === false) continue
      const at = fieldOf(policy.key, field, ruleText(rule))
      if (answer !== true) doubt ??= { why: answer, at }
      else return of('allowed', { code: 'policy-rule-allows', values: { policy: policy.key, direction, field } }, [at])
    }
  }
  const [first] = unsure
  if (first)
    doubt ??= {
      why: first.why,
      at: fieldOf(first.policy.key, 'spec.podSelector', selectorText(first.policy.podSelector)),
    }
  if (doubt) {
    const values = { ...doubt.why.values, policy: doubt.at.policy, direction, field: doubt.at.field }
    return of('unknown', { code: doubt.why.code, values }, [doubt.at])
  }
  if (sure.length === 0) return of('allowed', { code: 'policy-not-isolated', values: { direction } }, [])
  const rules = sure.reduce((sum, policy) => sum + policy[direction].length, 0)
  const names = sure.map(({ key }) => key)
  const values = { direction, policy: names[0] ?? '', more: names.length - 1, rules }
  const code = rules === 0 ? 'policy-denies-all' : 'policy-no-rule-allows'
  const decidedBy = sure.map((one) => fieldOf(one.key, `spec.${direction}`, rulesText(one[direction])))
  return of('denied', { code, values }, decidedBy)
}

const fieldOf = (policy: ObjectKey, field: string, value: string): PolicyField => ({ policy, field, value })

type At = { readonly direction: Direction; readonly index: number; readonly end: End }
type RuleAnswer = { readonly answer: Answer; readonly field: string }

function ruleHolds(
  policy: NetworkPolicyRecord,
  { peers, ports }: PolicyRule,
  { direction, index, end }: At,
): RuleAnswer {
  const path = `spec.${direction}[${index}]`
  const byPort = portsHold(ports, end.called)
  if (byPort === false || (peers.length === 0 && byPort !== true)) return { answer: byPort, field: `${path}.ports` }
  if (peers.length === 0) return { answer: true, field: path }
  const answers = peers.map((one) => peerHolds(policy, one, end.peer))
  const byPeer = any(answers)
  if (byPeer === true && byPort !== true) return { answer: byPort, field: `${path}.ports` }
  const list = direction === 'ingress' ? 'from' : 'to'
  return { answer: byPeer, field: `${path}.${list}[${answers.indexOf(byPeer)}]` }
}
