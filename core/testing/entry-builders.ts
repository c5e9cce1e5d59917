// Records of entries for tests: name only the fields a row is about.

import { objectKey } from '../model/keys'
import type { Meta } from '../model/meta'
import type {
  BackendRef,
  GatewayClassRecord,
  GatewayRecord,
  HTTPRouteRecord,
  IngressBackend,
  IngressClassRecord,
  IngressPath,
  IngressRecord,
  Listener,
  ParentRef,
  ReferenceGrantRecord,
  RouteMatch,
  RouteRule,
} from '../model/records-entries'

const GATEWAY_GROUP = 'gateway.networking.k8s.io'

const meta = (kind: string, key: string): Meta => ({
  uid: `uid-of-${kind}-${key}`,
  resourceVersion: '1',
  createdAt: 0,
  deletedAt: undefined,
})

type Over<T> = Partial<Omit<T, 'key' | 'kind'>>

function named<T extends { namespace?: string; name?: string }>(kind: string, over: T | undefined, fallback: string) {
  const namespace = over?.namespace ?? 'shop'
  const name = over?.name ?? fallback
  const key = objectKey(namespace, name)
  return { ...meta(kind, key), ...over, namespace, name, key }
}

export const ingressBackend = (service = 'cart', port: number | string | undefined = 80): IngressBackend => ({
  service,
  port,
  resource: undefined,
})

export const ingressPath = (path: string, over?: Partial<IngressPath>): IngressPath => ({
  path,
  pathType: 'Prefix',
  backend: ingressBackend(),
  ...over,
})

/** Ingress `shop/web` of class nginx with one rule: shop.example.com/ leads to cart:80. */
export function ingress(over?: Over<IngressRecord>): IngressRecord {
  return {
    className: 'nginx',
    classAnnotation: undefined,
    expressions: false,
    defaultBackend: undefined,
    rules: [{ host: 'shop.example.com', paths: [ingressPath('/')] }],
    tls: [],
    addresses: [],
    ...named('Ingress', over, 'web'),
    kind: 'Ingress',
  }
}

/** IngressClass `nginx`, not the default one. */
export function ingressClass(over?: Over<IngressClassRecord>): IngressClassRecord {
  const name = over?.name ?? 'nginx'
  const fields = { controller: 'example.com/nginx', isDefault: false, ...over }
  return { ...meta('IngressClass', name), ...fields, kind: 'IngressClass', name, key: name }
}

/** GatewayClass `edge`, accepted. */
export function gatewayClass(over?: Over<GatewayClassRecord>): GatewayClassRecord {
  const name = over?.name ?? 'edge'
  const fields = { controller: 'example.com/edge', accepted: true, ...over }
  return { ...meta('GatewayClass', name), ...fields, kind: 'GatewayClass', name, key: name }
}

/** Listener `http` of port 80 for every host, for routes of its own namespace. */
export const listener = (over?: Partial<Listener>): Listener => ({
  name: 'http',
  hostname: '',
  port: 80,
  protocol: 'HTTP',
  tlsMode: undefined,
  certificates: [],
  from: 'Same',
  selector: undefined,
  kinds: [],
  accepted: undefined,
  ...over,
})

/** Gateway `shop/edge` of class edge with one listener. */
export function gateway(over?: Over<GatewayRecord>): GatewayRecord {
  return {
    className: 'edge',
    listeners: [listener()],
    addresses: ['203.0.113.50'],
    accepted: { status: true, reason: 'Accepted' },
    programmed: { status: true, reason: 'Programmed' },
    ...named('Gateway', over, 'edge'),
    kind: 'Gateway',
  }
}

export const parentRef = (over?: Partial<ParentRef>): ParentRef => ({
  group: GATEWAY_GROUP,
  kind: 'Gateway',
  namespace: 'shop',
  name: 'edge',
  sectionName: undefined,
  port: undefined,
  ...over,
})

export const routeMatch = (path = '/', over?: Partial<RouteMatch>): RouteMatch => ({
  pathType: 'PathPrefix',
  path,
  method: undefined,
  headers: [],
  queryParams: [],
  ...over,
})

export const backendRef = (over?: Partial<BackendRef>): BackendRef => ({
  group: '',
  kind: 'Service',
  namespace: 'shop',
  name: 'cart',
  port: 80,
  weight: 1,
  filters: [],
  ...over,
})

export const routeRule = (over?: Partial<RouteRule>): RouteRule => ({
  matches: [routeMatch()],
  filters: [],
  backends: [backendRef()],
  ...over,
})

/** HTTPRoute `shop/web` of Gateway shop/edge for shop.example.com, all of it to cart:80. */
export function httpRoute(over?: Over<HTTPRouteRecord>): HTTPRouteRecord {
  return {
    parents: [parentRef()],
    hostnames: ['shop.example.com'],
    rules: [routeRule()],
    statuses: [],
    ...named('HTTPRoute', over, 'web'),
    kind: 'HTTPRoute',
  }
}

/** ReferenceGrant `shop/grant`: HTTPRoutes of namespace web may name every Service of shop. */
export function referenceGrant(over?: Over<ReferenceGrantRecord>): ReferenceGrantRecord {
  return {
    from: [{ group: GATEWAY_GROUP, kind: 'HTTPRoute', namespace: 'web' }],
    to: [{ group: '', kind: 'Service', name: undefined }],
    ...named('ReferenceGrant', over, 'grant'),
    kind: 'ReferenceGrant',
  }
}
