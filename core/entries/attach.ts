// Which listeners let a route in, and why the others do not. Rules Y6 to Y8; gateway-api apis/v1@v1.6.3.

import type { ClusterView } from '../model/cluster-view'
import { objectKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { GatewayRecord, HTTPRouteRecord, LabelRequirement, Listener, ParentRef } from '../model/records-entries'
import { type Meets, sharedHosts } from './hosts'
import { isKnown } from './known'

export const GATEWAY_GROUP = 'gateway.networking.k8s.io'

/** A listener that lets the route in, and the host names that both serve. */
type Attached = {
  readonly gateway: GatewayRecord
  readonly listener: Listener
  /** '' is every host; empty when they are not told. */
  readonly hosts: readonly string[]
}

export type Attachment = {
  readonly attached: readonly Attached[]
  /** Why a parent lets nothing in. */
  readonly broken: readonly Reason[]
  readonly notes: readonly Reason[]
}

/** Every parent of the route, in order. A route is let in where at least one listener of a parent takes it. */
export function attachmentOf(view: ClusterView, route: HTTPRouteRecord): Attachment {
  const all = route.parents.map((parent) => throughParent(view, route, parent))
  if (all.length === 0) return { attached: [], broken: [say('entry-without-parent')], notes: [] }
  return {
    attached: all.flatMap(({ attached }) => attached),
    broken: all.flatMap(({ broken }) => broken),
    notes: all.flatMap(({ notes }) => notes),
  }
}

const nothing = { attached: [], broken: [], notes: [] } satisfies Attachment
const brokenBy = (reason: Reason): Attachment => ({ ...nothing, broken: [reason] })

function throughParent(view: ClusterView, route: HTTPRouteRecord, parent: ParentRef): Attachment {
  const id = `${parent.namespace}/${parent.name}`
  if (parent.group !== GATEWAY_GROUP || parent.kind !== 'Gateway') {
    return { ...nothing, notes: [say('entry-parent-kind', { kind: parent.kind, parent: id })] }
  }
  const gateway = view.entry('Gateway', objectKey(parent.namespace, parent.name))
  if (gateway === undefined) {
    const known = isKnown(view, 'Gateway', parent.namespace)
    if (known) return brokenBy(say('entry-gateway-missing', { gateway: id }))
    return { ...nothing, notes: [say('entry-gateway-not-known', { gateway: id })] }
  }
  const named = gateway.listeners.filter((one) => isMeant(parent, one))
  if (named.length === 0) {
    const listener = [parent.sectionName, parent.port].filter((one) => one !== undefined).join(':')
    return brokenBy(say('entry-listener-missing', { gateway: id, listener }))
  }
  return joined(view, { route, gateway, listeners: named, told: toldBy(route, parent) })
}

const isMeant = ({ sectionName, port }: ParentRef, listener: Listener): boolean =>
  (sectionName ?? listener.name) === listener.name && (port ?? listener.port) === listener.port

type Joining = {
  readonly route: HTTPRouteRecord
  readonly gateway: GatewayRecord
  readonly listeners: readonly Listener[]
  readonly told: Attachment
}

// One listener that takes the route is enough; why others do not matters only where none does.
function joined(view: ClusterView, { route, gateway, listeners, told }: Joining): Attachment {
  const each = listeners.map((listener) => ({ listener, answer: letsIn(view, { route, gateway, listener }) }))
  const attached = each.flatMap(({ listener, answer }) =>
    'hosts' in answer ? [{ gateway, listener, hosts: answer.hosts }] : [],
  )
  const reasons = each.flatMap(({ answer }) => ('reason' in answer ? [answer] : []))
  const unknown = each.flatMap(({ answer }) => ('hosts' in answer ? answer.notes : []))
  const refused = attached.length === 0 ? reasons.map(({ reason }) => reason) : []
  const untold = attached.length === 0 ? reasons.filter(({ how }) => how === 'unknown').map(({ reason }) => reason) : []
  const broken = untold.length > 0 ? [] : refused
  const state = gatewayState(view, gateway)
  return {
    attached: told.broken.length > 0 || state.broken.length > 0 ? [] : attached,
    broken: [...broken, ...told.broken, ...state.broken],
    notes: [...untold, ...unknown, ...told.notes, ...state.notes],
  }
}

type Asked = { readonly route: HTTPRouteRecord; readonly gateway: GatewayRecord; readonly listener: Listener }
type Answer =
  | { readonly hosts: readonly string[]; readonly notes: readonly Reason[] }
  | { readonly how: 'no' | 'unknown'; readonly reason: Reason }

function letsIn(view: ClusterView, { route, gateway, listener }: Asked): Answer {
  const values = { gateway: gateway.key, listener: listener.name, namespace: route.namespace }
  const no = (code: string, more: Reason['values'] = {}): Answer => ({
    how: 'no',
    reason: say(code, { ...values, ...more }),
  })
  if (!takesHttp(listener)) return no('entry-listener-kind', { protocol: listener.protocol })
  const admitted = admits(view, { route, gateway, listener })
  if (admitted === 'no') return no('entry-listener-namespace')
  if (admitted === 'unknown') return { how: 'unknown', reason: say('entry-listener-selector', values) }
  if (listener.accepted?.status === false) return no('entry-listener-refused', { reason: listener.accepted.reason })
  const hosts = sharedHosts(listener.hostname, route.hostnames)
  if (hosts === 'unknown') return { hosts: [], notes: [say('entry-hosts-not-known', values)] }
  if (hosts.length > 0) return { hosts, notes: [] }
  return no('entry-no-shared-host', { host: listener.hostname, hosts: route.hostnames.slice(0, 5).join(', ') })
}

const takesHttp = ({ kinds, protocol }: Listener): boolean =>
  kinds.length > 0 ? kinds.includes(`${GATEWAY_GROUP}/HTTPRoute`) : protocol === 'HTTP' || protocol === 'HTTPS'

function admits(view: ClusterView, { route, gateway, listener }: Asked): Meets {
  if (listener.from === 'All') return 'yes'
  if (listener.from === 'Same') return gateway.namespace === route.namespace ? 'yes' : 'no'
  if (listener.from !== 'Selector') return 'no'
  const namespace = view.namespace(route.namespace)
  if (namespace === undefined || listener.selector === undefined) return listener.selector ? 'unknown' : 'no'
  const each = listener.selector.map((one) => meets(one, namespace.labels))
  return each.includes('no') ? 'no' : each.includes('unknown') ? 'unknown' : 'yes'
}

function meets({ key, operator, values }: LabelRequirement, labels: ReadonlyMap<string, string>): Meets {
  const value = labels.get(key)
  const answer = (yes: boolean): Meets => (yes ? 'yes' : 'no')
  if (operator === 'In') return answer(value !== undefined && values.includes(value))
  if (operator === 'NotIn') return answer(value === undefined || !values.includes(value))
  if (operator === 'Exists') return answer(value !== undefined)
  return operator === 'DoesNotExist' ? answer(value === undefined) : 'unknown'
}

// What a controller says of the parent stands beside what the objects say.
function toldBy({ statuses }: HTTPRouteRecord, parent: ParentRef): Attachment {
  const told = statuses.filter(({ parent: of }) => isSameParent(of, parent))
  const [refused] = told
  if (refused && told.every(({ accepted }) => accepted?.status === false)) {
    const values = { gateway: `${parent.namespace}/${parent.name}`, reason: refused.accepted?.reason ?? '' }
    return brokenBy(say('entry-route-refused', values))
  }
  return nothing
}

const isSameParent = (a: ParentRef, b: ParentRef): boolean =>
  a.group === b.group &&
  a.kind === b.kind &&
  a.namespace === b.namespace &&
  a.name === b.name &&
  a.sectionName === b.sectionName &&
  a.port === b.port

/** What class and controller make of a Gateway. */
export function gatewayState(view: ClusterView, gateway: GatewayRecord): Attachment {
  const values = { gateway: gateway.key, class: gateway.className }
  const found = view.entry('GatewayClass', gateway.className)
  if (found === undefined) {
    const known = isKnown(view, 'GatewayClass')
    const reason = say(known ? 'entry-gateway-class-missing' : 'entry-gateway-class-not-known', values)
    return known ? brokenBy(reason) : { ...nothing, notes: [reason] }
  }
  if (found.accepted === false) return brokenBy(say('entry-gateway-class-refused', values))
  if (gateway.accepted?.status === false) {
    return brokenBy(say('entry-gateway-refused', { ...values, reason: gateway.accepted.reason }))
  }
  const waiting = gateway.accepted === undefined || gateway.programmed?.status !== true
  return waiting ? { ...nothing, notes: [say('entry-gateway-waiting', values)] } : nothing
}

const say = (code: string, values: Reason['values'] = {}): Reason => ({ code, values })
