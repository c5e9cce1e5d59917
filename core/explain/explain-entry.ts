// A request to a host and a path that an Ingress or a Gateway takes: which rule, which Services in which share, and their endpoints.
// What a controller does inside itself is not in the API. Rules Y13, Y14.

import { notKnownOf as entriesNotKnown } from '../entries/entries-of'
import { takenBy } from '../entries/request'
import type { EntryRequest, Taken } from '../entries/request-types'
import type { EntryWay } from '../entries/types'
import type { ClusterView } from '../model/cluster-view'
import { splitKey } from '../model/keys'
import type { Reason } from '../model/reason'
import { quote } from '../problems/commands'
import { notKnownOf, withoutRules } from './about'
import { explainEndpoints, groupEndpoints, portsOf, sharesOf } from './endpoints'
import { answerOf, answerWithoutBackend, judge, round } from './entry-answer'
import { behindEntry } from './entry-endpoints'
import type { Flow, FlowDestination } from './flow'
import { candidatesHop, landingHops } from './hops'
import type { Start } from './start'
import type { Claim, Explanation, Hop } from './types'

type ToUrl = Extract<FlowDestination, { kind: 'url' }>

/** `unknown` where more than one controller may take it, or where what would tell is not read. */
export function explainEntry(
  view: ClusterView,
  flow: Flow,
  to: { readonly url: ToUrl; readonly start: Start },
): Explanation {
  const { url } = to
  const request: EntryRequest = { scheme: url.scheme, host: url.host, port: url.port, path: url.path }
  const found = takenBy(view, request)
  const gaps = entriesNotKnown(view, undefined)
  const asked = { url: textOf(url), host: url.host, path: url.path, port: url.port }
  const [taken] = found
  if (taken === undefined) {
    const code = gaps.length > 0 ? 'explain-entry-none-known' : 'explain-entry-none'
    return withoutRules(view, flow, {
      verdict: gaps.length > 0 ? 'unknown' : 'none',
      reason: say(code, asked),
      hops: [],
    })
  }
  if (found.length > 1) {
    const values = { ...asked, count: found.length, entries: found.map(({ entry }) => entry.id).join(', ') }
    const hops = found.map((one) => ruleHop(one, 'unknown'))
    return withoutRules(view, flow, { verdict: 'unknown', reason: say('explain-entry-several', values), hops })
  }
  return through(view, flow, { taken, asked, gaps, start: to.start })
}

type Through = {
  readonly taken: Taken
  readonly asked: Reason['values']
  readonly gaps: readonly Reason[]
  readonly start: Start
}

function through(view: ClusterView, flow: Flow, { taken, asked, gaps, start }: Through): Explanation {
  if (taken.ways.length === 0) return withoutBackend(view, flow, { taken, asked, gaps, start })
  const behind = behindEntry(view, taken.ways, flow.family)
  const { all, lost, redirected } = behind
  const endpoints = explainEndpoints(all, (one) => judge(taken, behind, one))
  const chosen = endpoints.filter((one) => one.chosen)
  const shares = sharesOf(endpoints, undefined)
  const { verdict, code, answered } = answerOf(taken, behind, chosen.length)
  const forwarded = Math.max(0, round(1 - lost - redirected))
  const filters = taken.filters.join(', ')
  const of = { entry: taken.entry.id, kind: taken.entry.kind, by: taken.by, filters }
  const values = {
    ...asked,
    ...of,
    candidates: chosen.length,
    lostShare: round(lost),
    redirectedShare: round(redirected),
    forwardedShare: forwarded,
  }
  const reason = say(code, values)
  const choice = {
    how: chosen.length === 0 ? 'none' : 'by-resolver',
    reason: say(chosen.length === 0 ? 'choice-none' : 'choice-by-controller', { candidates: chosen.length }),
    affinity: undefined,
    probability: undefined,
  } as const
  const candidates = candidatesHop({
    endpoints,
    hintReasons: [],
    notes: lost > 0 ? [say('explain-entry-lost', { share: round(lost) })] : [],
  })
  const ports = portsOf(all.filter((one) => one.endpoint.ready))
  const before: readonly Hop[] = [
    ruleHop(taken, taken.certain ? 'passed' : 'unknown'),
    ...taken.ways.map(serviceHop),
    ...(answered ? [] : [controllerHop(taken)]),
  ]
  const after: readonly Hop[] = answered
    ? []
    : chosen.length > 0
      ? [candidates, ...landingHops({ choice, endpoints, ports, shares, fromZone: start.zone })]
      : [{ ...candidates, state: 'stops' }]
  return {
    ...withoutRules(view, flow, { verdict, reason, hops: answered ? endingLast(before) : [...before, ...after] }),
    knowledge: {
      how: verdict === 'unknown' ? 'unknown' : 'from-source',
      reason: say('explain-entry-knowledge', values),
    },
    endpoints,
    groups: groupEndpoints(endpoints),
    choice,
    shares,
    sourceAddress: { seen: 'unknown', reason: say('source-address-by-controller', {}) },
    networkPolicy: say('network-policy-by-controller', {}),
    versions: gaps,
    notKnown: notKnownOf(view, undefined),
    claims: [claimOf(taken)],
  }
}

