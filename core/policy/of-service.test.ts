import { expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { serviceKey } from '../model/keys'
import type { ClusterRecord, Kind } from '../model/records'
import { networkPolicy, pod, service } from '../testing/builders'
import { clusterEvents } from '../testing/small-cluster'
import { policiesOfService } from './of-service'
import { expression, labelled, rule } from './testing'

const pods = [1, 2, 3].map((n) => pod({ name: `cart-${n}`, labels: { app: 'cart', n: String(n) } }))
const one = labelled({ n: '1' })

function asked(records: readonly ClusterRecord[], unknown: readonly Kind[] = []) {
  const store = createClusterStore()
  store.apply(clusterEvents([service(), ...pods, ...records], unknown))
  const found = policiesOfService(store, serviceKey('shop', 'cart'))
  return found && `${found.coverage} ${found.closed} of ${found.pods} closed, ${found.shut} shut: ${found.policies}`
}

test.each<[string, readonly ClusterRecord[], string]>([
  ['no policy', [], 'synced 0 of 3 closed, 0 shut: '],
  ['egress is no matter', [networkPolicy({ policyTypes: ['Egress'] })], 'synced 0 of 3 closed, 0 shut: '],
  ['all of them shut', [networkPolicy()], 'synced 3 of 3 closed, 3 shut: shop/deny-all'],
  [
    'one with a rule',
    [networkPolicy({ name: 'one', podSelector: one, ingress: [rule()] })],
    'synced 1 of 3 closed, 0 shut: shop/one',
  ],
  [
    'shut, but for one',
    [networkPolicy(), networkPolicy({ name: 'one', podSelector: one, ingress: [rule()] })],
    'synced 3 of 3 closed, 2 shut: shop/deny-all,shop/one',
  ],
  [
    'in the order of their keys, not of the pods',
    [
      networkPolicy({ name: 'z', podSelector: labelled({ n: '1' }) }),
      networkPolicy({ name: 'a', podSelector: labelled({ n: '2' }) }),
    ],
    'synced 2 of 3 closed, 2 shut: shop/a,shop/z',
  ],
  [
    'a selector that cannot be read shuts nobody for sure',
    [networkPolicy(), networkPolicy({ name: 'odd', podSelector: expression('n', 'Near', '1') })],
    'synced 3 of 3 closed, 0 shut: shop/deny-all,shop/odd',
  ],
])('[F1] the pods of a Service: %s', (_, records, expected) => {
  expect(asked(records)).toBe(expected)
})

test('[F1] policies that are not known, and a Service that is not there', () => {
  expect(asked([networkPolicy()], ['NetworkPolicy'])).toBe('loading 0 of 3 closed, 0 shut: ')
  expect(policiesOfService(createClusterStore(), serviceKey('shop', 'cart'))).toBeUndefined()
})
