// What NetworkPolicies make of a connection that the rules let through: the proxy knows nothing of them, so that the share of an
// endpoint they cut is lost. Rules F7 to F9.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import { engineNote } from '../policy/engine'
import { policyEvaluator } from '../policy/evaluate'
import { otherKindsNotes } from '../policy/other-kinds'
import type { PolicyVerdict } from '../policy/types'
import { policyClaims } from './policy-claims'
import { podTarget, policySource, policyTarget } from './policy-ends'
import type { Resolved } from './resolved'
import type { Start } from './start'
import type { EndpointPolicy, Explanation, Hop, PolicyAnswer } from './types'

type Ends = { readonly start: Start; readonly resolved: Resolved }

/** The same explanation with what policies say; where nothing goes anywhere there is nothing to ask. */
export function withPolicy(view: ClusterView, answer: Explanation, { start, resolved }: Ends): Explanation {
  if (answer.verdict !== 'forward' && answer.verdict !== 'mixed') return answer
  const evaluate = policyEvaluator(view, policySource(answer, start))
  const tally = new Tally()
  const protocol = answer.target?.protocol ?? answer.flow.protocol
  if (resolved.to === 'pod') {
    tally.add(evaluate(podTarget(resolved.pod, { address: resolved.ip, port: resolved.number, protocol })))
    return told(view, answer, tally)
  }
  const policies = answer.endpoints.map((one) =>
    one.chosen ? tally.add(evaluate(policyTarget(view, one, protocol))) : undefined,
  )
  if (tally.size === 0) return answer
  if (!tally.binds()) return told(view, answer, tally)
  const endpoints = answer.endpoints.map((one, at) => (one.chosen ? { ...one, policy: policies[at] } : one))
  return told(view, { ...answer, endpoints }, tally)
}

/** Verdicts by identity: endpoints alike share one. */
class Tally {
  private readonly known = new Map<PolicyVerdict, { readonly policy: EndpointPolicy; count: number }>()
  size = 0

  add(verdict: PolicyVerdict): EndpointPolicy {
    const found = this.known.get(verdict) ?? {
      policy: { state: verdict.state, reason: verdict.decisive.reason },
      count: 0,
    }
    found.count += 1
    this.size += 1
    this.known.set(verdict, found)
    return found.policy
  }

  /** Whether a policy has a say, or may have. */
  binds = (): boolean =>
    [...this.known.keys()].some(
      ({ state, egress, ingress }) => state !== 'allowed' || egress.decidedBy.length + ingress.decidedBy.length > 0,
    )

  count = (state: EndpointPolicy['state']): number =>
    [...this.known.values()].reduce((sum, { policy, count }) => sum + (policy.state === state ? count : 0), 0)

  /** Denied before unknown before allowed, most first. */
  verdicts = (): readonly { readonly verdict: PolicyVerdict; readonly count: number }[] =>
    [...this.known]
      .map(([verdict, { count }]) => ({ verdict, count }))
      .sort((a, b) => ORDER.indexOf(a.verdict.state) - ORDER.indexOf(b.verdict.state) || b.count - a.count)
}

const ORDER: readonly EndpointPolicy['state'][] = ['denied', 'unknown', 'allowed']
const REASONS = 20

function told(view: ClusterView, answer: Explanation, tally: Tally): Explanation {
  const verdicts = tally.verdicts()
  const counts = { allowed: tally.count('allowed'), denied: tally.count('denied'), unknown: tally.count('unknown') }
  const state = stateOf(counts)
  const policy = {
    state,
    counts,
    reasons: mergedReasons(verdicts),
    policies: policiesOf(verdicts),
  } satisfies PolicyAnswer
  const values: Reason['values'] = verdicts[0]?.verdict.decisive.reason.values ?? {}
  const said = { ...counts, candidates: tally.size, policy: values.policy ?? '', more: values.more ?? 0 }
  const networkPolicy: Reason = {
    code: tally.binds() ? CODES[state] : 'network-policy-none',
    values: said,
  }
  const cut = policy.state === 'denied'
  const some = policy.state === 'mixed' && answer.verdict === 'forward'
  const notes = [...otherKindsNotes(view), engineNote(view)]
  const details = [...policy.reasons.slice(0, 4).map(({ reason }) => reason), ...notes]
  const hop: Hop = {
    kind: 'policy',
    state: cut ? 'stops' : policy.state === 'allowed' ? 'passed' : 'unknown',
    title: networkPolicy,
    details: tally.binds() ? details : [],
    object: undefined,
  }
  return {
    ...answer,
    verdict: cut ? 'drop' : some ? 'mixed' : answer.verdict,
    sentence:
      cut || some
        ? { code: cut ? 'explain-policy-cuts-all' : 'explain-policy-cuts-some', values: said }
        : answer.sentence,
    hops: inserted(answer.hops, hop),
    networkPolicy,
    policy,
    claims: [...answer.claims, ...policyClaims(verdicts.map(({ verdict }) => verdict))],
  }
}

function stateOf({ allowed, denied, unknown }: PolicyAnswer['counts']): Exclude<PolicyAnswer['state'], 'none'> {
  if (denied > 0) return allowed + unknown === 0 ? 'denied' : 'mixed'
  return unknown > 0 ? 'unknown' : 'allowed'
}

const CODES: Readonly<Record<Exclude<PolicyAnswer['state'], 'none'>, string>> = {
  allowed: 'network-policy-allows',
  denied: 'network-policy-denies-all',
  mixed: 'network-policy-denies-some',
  unknown: 'network-policy-unknown',
}

// By name, those of what is let through left out.
function policiesOf(verdicts: ReturnType<Tally['verdicts']>): PolicyAnswer['policies'] {
  const names = verdicts.flatMap(({ verdict: { state, decisive } }) =>
    state === 'allowed' ? [] : decisive.decidedBy.map(({ policy }) => policy),
  )
  return [...new Set(names)].sort()
}

// Verdicts of different pods may have one reason.
function mergedReasons(verdicts: ReturnType<Tally['verdicts']>): PolicyAnswer['reasons'] {
  const merged = new Map<string, PolicyAnswer['reasons'][number]>()
  for (const { verdict, count } of verdicts) {
    const { state, decisive } = verdict
    const id = JSON.stringify(decisive.reason)
    merged.set(id, { state, reason: decisive.reason, count: count + (merged.get(id)?.count ?? 0) })
  }
  return [...merged.values()].slice(0, REASONS)
}

// Between the choice of an endpoint and the pod; what stops there has no further steps.
function inserted(hops: readonly Hop[], hop: Hop): readonly Hop[] {
  const at = hops.findIndex(({ kind }) => kind === 'pod')
  if (at < 0) return [...hops, hop]
  return [...hops.slice(0, at), hop, ...(hop.state === 'stops' ? [] : hops.slice(at))]
}
