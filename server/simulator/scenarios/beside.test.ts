// What the embedded cluster's own controllers write, laid side by side as the product does it.
import { describe, expect, test } from 'vitest'
import { besideSlices } from '@/core/endpoints/beside'
import { orphansOf } from '@/core/endpoints/strays'
import { endpointsKey, serviceKey } from '@/core/model/keys'
import type { ServiceRecord } from '@/core/model/records'
import { pod } from '@/core/testing/builders'
import { createClusterStore } from '../../store/cluster-store'
import { eventsOf, startAt, worldOf } from '../testing/world-at'
import { settle } from '../world/controllers'
import { createWorld } from '../world/create-world'
import { syncEndpoints } from '../world/endpoints'
import { syncSlices } from '../world/slices'
import { scaleTo } from '../world/workloads'
import type { World } from '../world/world'
import { scenarioOf } from './find-scenario'
import { service, servicePort } from './notation'

function storeOf(world: World) {
  const store = createClusterStore()
  store.apply(eventsOf(world))
  const serviceOf = (namespace: string, name: string): ServiceRecord => {
    const record = store.service(serviceKey(namespace, name))
    if (record === undefined) throw new Error(`no Service ${namespace}/${name}`)
    return record
  }
  const beside = (namespace: string, name: string) => besideSlices(store, serviceOf(namespace, name))
  return { store, service: serviceOf, beside }
}

test('[M9] embedded: of 1,100 pods, the addresses named as cut are those its own controllers leave out', () => {
  const spec = service('shop/crowd', { clusterIP: '10.96.200.1', ports: [servicePort('http', 80, 8080)] })
  const scenario = { ...scenarioOf('healthy'), services: [spec], workloads: [], changes: [] }
  const world = createWorld({ scenario, seed: 1, speed: 0, startAt })
  const crowd = storeOf(world).service('shop', 'crowd')
  const pods = Array.from({ length: 1100 }, (_, i) =>
    pod({ name: `crowd-${i}`, nodeName: 'node-1', podIPs: [`10.244.${Math.floor(i / 250)}.${(i % 250) + 1}`] }),
  )
  syncSlices(world, crowd, pods)
  syncEndpoints(world, crowd, pods)

  const { store, beside } = storeOf(world)
  expect([...store.slicesOfService(crowd.key)].flatMap(({ endpoints }) => endpoints)).toHaveLength(1100)
  const subsets = store.endpoints(endpointsKey('shop', 'crowd'))?.subsets ?? []
  const listed = new Set(subsets.flatMap(({ addresses }) => addresses.map(({ ip }) => ip)))
  expect(listed.size).toBe(1000)
  const missing = pods.flatMap(({ podIPs }) => podIPs).filter((ip) => !listed.has(ip))
  expect(beside('shop', 'crowd').differences).toMatchObject([
    { code: 'truncated', count: 100, addresses: missing.sort() },
  ])
})

describe('a crowd', () => {
  const world = worldOf('crowd', { speed: 0 })
  const { store, beside } = storeOf(world)

  test('[M9] embedded: eleven full slices beside an Endpoints object that says it is cut at a thousand', () => {
    const { slices, legacy } = beside('video', 'segments')
    expect(slices).toMatchObject({ count: 11, endpoints: 1100 })
    expect(legacy).toMatchObject({ ready: 1000, notReady: 0, overCapacity: 'truncated' })
    expect([...store.pods()].filter(({ ready }) => !ready)).toEqual([])
  })

  // What the real controller does to as many pods is asked of it in e2e/endpoints-beside.test.ts.
  test('[M9] embedded: the addresses named as cut are the hundred whose text sorts last', () => {
    const ready = [...store.slicesOfService(serviceKey('video', 'segments'))].flatMap(({ endpoints }) =>
      endpoints.flatMap(({ addresses }) => addresses),
    )
    expect(beside('video', 'segments').differences).toEqual([
      { side: 'slices', code: 'truncated', isExpected: false, count: 100, addresses: ready.sort().slice(1000) },
    ])
  })

  test('[M9] embedded: what joins within the batch period is written once', () => {
    const workload = world.workloads.get('video/segments')
    if (workload === undefined) throw new Error('no workload')
    const before = world.cache.revision()
    scaleTo(world, workload, 1104)
    settle(world)
    world.timeline.advanceTo(startAt + 60_000)
    expect(storeOf(world).beside('video', 'segments').slices).toMatchObject({ count: 12, endpoints: 1104 })
    // Four pods come, start and pass their probe: written at once that would be twelve times.
    const writes = world.cache.since('endpointslices', before) ?? []
    expect(writes.length).toBeGreaterThan(1)
    expect(writes.length).toBeLessThanOrEqual(7)
  })
})

describe('the shop', () => {
  const { store, beside } = storeOf(worldOf('shop', { speed: 0 }))

  test('[M9] embedded: hand-made Endpoints are mirrored; host names and slices of others are not in them', () => {
    const { direction, differences } = beside('data', 'warehouse')
    expect(direction).toBe('mirrored')
    expect(differences).toMatchObject([{ code: 'host-name', addresses: ['warehouse.corp.example'], isExpected: true }])
  })

  test('[M8] embedded: an address of two slices, and a slice of no Service, are named', () => {
    const { duplicates } = beside('data', 'warehouse')
    expect(duplicates).toMatchObject({ count: 1, isTwoGenerations: false, shown: [{ address: '10.0.8.11' }] })
    expect(orphansOf(store)).toMatchObject({ count: 1, shown: [{ namespace: 'batch', name: 'worker-old' }] })
  })

  test('[M8] [M9] embedded: every difference is one that a rule explains', () => {
    const all = [...store.services()].flatMap(({ namespace, name, type }) =>
      type === 'ExternalName' ? [] : beside(namespace, name).differences.map((one) => ({ name, ...one })),
    )
    expect(new Set(all.map(({ code }) => code)).size).toBeGreaterThan(1)
    expect(all.filter(({ isExpected }) => !isExpected)).toEqual([])
  })
})
