import { expect, test } from 'vitest'
import type { ClusterEvent } from '@/core/model/events'
import type { ClusterRecord } from '@/core/model/records'
import { endpoint, service, slice } from '@/core/testing/builders'
import { createClusterStore } from './cluster-store'
import { createDepartures } from './departures'

const put = (record: ClusterRecord): ClusterEvent => ({ type: 'put', record })
const cartSlice = (name: string, ...addresses: string[]) =>
  slice({ name, serviceName: 'cart', endpoints: addresses.map((address) => endpoint(address)) })

function setUp(most?: number) {
  const store = createClusterStore()
  let now = 0
  const departures = createDepartures({ view: store, now: () => now, ...(most !== undefined && { most }) })
  const apply = (at: number, ...events: ClusterEvent[]) => {
    now = at
    departures.note(events)
    store.apply(events)
  }
  const seen = () => departures.seenBy(store).map(({ address, at }) => [address, at])
  apply(0, put(service({ name: 'cart' })), put(cartSlice('cart-1', '10.0.0.1', '10.0.0.2')))
  return { apply, seen, store, departures }
}

test('an address that left its Service is told with the time, and no more once it is back', () => {
  const { apply, seen } = setUp()
  expect(seen()).toEqual([])
  apply(5, put(cartSlice('cart-1', '10.0.0.1')))
  expect(seen()).toEqual([['10.0.0.2', 5]])
  apply(6, put(cartSlice('cart-1', '10.0.0.1', '10.0.0.2')))
  expect(seen()).toEqual([])
  apply(9, put(cartSlice('cart-1', '10.0.0.1')))
  expect(seen()).toEqual([['10.0.0.2', 9]])
})

test('what moves from one slice to another has not left, in whatever order the two come', () => {
  const { apply, seen } = setUp()
  apply(5, put(cartSlice('cart-2', '10.0.0.2')), put(cartSlice('cart-1', '10.0.0.1')))
  apply(6, put(cartSlice('cart-2')), put(cartSlice('cart-1', '10.0.0.1', '10.0.0.2')))
  expect(seen()).toEqual([])
})

test('a slice that is deleted takes its addresses along; two changes in one batch both count', () => {
  const { apply, seen } = setUp()
  apply(5, put(cartSlice('cart-1', '10.0.0.1', '10.0.0.3')), {
    type: 'remove',
    kind: 'EndpointSlice',
    key: 'shop/cart-1',
    uid: cartSlice('cart-1').uid,
  })
  expect(seen()).toEqual([
    ['10.0.0.2', 5],
    ['10.0.0.1', 5],
    ['10.0.0.3', 5],
  ])
})

test('a view that does not hold the Service learns nothing', () => {
  const { apply, departures } = setUp()
  apply(5, put(cartSlice('cart-1')))
  expect(departures.seenBy(createClusterStore())).toEqual([])
})

test('only the newest are kept', () => {
  const { apply, seen } = setUp(1)
  apply(5, put(cartSlice('cart-1')))
  expect(seen()).toEqual([['10.0.0.2', 5]])
})
