import { expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { networkPolicy, pod } from '../testing/builders'
import { policiesOfPods } from './of-pods'

const pods = [pod(), pod({ namespace: 'pay', name: 'ledger' })]

function asked(...scopes: readonly string[]) {
  const store = createClusterStore()
  store.apply([
    ...scopes.map((scope): ClusterEvent => ({ type: 'synced', kind: 'NetworkPolicy', scope })),
    { type: 'put', record: networkPolicy({ namespace: 'pay' }) },
  ])
  return (of = pods) => policiesOfPods(store, of, 'shop')
}

test('[F1] pods of several namespaces: each is closed by the policies of its own', () => {
  expect(asked('')()).toEqual({ coverage: 'synced', pods: 2, closed: 1, shut: 1, policies: ['pay/deny-all'] })
})

test('[F1] where the policies of one of the namespaces are not known nothing is said', () => {
  expect(asked('shop')()).toEqual({ coverage: 'loading', pods: 2, closed: 0, shut: 0, policies: [] })
  expect(asked('shop')(pods.slice(0, 1)).coverage).toBe('synced')
  expect(asked('pay')([]).coverage).toBe('loading')
})
