// Of the rules of all Ingresses of one class, the one that takes a request: the longest path, an exact one before a prefix (api
// networking/v1 types.go@v0.36.3, and its documentation of multiple matches). What the API leaves to controllers is not decided here.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { IngressRecord } from '../model/records-entries'
import { ingressHostMeets, precision } from './hosts'
import { classOf } from './ingress-class'
import { type IngressRule, ingressWay, rulesOf } from './ingress-ways'
import { hasPrefix } from './path'
import { type PathReading, pathReader } from './path-reading'
import type { EntryRequest, Taken } from './request-types'

type Candidate = { readonly ingress: IngressRecord; readonly rule: IngressRule; readonly reading: PathReading }

/** Controllers listen on 80 and 443; of any other port the API says nothing, and neither does this. */
export function takenByIngress(view: ClusterView, request: EntryRequest): readonly Taken[] {
  if (request.port !== (request.scheme === 'https' ? 443 : 80)) return []
  return [...byClass(view)].flatMap(([name, ingresses]) => takenIn(view, request, { name, ingresses }) ?? [])
}

function byClass(view: ClusterView): ReadonlyMap<string, readonly IngressRecord[]> {
  const classes = new Map<string, IngressRecord[]>()
  for (const ingress of view.entries('Ingress')) {
    const { name, broken } = classOf(view, ingress)
    if (name === '' || broken.length > 0) continue
    const found = classes.get(name) ?? []
    found.push(ingress)
    classes.set(name, found)
  }
  return classes
}

type Of = { readonly name: string; readonly ingresses: readonly IngressRecord[] }

function takenIn(view: ClusterView, request: EntryRequest, { name, ingresses }: Of): Taken | undefined {
  const readingOf = pathReader(view, { name, ingresses })
  const rules = ingresses.flatMap((ingress) =>
    rulesOf(ingress).map((rule): Candidate => ({ ingress, rule, reading: readingOf(rule) })),
  )
  const ofHost = rules.filter(
    ({ rule }) => rule.pathType !== 'default' && ingressHostMeets(rule.host, request.host) === 'yes',
  )
  const [first, ...others] = ofHost.filter((one) => mayTake(one, request.path)).sort(byPrecedence)
  const open = ofHost.filter((one) => isOwn(one) && !mayTake(one, request.path)).sort(byHost)
  const found = first ? byRule(first, others) : byDefault(rules, open)
  if (!found) return undefined
  const { one, possible } = found
  const notes = [...found.notes, ...openNotes(one, open, found.notes), ...closerNotes(one, ofHost)]
  return {
    by: name,
    entry: { kind: 'Ingress', id: one.ingress.key },
    host: one.rule.host,
    path: one.rule.path,
    pathType: one.rule.pathType,
    ways: [ingressWay(view, one.ingress, one.rule)],
    filters: [],
    certain: notes.length === 0,
    possible,
    notes: [...notes, ...readingNotes(one), ...(request.scheme === 'https' ? tlsNotes(view, one) : [])],
  }
}

/** `possible`: only the controller knows whether the rule takes it at all. */
type Found = { readonly one: Candidate; readonly possible: boolean; readonly notes: readonly Reason[] }

function byDefault(rules: readonly Candidate[], open: readonly Candidate[]): Found | undefined {
  const [first, ...others] = rules.filter(({ rule }) => rule.pathType === 'default')
  if (first) {
    const elsewhere = others.filter((one) => !isSameBackend(first, one))
    const notes = elsewhere.length > 0 ? [say('entry-defaults-alike', { count: elsewhere.length + 1 })] : []
    return { one: first, possible: false, notes }
  }
  const [one] = open
  return one && { one, possible: true, notes: [pathOrder(one)] }
}

const mayTake = ({ rule: { path }, reading }: Candidate, asked: string): boolean =>
  reading === 'exact' ? path === asked : hasPrefix(asked, path)

function byPrecedence(a: Candidate, b: Candidate): number {
  const exact = ({ reading }: Candidate) => (reading === 'exact' ? 1 : 0)
  return byHost(a, b) || length(b.rule) - length(a.rule) || exact(b) - exact(a)
}

const length = ({ path }: IngressRule) => path.replace(/\/$/, '').length

const byHost = ({ rule: a }: Candidate, { rule: b }: Candidate): number => precision(b.host) - precision(a.host)

const isOwn = ({ reading }: Candidate): boolean => reading === 'own' || reading === 'expression'

// The order of hosts, of rules alike and of paths read by a controller is the controller's.
function byRule(first: Candidate, others: readonly Candidate[]): Found {
  const elsewhere = others.filter((one) => !isSameBackend(first, one))
  const own = [first, ...others].find(isOwn)
  const alike = elsewhere.filter((one) => byPrecedence(first, one) === 0 && one.rule.host === first.rule.host)
  const wider = elsewhere.find(({ rule }) => rule.host !== first.rule.host)
  const notes = [
    ...(own ? [pathOrder(own)] : []),
    ...alike.map(({ ingress }) => say('entry-rules-alike', { entry: ingress.key, path: first.rule.path })),
    ...(wider ? [say('entry-host-order', { host: wider.rule.host === '' ? '*' : wider.rule.host })] : []),
  ]
  return { one: first, possible: false, notes }
}

// A path that is no prefix may be an expression, or anything else: whether it takes the request only its controller knows.
function openNotes(one: Candidate, open: readonly Candidate[], said: readonly Reason[]): readonly Reason[] {
  if (said.some(({ code }) => code === 'entry-path-order' || code === 'entry-path-expression')) return []
  const other = open.find((own) => !isSameBackend(one, own) && byHost(own, one) <= 0)
  return other ? [pathOrder(other)] : []
}

// Many controllers look no further than the most precise host that any rule names. The default backend is documented for the rules
// of its own Ingress.
function closerNotes(one: Candidate, ofHost: readonly Candidate[]): readonly Reason[] {
  const isDefault = one.rule.pathType === 'default'
  const closer = ofHost.find((other) => byHost(other, one) < 0 && !(isDefault && other.ingress === one.ingress))
  return closer ? [say('entry-host-closer', { host: closer.rule.host })] : []
}

const pathOrder = ({ rule: { path, host }, reading }: Candidate): Reason =>
  reading === 'expression' ? say('entry-path-expression', { path, host }) : say('entry-path-order', { path })

// Where the type of the path would leave it open, and the controller is known.
const readingNotes = ({ rule: { path, pathType }, reading }: Candidate): readonly Reason[] =>
  reading === 'prefix' && pathType !== 'Prefix' && pathType !== 'default' ? [say('entry-path-nginx', { path })] : []

const isSameBackend = (a: Candidate, b: Candidate): boolean =>
  a.ingress.namespace === b.ingress.namespace &&
  a.rule.backend.service === b.rule.backend.service &&
  a.rule.backend.port === b.rule.backend.port

function tlsNotes(view: ClusterView, { ingress, rule }: Candidate): readonly Reason[] {
  return ingressWay(view, ingress, rule).tls ? [] : [say('entry-tls-none', { entry: ingress.key })]
}

const say = (code: string, values: Reason['values']): Reason => ({ code, values })
