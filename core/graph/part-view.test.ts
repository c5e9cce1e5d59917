import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { endpoint, node, service, slice } from '../testing/builders'
import { createRandom } from '../testing/random'
import { randomRecord } from '../testing/random-records'
import { nodeFromSummary, serviceFromPart } from './part-view'
import { project } from './project'

const seeds = Array.from({ length: 40 }, (_, seed) => seed)
const asSent = <T extends object>(record: T) => ({ ...record, resourceVersion: '', deletedAt: undefined })

describe('records out of a part', () => {
  test.each(seeds)('[G5] seed %i: Service, slices and node come back as the store has them', (seed) => {
    const random = createRandom(seed)
    const records = Array.from({ length: 60 }, () =>
      randomRecord(random, random.pick(['Service', 'EndpointSlice', 'EndpointSlice', 'Node'])),
    )
    const store = createClusterStore()
    store.apply(records.map((record) => ({ type: 'put', record })))
    for (const record of store.services()) {
      expect(serviceFromPart(project(store, `service/${record.key}`))).toEqual({
        service: asSent(record),
        slices: store.slicesOfService(record.key).map(asSent),
      })
    }
    for (const record of store.nodes()) {
      const detail = project(store, `node/${record.name}`).objects.get(`Node:${record.name}`)
      expect(detail?.kind === 'Node' && nodeFromSummary(detail)).toEqual(asSent(record))
    }
  })

  test('endpoints keep the order of the API object, whatever the order of the part', () => {
    const store = createClusterStore()
    const addresses = ['10.0.0.9', '10.0.0.10', '10.0.0.9', '10.0.0.1']
    store.apply([
      { type: 'put', record: service() },
      { type: 'put', record: slice({ endpoints: addresses.map((address) => endpoint(address)) }) },
      { type: 'put', record: slice({ name: 'cart-z' }) },
    ])
    const part = project(store, 'service/shop/cart')
    const reversed = { key: part.key, objects: new Map([...part.objects].reverse()) }
    expect(serviceFromPart(reversed)?.slices.map((one) => one.name)).toEqual(['cart-a1b2c', 'cart-z'])
    expect(serviceFromPart(reversed)?.slices[0]?.endpoints.map((one) => one.addresses[0])).toEqual(addresses)
  })

  test('a part without its Service gives nothing to decide on', () => {
    const store = createClusterStore()
    store.apply([{ type: 'put', record: slice() }])
    expect(serviceFromPart(project(store, 'service/shop/cart'))).toBeUndefined()
  })

  test('a summary tells zone and readiness of a node, and leaves open what it does not say', () => {
    const store = createClusterStore()
    store.apply([{ type: 'put', record: node({ zone: 'a', osImage: 'Linux' }) }])
    const summary = project(store, 'overview').objects.get('NodeSummary:n1')
    const record = summary?.kind === 'NodeSummary' ? nodeFromSummary(summary) : undefined
    expect(record).toMatchObject({ name: 'n1', zone: 'a', ready: true, osImage: undefined })
  })
})
