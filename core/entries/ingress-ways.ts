// The rules of an Ingress, as ways in. Made once per Ingress and Service it names; what they lead to is asked each time.

import type { ClusterView } from '../model/cluster-view'
import { type ServiceKey, serviceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { IngressBackend, IngressPath, IngressRecord } from '../model/records-entries'
import { backendOf } from './backend'
import { ingressHostMeets } from './hosts'
import { classOf } from './ingress-class'
import { isNginx } from './path-reading'
import type { EntryWay } from './types'

/** A rule of an Ingress: where it stands and what it takes. */
export type IngressRule = {
  readonly at: string
  readonly host: string
  readonly path: string
  readonly pathType: string
  readonly backend: IngressBackend
}

const known = new WeakMap<IngressRecord, readonly IngressRule[]>()
const knownByService = new WeakMap<IngressRecord, ReadonlyMap<ServiceKey, readonly IngressRule[]>>()

/** Every rule with what it leads to, the default backend last. */
export function rulesOf(ingress: IngressRecord): readonly IngressRule[] {
  const before = known.get(ingress)
  if (before) return before
  const { rules, defaultBackend } = ingress
  const rows = rules.flatMap(({ host, paths }, at) => paths.map((one, index) => row(host, one, `${at}.${index}`)))
  const rest: readonly IngressRule[] = defaultBackend
    ? [{ at: 'default', host: '', path: '', pathType: 'default', backend: defaultBackend }]
    : []
  const all = [...rows, ...rest]
  known.set(ingress, all)
  return all
}

// Without a path every one is meant.
const row = (host: string, { path, pathType, backend }: IngressPath, at: string): IngressRule => ({
  at,
  host,
  path: path === '' ? '/' : path,
  pathType,
  backend,
})

/** The rules that name this Service, as ways in. */
export function ingressWays(view: ClusterView, ingress: IngressRecord, service: ServiceKey): readonly EntryWay[] {
  return (byService(ingress).get(service) ?? []).map((rule) => ingressWay(view, ingress, rule))
}

/** One rule as a way in. Throws nothing: a rule without a Service leads nowhere and says so. */
export function ingressWay(view: ClusterView, ingress: IngressRecord, rule: IngressRule): EntryWay {
  const { host, path, pathType, backend } = rule
  const of = classOf(view, ingress)
  const key = serviceKey(ingress.namespace, backend.service ?? '')
  const to =
    backend.service === undefined
      ? { port: undefined, broken: [withoutService(backend)], notes: [] }
      : backendOf(view, key, backend.port)
  return {
    entry: { kind: 'Ingress', id: ingress.key },
    id: `Ingress ${ingress.key} ${rule.at}`,
    hosts: [host],
    path,
    pathType,
    conditions: [],
    className: of.name,
    through: [],
    addresses: ingress.addresses,
    service: key,
    port: backend.port ?? '',
    servicePort: to.port?.port,
    weight: 1,
    share: 1,
    redirects: false,
    tls: isTls(ingress, host),
    broken: [...of.broken, ...to.broken],
    notes: [...of.notes, ...to.notes, ...tlsNotes(ingress, host), ...pathNotes(view, of.name, { ingress, pathType })],
  }
}

function byService(ingress: IngressRecord): ReadonlyMap<ServiceKey, readonly IngressRule[]> {
  const before = knownByService.get(ingress)
  if (before) return before
  const made = new Map<ServiceKey, IngressRule[]>()
  for (const rule of rulesOf(ingress)) {
    if (rule.backend.service === undefined) continue
    const key = serviceKey(ingress.namespace, rule.backend.service)
    const rules = made.get(key)
    if (rules) rules.push(rule)
    else made.set(key, [rule])
  }
  knownByService.set(ingress, made)
  return made
}

const withoutService = ({ resource }: IngressBackend): Reason =>
  resource === undefined ? say('entry-without-backend') : say('entry-resource', { resource })

/** Whether one of the certificates is for this host; one without hosts is the controller's default, for every host. */
function isTls({ tls }: IngressRecord, host: string): boolean {
  return tls.some(({ hosts }) => hosts.length === 0 || hosts.some((one) => ingressHostMeets(one, host) === 'yes'))
}

/** Rule Y4: TLS is asked for, and not for this rule's host. */
function tlsNotes(ingress: IngressRecord, host: string): readonly Reason[] {
  const { tls } = ingress
  if (tls.length === 0 || isTls(ingress, host)) return []
  const all = tls.flatMap((one) => one.hosts)
  const named = { hosts: all.slice(0, 5).join(', '), more: Math.max(0, all.length - 5) }
  if (host === '') return [say('entry-tls-others', named)]
  const untold = all.some((one) => ingressHostMeets(one, host) === 'unknown')
  return untold ? [] : [say('entry-tls-host', { host, ...named })]
}

type Written = { readonly ingress: IngressRecord; readonly pathType: string }

// Whether another Ingress of the host asks for expressions is told where a request is explained.
function pathNotes(view: ClusterView, className: string, { ingress, pathType }: Written): readonly Reason[] {
  if (['Exact', 'Prefix', 'default'].includes(pathType)) return []
  if (!isNginx(view, className)) return [say('entry-path-own')]
  return [say(ingress.expressions ? 'entry-path-expressions' : 'entry-path-as-prefix')]
}

const say = (code: string, values: Reason['values'] = {}): Reason => ({ code, values })
