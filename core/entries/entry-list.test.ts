import { expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord, Kind } from '../model/records'
import { entryKinds, type HTTPRouteRecord } from '../model/records-entries'
import { service } from '../testing/builders'
import {
  backendRef,
  gateway,
  gatewayClass,
  httpRoute,
  ingress,
  ingressBackend,
  ingressClass,
  ingressPath,
  listener,
  parentRef,
  routeRule,
} from '../testing/entry-builders'
import { entryList } from './entry-list'

function listOf(route: HTTPRouteRecord, text = '') {
  const store = createClusterStore()
  store.apply([
    ...(['Service', ...entryKinds] as const).map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...[service(), gatewayClass(), gateway(), route].map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return entryList(store, text)
}

const redirect = routeRule({ backends: [], filters: ['RequestRedirect'] })
const gone = parentRef({ name: 'gone' })

test.each<[string, Parameters<typeof httpRoute>[0], string[], string[]]>([
  ['a route that redirects', { rules: [redirect] }, ['shop/edge'], []],
  ['one that no Gateway lets in', { rules: [redirect], parents: [gone] }, [], ['entry-gateway-missing']],
  ['one with backends that none lets in', { parents: [gone] }, [], ['entry-gateway-missing']],
  ['one of two Gateways is not there', { rules: [redirect], parents: [parentRef(), gone] }, ['shop/edge'], []],
  [
    'a rule with neither backends nor filters',
    { rules: [routeRule(), routeRule({ backends: [] })] },
    ['shop/edge'],
    ['entry-without-backend'],
  ],
])('[Y6] %s stands with its hosts, its Gateways and what is broken', (_, over, by, broken) => {
  const row = listOf(httpRoute(over)).rows.find(({ kind }) => kind === 'HTTPRoute')
  expect({ hosts: row?.hosts, by: row?.by, broken: row?.broken.map(({ code }) => code) }).toEqual({
    hosts: ['shop.example.com'],
    by,
    broken,
  })
})

test('a broken route is found by the host that it is for', () => {
  expect(listOf(httpRoute({ parents: [gone] }), 'shop.EXAMPLE').rows.map(({ id }) => id)).toEqual(['shop/web'])
})

function all(records: readonly ClusterRecord[], unserved: readonly Kind[] = []) {
  const store = createClusterStore()
  store.apply([
    ...(['Service', ...entryKinds] as const).map(
      (kind): ClusterEvent =>
        unserved.includes(kind)
          ? { type: 'unavailable', kind, scope: '', why: 'unserved' }
          : { type: 'synced', kind, scope: '' },
    ),
    ...[service(), ingressClass(), gatewayClass(), ...records].map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return (text = '', most?: number) => entryList(store, text, most)
}

const two = ingress({
  rules: [
    { host: 'b.test', paths: [ingressPath('/'), ingressPath('/gone', { backend: ingressBackend('gone') })] },
    { host: 'b.test', paths: [ingressPath('/x', { backend: ingressBackend('gone') })] },
  ],
})

test('an Ingress stands with its hosts, class, rules, Services and each fault once', () => {
  expect(all([two])().rows).toEqual([
    {
      kind: 'Ingress',
      id: 'shop/web',
      hosts: ['b.test'],
      by: ['nginx'],
      rules: 3,
      services: ['shop/cart', 'shop/gone'],
      broken: [{ code: 'entry-service-missing', values: { service: 'shop/gone' } }],
    },
  ])
  const [bare, empty] = [ingress({ className: undefined }), ingress({ name: 'z', rules: [] })]
  expect(all([bare, empty])().rows.map(({ id, by, rules }) => [id, by, rules])).toEqual([
    ['shop/web', [], 1],
    ['shop/z', [], 0],
  ])
})

test('a default backend is a rule, and its Service is named once', () => {
  const [row] = all([ingress({ defaultBackend: ingressBackend() })])().rows
  expect([row?.rules, row?.services]).toEqual([2, ['shop/cart']])
})

test('a Gateway stands with the hosts of its listeners and its class', () => {
  const listeners = [
    listener({ hostname: 'a.test' }),
    listener({ name: 'b', hostname: 'a.test' }),
    listener({ name: 'c' }),
  ]
  expect(all([gateway({ listeners })])().rows).toEqual([
    { kind: 'Gateway', id: 'shop/edge', hosts: ['a.test', ''], by: ['edge'], rules: 3, services: [], broken: [] },
  ])
})

test('a route names every Service of its rules once, and no other kind', () => {
  const backends = [backendRef(), backendRef({ name: 'b' }), backendRef(), backendRef({ kind: 'Bucket', name: 'c' })]
  const [row] = all([gateway(), httpRoute({ rules: [routeRule({ backends })] })])().rows.filter(
    ({ kind }) => kind === 'HTTPRoute',
  )
  expect(row?.services).toEqual(['shop/cart', 'shop/b'])
})

test('the broken ones come first and are counted; a list is as long as one asks', () => {
  const list = all([ingress({ name: 'a' }), ingress({ name: 'b', className: 'gone' }), ingress({ name: 'c' })])
  expect(list()).toMatchObject({ count: 3, broken: 1 })
  expect(list().rows.map(({ id }) => id)).toEqual(['shop/b', 'shop/a', 'shop/c'])
  expect(list('', 2)).toMatchObject({ count: 3, rows: [{ id: 'shop/b' }, { id: 'shop/a' }] })
})

test.each([
  ['its host', 'B.test', 1],
  ['its kind and name', 'ingress shop/web', 1],
  ['its name between spaces', ' shop/web ', 1],
  ['a Service that it names', 'shop/gone', 1],
  ['something else', 'gateway', 0],
  ['nothing: all', ' ', 1],
])('an Ingress is found by %s', (_, text, count) => expect(all([two])(text).count).toBe(count))

test('of many hosts, Services and faults twenty are told', () => {
  const rules = Array.from({ length: 21 }, (_, at) => ({
    host: `h${at}.test`,
    paths: [ingressPath('/', { backend: ingressBackend(`s${at}`) })],
  }))
  const [row] = all([ingress({ rules })])().rows
  expect([row?.hosts.length, row?.services.length, row?.broken.length]).toEqual([20, 20, 20])
})

test.each<[readonly Kind[], boolean]>([
  [[], false],
  [['Gateway'], false],
  [['HTTPRoute'], false],
  [['Gateway', 'HTTPRoute'], true],
])('there is no Gateway API where %j are not served: %s', (unserved, without) => {
  expect(all([], unserved)().withoutGateways).toBe(without)
})

test.each([
  [
    { service: undefined, port: undefined, resource: 'Bucket/b' },
    { code: 'entry-resource', values: { resource: 'Bucket/b' } },
  ],
  [
    { service: undefined, port: undefined, resource: undefined },
    { code: 'entry-without-backend', values: {} },
  ],
])('a rule with backend %j leads to no Service', (backend, broken) => {
  const [row] = all([ingress({ rules: [{ host: 'a.test', paths: [ingressPath('/', { backend })] }] })])().rows
  expect([row?.services, row?.broken]).toEqual([[], [broken]])
})
