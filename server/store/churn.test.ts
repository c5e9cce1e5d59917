import { expect, test } from 'vitest'
import { sliceBytes } from '@/core/cost/slice-size'
import { typicalEndpointsBytes, typicalSliceBytes } from '@/core/cost/typical'
import type { ClusterView } from '@/core/model/cluster-view'
import type { ClusterEvent } from '@/core/model/events'
import { serviceKey } from '@/core/model/keys'
import type { ClusterRecord, Endpoint } from '@/core/model/records'
import { endpoint, service, slice } from '@/core/testing/builders'
import { createChurnLog } from './churn'
import { createClusterStore } from './cluster-store'

const put = (record: ClusterRecord): ClusterEvent => ({ type: 'put', record })
const synced: ClusterEvent = { type: 'synced', kind: 'EndpointSlice', scope: '' }
let version = 1
const written = (name: string, endpoints: readonly Endpoint[], over?: Parameters<typeof slice>[0]) => {
  version += 1
  return slice({ name, resourceVersion: String(version), endpoints, ...over })
}
const ready = (...addresses: string[]) => addresses.map((address) => endpoint(address))

function setUp(options: { mostRows?: number; mostServices?: number } = {}) {
  const store = createClusterStore()
  let now = 0
  const log = createChurnLog({ view: store, now: () => now, ...options })
  const apply = (at: number, ...events: ClusterEvent[]) => {
    now = at
    log.note(events)
    store.apply(events)
  }
  const report = (view: ClusterView = store, isEstimated = false) => log.report(view, { isEstimated })
  return { store, log, apply, report }
}

function cart() {
  const made = setUp()
  made.apply(0, put(service({ name: 'cart' })), put(written('cart-1', ready('10.0.0.1', '10.0.0.2'))), synced)
  return made
}

test('[J11] the first list is no churn; a write is counted with its bytes and with what became of the endpoints', () => {
  const { apply, report } = cart()
  expect(report()).toMatchObject({ buckets: [], services: [], changes: [], total: { writes: 0 } })
  const after = written('cart-1', [endpoint('10.0.0.1', { ready: false, serving: false }), endpoint('10.0.0.3')])
  apply(12_000, put(after))
  expect(report()).toMatchObject({
    buckets: [{ at: 10_000, writes: 1, bytes: sliceBytes(after), legacyWrites: 1 }],
    changes: [{ service: 'shop/cart', at: 10_000, added: 1, removed: 1, becameUnready: 1, becameReady: 0 }],
    total: { writes: 1, bytes: sliceBytes(after) },
  })
})

test('[J9] a write that changes hints alone is no write of an Endpoints object, nor is one already terminating that goes', () => {
  const { apply, report } = cart()
  apply(1000, put(written('cart-1', [endpoint('10.0.0.1', { hintZones: ['a'] }), endpoint('10.0.0.2')])))
  expect(report().total).toMatchObject({ writes: 1, legacyWrites: 0 })
  const leaving = endpoint('10.0.0.2', { ready: false, terminating: true })
  apply(3000, put(written('cart-1', [endpoint('10.0.0.1', { hintZones: ['a'] }), leaving])))
  expect(report().total).toMatchObject({ writes: 2, legacyWrites: 1 })
  expect(report().changes).toMatchObject([{ terminating: 1, becameUnready: 0 }])
  apply(5000, put(written('cart-1', [endpoint('10.0.0.1', { hintZones: ['a'] })])))
  expect(report().total).toMatchObject({ writes: 3, legacyWrites: 1 })
})

test('[J10] the slices of one sync are one write of the whole Endpoints object; the same slice again is another', () => {
  const { apply, report, log, store } = cart()
  const [one, two] = [
    written('cart-1', ready('10.0.0.1', '10.0.0.2', '10.0.0.3')),
    written('cart-2', ready('10.0.0.4')),
  ]
  apply(1000, put(one))
  apply(1300, put(two))
  const { total } = report()
  expect([total.writes, total.legacyWrites]).toEqual([2, 1])
  const addresses = total.legacyBytes.protobuf - typicalEndpointsBytes(0, 'IPv4').protobuf
  // ip and an empty hostname, each with tag and length, and those of the address itself.
  expect(addresses).toBe(4 * (2 + '10.0.0.1'.length + 2 + 2))
  apply(1400, put(written('cart-2', ready('10.0.0.4', '10.0.0.5'))))
  // Asked of one Service, because an answer about all of them is given again within a second.
  expect(log.report(store, { service: serviceKey('shop', 'cart'), isEstimated: false }).total.legacyWrites).toBe(2)
})

test('[J10] slices of the second family are written beside, and Endpoints is not', () => {
  const { apply, report } = cart()
  apply(1000, put(written('cart-6', ready('2001:db8::1'), { addressType: 'IPv6' })))
  expect(report().total).toMatchObject({ writes: 1, legacyWrites: 0, legacyBytes: { json: 0 } })
  expect(report().changes).toEqual([])
})

