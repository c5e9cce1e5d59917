import { expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import { serviceKey } from '../model/keys'
import type { ClusterRecord } from '../model/records'
import { service } from '../testing/builders'
import { httpRoute, ingress, ingressPath } from '../testing/entry-builders'
import { serviceEntries } from './project-entries'

test.each<[string, ClusterRecord, string | null]>([
  ['an Ingress without a host takes every one', ingress({ rules: [{ host: '', paths: [ingressPath('/')] }] }), ''],
  ['a route that nothing takes is told by its own host', httpRoute({ hostnames: ['a.test'] }), 'a.test'],
  ['a route without one leaves it to listeners that are not seen', httpRoute({ hostnames: [] }), null],
])('%s', (_, record, host) => {
  const store = createClusterStore()
  store.apply([service(), record].map((one) => ({ type: 'put', record: one })))
  expect(serviceEntries(store, serviceKey('shop', 'cart')).entries.map((one) => one.host)).toEqual([host])
})
