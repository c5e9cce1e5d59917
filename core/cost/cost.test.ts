import { describe, expect, test } from 'vitest'
import vectors from '../../fixtures/vectors/endpoints-legacy.json'
import { endpoint, slice } from '../testing/builders'
import { fanOut } from './fan-out'
import { sliceBytes } from './slice-size'
import { addressesWithin, typicalEndpointsBytes, typicalSliceBytes } from './typical'

/** Within 2 %, or a hundred bytes of the metadata of a small object. */
const near = (ours: number, real: number) => Math.abs(ours - real) <= Math.max(real * 0.02, 100)

describe('sizes beside those of the real encoders', () => {
  test.each(vectors.meta.sizeTable)('[J2] $endpoints endpoints', (row) => {
    const endpoints = typicalEndpointsBytes(row.endpoints, 'IPv4')
    const real = row.endpointsObjectUntruncated ?? row.endpointsObject
    const largest = row.slicesMax100.largest
    const slices = typicalSliceBytes(row.slicesMax100.largestCount, 'IPv4')
    const one = typicalSliceBytes(row.slicesMax1000.largestCount, 'IPv4')
    const pairs = [
      [endpoints.json, real.json],
      [endpoints.protobuf, real.protobuf],
      [slices.json, largest.json],
      [slices.protobuf, largest.protobuf],
      [one.json, row.slicesMax1000.largest.json],
      [one.protobuf, row.slicesMax1000.largest.protobuf],
    ] as const
    expect(pairs.filter(([ours, table]) => !near(ours, table))).toEqual([])
  })

  test('[J1] a longer node name, a hint, an absent condition: each costs what it is', () => {
    const sizeOf = (change: Parameters<typeof endpoint>[1]) =>
      sliceBytes(slice({ name: 'a', endpoints: [endpoint('10.0.0.1', change)] }))
    const plain = sizeOf({ nodeName: 'n', absentConditions: [] })
    const more = (change: Parameters<typeof endpoint>[1]) => {
      const { json, protobuf } = sizeOf({ nodeName: 'n', absentConditions: [], ...change })
      return [json - plain.json, protobuf - plain.protobuf]
    }
    expect(more({ nodeName: 'n12345' })).toEqual([5, 5])
    expect(more({ absentConditions: ['terminating'] })).toEqual([-'"terminating":false,'.length, -2])
    // "hints":{"forZones":[{"name":"z"}]}, and in protobuf three lengths with their tags.
    expect(more({ hintZones: ['z'] })).toEqual(['"hints":{"forZones":[{"name":"z"}]},'.length, 7])
  })
})

describe('one change, sent to everybody', () => {
  const of = {
    pods: 1000,
    watchers: 3000,
    perSlice: 100,
    changesPerSecond: 2,
    families: ['IPv4'],
    isTruncated: false,
  } as const

  test('[J3] a slice is written, or the whole Endpoints object; every watcher is sent it', () => {
    const { slices, endpoints } = fanOut(of)
    expect([slices.objects, endpoints.objects]).toEqual([10, 1])
    expect(endpoints.perChange.protobuf / slices.perChange.protobuf).toBeCloseTo(8.4, 0)
    expect(slices.toAll.protobuf).toBe(slices.perChange.protobuf * 3000)
    expect(endpoints.perSecond.json).toBe(endpoints.toAll.json * 2)
  })

  test('[J3] both families are in slices of their own; Endpoints has the first alone', () => {
    const [one, two] = [fanOut(of), fanOut({ ...of, families: ['IPv4', 'IPv6'] })]
    expect(two.slices.objects).toBe(20)
    expect(two.slices.perChange.protobuf).toBeGreaterThan(one.slices.perChange.protobuf * 2)
    expect(two.endpoints).toEqual(one.endpoints)
  })

  test('[J3] 1.5 MB to 3,000 nodes are 4.5 GB; cut at a thousand addresses it is a tenth', () => {
    const pods = addressesWithin(1.5e6, 'IPv4')
    const { endpoints, slices } = fanOut({ ...of, pods })
    expect(endpoints.toAll.protobuf / 1e9).toBeCloseTo(4.5, 2)
    expect(slices.toAll.protobuf / 1e9).toBeLessThan(0.06)
    const cut = fanOut({ ...of, pods, isTruncated: true }).endpoints
    expect(cut.perChange).toEqual(typicalEndpointsBytes(1000, 'IPv4'))
  })

  test('[J3] a cut object says how few addresses it holds, and what it would be with all of them', () => {
    const { slices, endpoints, whole } = fanOut({ ...of, pods: 20_000, isTruncated: true })
    expect([slices.addresses, endpoints.addresses, whole.addresses]).toEqual([20_000, 1000, 20_000])
    expect(whole).toEqual(fanOut({ ...of, pods: 20_000 }).endpoints)
    expect(whole.perChange.protobuf / endpoints.perChange.protobuf).toBeCloseTo(20, 0)
    const few = fanOut({ ...of, pods: 1000, isTruncated: true })
    expect(few.endpoints).toEqual(few.whole)
    const both = fanOut({ ...of, pods: 10, families: ['IPv4', 'IPv6'] })
    expect([both.slices.addresses, both.endpoints.addresses]).toEqual([20, 10])
  })

  test('[J3] a Service without pods has one empty slice', () => {
    const { slices } = fanOut({ ...of, pods: 0 })
    expect([slices.objects, slices.perChange]).toEqual([1, typicalSliceBytes(0, 'IPv4')])
  })
})