/** A rule without backends: a filter answers, or the controller with an error. */
function withoutBackend(view: ClusterView, flow: Flow, { taken, asked, gaps }: Through): Explanation {
  const { certain, entry, filters } = taken
  const values = { ...asked, entry: entry.id, kind: entry.kind, by: taken.by, filters: filters.join(', ') }
  const { verdict, code } = answerWithoutBackend(taken)
  const rule = ruleHop(taken, certain ? 'passed' : 'unknown')
  const said = filters.length > 0 ? [say('entry-filters', { filters: values.filters })] : []
  return {
    ...withoutRules(view, flow, {
      verdict,
      reason: say(code, values),
      hops: [{ ...rule, state: verdict === 'none' ? 'stops' : rule.state, details: [...rule.details, ...said] }],
    }),
    knowledge: {
      how: verdict === 'unknown' ? 'unknown' : 'from-source',
      reason: say('explain-entry-knowledge', values),
    },
    versions: gaps,
    claims: [claimOf(taken)],
  }
}

const endingLast = (hops: readonly Hop[]): readonly Hop[] =>
  hops.map((hop, at) => (at === hops.length - 1 ? { ...hop, state: 'stops' } : hop))

function ruleHop({ by, entry, host, path, pathType, notes }: Taken, state: Hop['state']): Hop {
  const values = { by, entry: entry.id, kind: entry.kind, host: host === '' ? '*' : host, path, pathType }
  const code = pathType === 'default' ? 'explain-hop-entry-default' : 'explain-hop-entry'
  return { kind: 'entry', state, title: say(code, values), details: notes, object: { kind: entry.kind, id: entry.id } }
}

function serviceHop(way: EntryWay): Hop {
  const broken = way.broken.length > 0
  const values = { service: way.service, port: String(way.servicePort ?? way.port), share: way.share ?? 0 }
  const kind = way.redirects ? 'redirect' : 'backend'
  return {
    kind: 'rule',
    state: broken ? 'stops' : 'passed',
    title: say(way.share === undefined ? `explain-hop-${kind}-unknown` : `explain-hop-${kind}`, values),
    details: [...way.broken, ...way.notes],
    object: { kind: 'Service', id: way.service },
  }
}

const controllerHop = ({ by, entry }: Taken): Hop => ({
  kind: 'rules',
  state: 'unknown',
  title: say('explain-hop-controller', { by, kind: entry.kind }),
  details: [],
  object: undefined,
})

function claimOf({ entry, path }: Taken): Claim {
  const { namespace, name } = splitKey(entry.id)
  return {
    claim: say('explain-claim-entry', { kind: entry.kind, entry: entry.id, path }),
    evidence: [{ kind: entry.kind, id: entry.id, field: 'spec.rules', value: path }],
    command: {
      where: 'kubectl',
      text: `kubectl -n ${quote(namespace)} get ${entry.kind.toLowerCase()} ${quote(name)} -o yaml`,
    },
  }
}

const textOf = ({ scheme, host, port, path }: ToUrl): string =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}${port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`}${path}`

const say = (code: string, values: Reason['values']): Reason => ({ code, values })