test('what is written as it was before, or told again by a new list, is counted once', () => {
  const { apply, report } = cart()
  const again = written('cart-1', ready('10.0.0.1', '10.0.0.2'))
  apply(1000, put(again))
  apply(2000, put(again))
  expect(report().total).toMatchObject({ writes: 1, legacyWrites: 0 })
  expect(report().changes).toEqual([])
})

test('a deleted slice is sent once more, and what it listed is gone', () => {
  const { apply, report } = cart()
  apply(1000, { type: 'remove', kind: 'EndpointSlice', key: 'shop/cart-1', uid: slice({ name: 'cart-1' }).uid })
  expect(report()).toMatchObject({ changes: [{ removed: 2 }], total: { writes: 1, legacyWrites: 1 } })
  expect(report().total.legacyBytes).toEqual(typicalEndpointsBytes(0, 'IPv4'))
})

test('[J11] half an hour later nothing is kept but the total', () => {
  const { apply, report, log } = cart()
  apply(1000, put(written('cart-1', ready('10.0.0.1'))))
  apply(1_900_000, put(service({ name: 'cart' })))
  expect(report()).toMatchObject({ buckets: [], services: [], total: { writes: 1 }, from: 100_000 })
  expect(log.size()).toEqual({ rows: 0, services: 1 })
})

test('[J11] however much is written, no more rows and Services are kept than allowed, and the reader is told since when', () => {
  const { apply, report, log } = setUp({ mostRows: 20, mostServices: 7 })
  apply(0, synced, ...Array.from({ length: 15 }, (_, i) => put(service({ name: `s${i}` }))))
  for (let at = 0; at < 40; at += 1) {
    const name = `s${at % 15}`
    apply(at * 10_000, put(written(name, ready(`10.0.${at}.1`), { serviceName: name })))
  }
  expect(log.size()).toEqual({ rows: 20, services: 7 })
  expect(report()).toMatchObject({ since: 0, from: 200_000 })
  expect(report().buckets).toHaveLength(20)
})

test('[J11] a view that does not hold the Service is told nothing that counts it', () => {
  const { apply, report, store } = cart()
  apply(1000, put(service({ name: 'pay' })), put(written('pay-1', ready('10.0.9.9'), { serviceName: 'pay' })))
  apply(2000, put(written('cart-1', ready('10.0.0.1'))))
  const blind: ClusterView = {
    ...store,
    service: (key) => (key === serviceKey('shop', 'pay') ? undefined : store.service(key)),
  }
  expect(report().total.writes).toBe(2)
  const told = report(blind)
  expect(told.total.writes).toBe(1)
  expect([told.serviceCount, told.changes.length, told.buckets[0]?.writes]).toEqual([1, 1, 1])
  expect(JSON.stringify(told)).not.toContain('pay')
})

test('[J11] who may not see every name is told sizes of middling objects, whatever the names are', () => {
  const { apply, report } = cart()
  const long = ready('10.0.0.1').map((one) => ({ ...one, nodeName: 'n'.repeat(200) }))
  apply(1000, put(written('cart-1', long)))
  const one = typicalSliceBytes(1, 'IPv4')
  expect(report(undefined, true).total.bytes.protobuf).toBeCloseTo(one.protobuf, -1)
  expect(report(undefined, false).total.bytes.protobuf).toBeGreaterThan(500)
})

// Measured, so that nobody makes it grow with the Service: a write that went through all slices would cost some forty times as much.
test('[J11] a write costs its slice, however many more its Service has', () => {
  const cost = (slices: number) => {
    const all = Array.from({ length: slices }, (_, i) =>
      written(`cart-${i}`, ready(...Array.from({ length: 100 }, (_, at) => `10.${i}.0.${at}`))),
    )
    const log = createChurnLogOver(all)
    const times = Array.from({ length: 40 }, (_, i) => {
      const next = written('cart-0', ready(...Array.from({ length: 100 }, (_, at) => `10.${i}.1.${at}`)))
      const begin = performance.now()
      log.note([put(next)])
      return performance.now() - begin
    })
    return Math.min(...times)
  }
  const [small, large] = [cost(1), cost(500)]
  expect(large).toBeLessThan(small * 10)
})

function createChurnLogOver(records: readonly ClusterRecord[]) {
  const store = createClusterStore()
  store.apply([put(service({ name: 'cart' })), ...records.map(put), synced])
  return createChurnLog({ view: store, now: () => 0 })
}

test('[J11] readers of one view who ask within a second are given one answer, and a later one a new one', () => {
  const { apply, report } = cart()
  apply(1000, put(written('cart-1', ready('10.0.0.1'))))
  const first = report()
  apply(1500, put(written('cart-1', ready('10.0.0.2'))))
  expect(report()).toBe(first)
  apply(2100, put(written('cart-1', ready('10.0.0.3'))))
  expect(report().total.writes).toBe(3)
})
