// What the embedded cluster's own controllers write, laid side by side as the product does it.
import { describe, expect, test } from 'vitest'
import { type Beside, besideSlices } from '@/core/endpoints/beside'
import { legacySubsets } from '@/core/endpoints/legacy'
import { orphansOf } from '@/core/endpoints/strays'
import { truncateSubsets } from '@/core/endpoints/truncate'
import { serviceKey } from '@/core/model/keys'
import { endpointOf, legacyEndpoints, pod, service, slice } from '@/core/testing/builders'
import { createClusterStore } from '../../store/cluster-store'
import { eventsOf, worldOf } from '../testing/world-at'

test('[M9] embedded: of 1,100 pods, the addresses named as cut are those its own controller leaves out', () => {
  const pods = Array.from({ length: 1100 }, (_, i) =>
    pod({ name: `cart-${i}`, podIPs: [`10.244.${Math.floor(i / 250)}.${(i % 250) + 1}`] }),
  )
  const { subsets, truncated } = truncateSubsets(legacySubsets(service(), pods))
  const store = createClusterStore()
  const slices = Array.from({ length: 11 }, (_, i) =>
    slice({ name: `cart-${i}`, endpoints: pods.slice(i * 100, i * 100 + 100).map((one) => endpointOf(one)) }),
  )
  store.apply([
    ...[service(), ...slices, legacyEndpoints({ subsets, overCapacity: truncated ? 'truncated' : undefined })].map(
      (record) => ({ type: 'put', record }) as const,
    ),
    ...(['EndpointSlice', 'Endpoints'] as const).map((kind) => ({ type: 'synced', kind, scope: '' }) as const),
  ])
  const listed = new Set(subsets.flatMap(({ addresses }) => addresses.map(({ ip }) => ip)))
  const missing = pods.flatMap(({ podIPs }) => podIPs).filter((ip) => !listed.has(ip))
  expect(missing).toHaveLength(100)
  expect(besideSlices(store, service()).differences).toMatchObject([
    { code: 'truncated', count: 100, addresses: missing.sort() },
  ])
})

describe('the shop', () => {
  const store = createClusterStore()
  store.apply(eventsOf(worldOf('shop', { speed: 0 })))
  const beside = (namespace: string, name: string): Beside => {
    const record = store.service(serviceKey(namespace, name))
    if (record === undefined) throw new Error(`no Service ${namespace}/${name}`)
    return besideSlices(store, record)
  }

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
    const odd = [...store.services()].flatMap(({ namespace, name, type }) =>
      type === 'ExternalName' ? [] : beside(namespace, name).differences.filter(({ isExpected }) => !isExpected),
    )
    expect(odd).toEqual([])
  })
})
