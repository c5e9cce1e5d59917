// Of the rules of all Ingresses of one class, the one that takes a request: the longest path, an exact one before a prefix (api
// networking/v1 types.go@v0.36.3, and its documentation of multiple matches). What the API leaves to controllers is not decided here.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { IngressRecord } from '../model/records-entries'
import { ingressHostMeets, precision } from './hosts'
import { classOf } from './ingress-class'
import { type IngressRule, ingressWay, rulesOf } from './ingress-ways'
import { hasPrefix } from './path'
import type { EntryRequest, Taken } from './request-types'

type Candidate = { readonly ingress: IngressRecord; readonly rule: IngressRule }
type Class = { readonly ingresses: IngressRecord[]; readonly notes: Reason[] }

/** Controllers listen on 80 and 443; of any other port the API says nothing, and neither does this. */
export function takenByIngress(view: ClusterView, request: EntryRequest): readonly Taken[] {
  if (request.port !== (request.scheme === 'https' ? 443 : 80)) return []
  return [...byClass(view)].flatMap(([name, { ingresses }]) => takenIn(view, request, { name, ingresses }) ?? [])
}

function byClass(view: ClusterView): ReadonlyMap<string, Class> {
  const classes = new Map<string, Class>()
  for (const ingress of view.entries('Ingress')) {
    const { name, broken } = classOf(view, ingress)
    if (name === '' || broken.length > 0) continue
    const found = classes.get(name) ?? { ingresses: [], notes: [] }
    found.ingresses.push(ingress)
    classes.set(name, found)
  }
  return classes
}

type Of = { readonly name: string; readonly ingresses: readonly IngressRecord[] }

function takenIn(view: ClusterView, request: EntryRequest, { name, ingresses }: Of): Taken | undefined {
  const rules = ingresses.flatMap((ingress) => rulesOf(ingress).map((rule) => ({ ingress, rule })))
  const ofHost = rules.filter(
    ({ rule }) => rule.pathType !== 'default' && ingressHostMeets(rule.host, request.host) === 'yes',
  )
  const ordered = ofHost.filter(({ rule }) => mayTake(rule, request.path)).sort(byPrecedence)
  const fallback = rules.filter(({ rule }) => rule.pathType === 'default')
  const [first, ...others] = ordered.length > 0 ? ordered : fallback
  if (!first) return undefined
  const notes = doubts(first, others, ordered.length > 0)
  const plain = request.scheme === 'https' ? tlsNotes(view, first) : []
  return {
    by: name,
    entry: { kind: 'Ingress', id: first.ingress.key },
    host: first.rule.host,
    path: first.rule.path,
    pathType: first.rule.pathType,
    ways: [ingressWay(view, first.ingress, first.rule)],
    certain: notes.length === 0,
    notes: [...notes, ...plain],
  }
}

const mayTake = ({ path, pathType }: IngressRule, asked: string): boolean =>
  pathType === 'Exact' ? path === asked : hasPrefix(asked, path)

function byPrecedence({ rule: a }: Candidate, { rule: b }: Candidate): number {
  const exact = (rule: IngressRule) => (rule.pathType === 'Exact' ? 1 : 0)
  return precision(b.host) - precision(a.host) || length(b) - length(a) || exact(b) - exact(a)
}

const length = ({ path }: IngressRule) => path.replace(/\/$/, '').length

// The order of hosts, of rules alike and of paths read by a controller is the controller's.
function doubts(first: Candidate, others: readonly Candidate[], byRule: boolean): readonly Reason[] {
  const elsewhere = others.filter(({ ingress, rule }) => !isSameBackend(first, { ingress, rule }))
  if (!byRule) return elsewhere.length > 0 ? [say('entry-defaults-alike', { count: elsewhere.length + 1 })] : []
  const own = [first, ...others].filter(({ rule }) => !['Exact', 'Prefix'].includes(rule.pathType))
  const alike = elsewhere.filter(
    ({ rule }) => rule.host === first.rule.host && byPrecedence(first, { ...first, rule }) === 0,
  )
  const wider = elsewhere.find(({ rule }) => rule.host !== first.rule.host)
  return [
    ...(own.length > 0 ? [say('entry-path-order', { path: own[0]?.rule.path ?? '' })] : []),
    ...alike.map(({ ingress }) => say('entry-rules-alike', { entry: ingress.key, path: first.rule.path })),
    ...(wider ? [say('entry-host-order', { host: wider.rule.host === '' ? '*' : wider.rule.host })] : []),
  ]
}

const isSameBackend = (a: Candidate, b: Candidate): boolean =>
  a.ingress.namespace === b.ingress.namespace &&
  a.rule.backend.service === b.rule.backend.service &&
  a.rule.backend.port === b.rule.backend.port

function tlsNotes(view: ClusterView, { ingress, rule }: Candidate): readonly Reason[] {
  return ingressWay(view, ingress, rule).tls ? [] : [say('entry-tls-none', { entry: ingress.key })]
}

const say = (code: string, values: Reason['values']): Reason => ({ code, values })
