import type { FieldReader, Identity } from './from-api-reader'
import { objectKey } from './keys'
import type {
  EntryCondition,
  GatewayClassRecord,
  GatewayRecord,
  HTTPRouteRecord,
  LabelRequirement,
  Listener,
  ParentRef,
  ReferenceGrantRecord,
  RouteMatch,
  RouteRule,
} from './records-entries'

const GATEWAY_GROUP = 'gateway.networking.k8s.io'

/** GatewayClass record (sigs.k8s.io/gateway-api apis/v1@v1.6.3, as are all defaults here). */
export function parseGatewayClass(object: FieldReader, identity: Identity): GatewayClassRecord {
  const { namespace: _, ...named } = identity
  return {
    ...named,
    kind: 'GatewayClass',
    key: identity.name,
    controller: object.child('spec').string('controllerName') ?? '',
    accepted: condition(object.child('status'), 'Accepted')?.status,
  }
}

/** Gateway record; what its controller says of a listener is kept with the listener. */
export function parseGateway(object: FieldReader, identity: Identity): GatewayRecord {
  const spec = object.child('spec')
  const status = object.child('status')
  const told = new Map(
    status.children('listeners').map((one) => [one.string('name') ?? '', condition(one, 'Accepted')]),
  )
  return {
    ...identity,
    kind: 'Gateway',
    key: objectKey(identity.namespace, identity.name),
    className: spec.string('gatewayClassName') ?? '',
    listeners: spec.children('listeners').map((one) => {
      const name = one.string('name') ?? ''
      return { ...parseListener(one, identity.namespace), name, accepted: told.get(name) }
    }),
    addresses: status.children('addresses').flatMap((one) => one.text('value') ?? []),
    accepted: condition(status, 'Accepted'),
    programmed: condition(status, 'Programmed'),
  }
}

/** HTTPRoute record. A rule without matches is given the one of every path, a match without a path that of the prefix /. */
export function parseHTTPRoute(object: FieldReader, identity: Identity): HTTPRouteRecord {
  const spec = object.child('spec')
  const { namespace } = identity
  return {
    ...identity,
    kind: 'HTTPRoute',
    key: objectKey(namespace, identity.name),
    parents: spec.children('parentRefs').map((one) => parseParent(one, namespace)),
    hostnames: spec.strings('hostnames'),
    rules: spec.children('rules').map((rule) => parseRule(rule, namespace)),
    statuses: object
      .child('status')
      .children('parents')
      .map((one) => ({
        parent: parseParent(one.child('parentRef'), namespace),
        accepted: condition(one, 'Accepted'),
        resolvedRefs: condition(one, 'ResolvedRefs'),
      })),
  }
}

/** ReferenceGrant record; v1 and v1beta1 have the same fields. */
export function parseReferenceGrant(object: FieldReader, identity: Identity): ReferenceGrantRecord {
  const spec = object.child('spec')
  const named = (one: FieldReader) => ({ group: one.string('group') ?? '', kind: one.string('kind') ?? '' })
  return {
    ...identity,
    kind: 'ReferenceGrant',
    key: objectKey(identity.namespace, identity.name),
    from: spec.children('from').map((one) => ({ ...named(one), namespace: one.string('namespace') ?? '' })),
    to: spec.children('to').map((one) => ({ ...named(one), name: one.text('name') })),
  }
}

function parseListener(listener: FieldReader, namespace: string): Omit<Listener, 'name' | 'accepted'> {
  const allowed = listener.child('allowedRoutes')
  const namespaces = allowed.child('namespaces')
  const tls = listener.child('tls')
  return {
    hostname: listener.string('hostname') ?? '',
    port: listener.port('port') ?? 0,
    protocol: listener.string('protocol') ?? '',
    tlsMode: tls.text('mode'),
    certificates: tls
      .children('certificateRefs')
      .map((one) => `${one.text('namespace') ?? namespace}/${one.string('name') ?? ''}`),
    from: namespaces.text('from') ?? 'Same',
    selector: namespaces.has('selector') ? parseSelector(namespaces.child('selector')) : undefined,
    kinds: allowed
      .children('kinds')
      .map((one) => `${one.string('group') ?? GATEWAY_GROUP}/${one.string('kind') ?? ''}`),
  }
}

function parseSelector(selector: FieldReader): readonly LabelRequirement[] {
  const labels = [...selector.map('matchLabels')].map(([key, value]) => ({ key, operator: 'In', values: [value] }))
  const expressions = selector.children('matchExpressions').map((one) => ({
    key: one.string('key') ?? '',
    operator: one.string('operator') ?? '',
    values: one.strings('values'),
  }))
  return [...labels, ...expressions]
}

const parseParent = (parent: FieldReader, namespace: string): ParentRef => ({
  group: parent.string('group') ?? GATEWAY_GROUP,
  kind: parent.text('kind') ?? 'Gateway',
  namespace: parent.text('namespace') ?? namespace,
  name: parent.string('name') ?? '',
  sectionName: parent.text('sectionName'),
  port: parent.port('port'),
})

function parseRule(rule: FieldReader, namespace: string): RouteRule {
  const matches = rule.children('matches').map(parseMatch)
  return {
    matches: matches.length === 0 ? [EVERY_PATH] : matches,
    filters: filtersOf(rule),
    backends: rule.children('backendRefs').map((one) => ({
      group: one.string('group') ?? '',
      kind: one.text('kind') ?? 'Service',
      namespace: one.text('namespace') ?? namespace,
      name: one.string('name') ?? '',
      port: one.port('port'),
      weight: weightOf(one),
      filters: filtersOf(one),
    })),
  }
}

/** Types alone: what a filter holds never enters. */
const filtersOf = (object: FieldReader): readonly string[] => [
  ...new Set(object.children('filters').map((one) => one.string('type') ?? '')),
]

const EVERY_PATH: RouteMatch = { pathType: 'PathPrefix', path: '/', method: undefined, headers: [], queryParams: [] }

function parseMatch(match: FieldReader): RouteMatch {
  const path = match.child('path')
  const names = (key: string) => match.children(key).map((one) => one.string('name') ?? '')
  return {
    pathType: path.text('type') ?? 'PathPrefix',
    path: path.text('value') ?? '/',
    method: match.text('method'),
    headers: names('headers'),
    queryParams: names('queryParams'),
  }
}

// The CRD admits 0 to 1,000,000. A weight that was written past it is kept as it stands, for whoever reads it to refuse.
function weightOf(backend: FieldReader): number {
  const value = backend.raw('weight')
  if (value === undefined) return 1
  if (typeof value === 'number' && Number.isFinite(value)) return value
  backend.fault('weight', 'wrong-type')
  return 1
}

function condition(object: FieldReader, type: string): EntryCondition {
  const found = object.children('conditions').find((one) => one.raw('type') === type)
  const status = found?.string('status')
  if (found === undefined || (status !== 'True' && status !== 'False')) return undefined
  return { status: status === 'True', reason: found.string('reason') ?? '' }
}
