import { expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { entryKinds, type HTTPRouteRecord } from '../model/records-entries'
import { service } from '../testing/builders'
import { gateway, gatewayClass, httpRoute, parentRef, routeRule } from '../testing/entry-builders'
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
