import { expect, test } from 'vitest'
import type { Churn } from './churn'
import { currentRates, stepsOf, wholeSeries, windowSum } from './rates'

const sum = (writes: number) => ({
  writes,
  legacyWrites: writes / 2,
  bytes: { json: writes * 300, protobuf: writes * 100 },
  legacyBytes: { json: writes * 900, protobuf: writes * 700 },
})
const churn = (over: Partial<Churn>): Churn => ({
  ...{ now: 125_000, since: 0, from: 0, bucketMs: 10_000, services: [], serviceCount: 0, changes: [] },
  total: sum(0),
  isEstimated: false,
  buckets: [
    { at: 30_000, ...sum(600) },
    { at: 60_000, ...sum(60) },
    { at: 110_000, ...sum(60) },
    { at: 120_000, ...sum(6000) },
  ],
  ...over,
})

test('[J11] the rate now is that of the last whole minute: neither what came before nor the bucket being filled', () => {
  expect(currentRates(churn({}))).toEqual({
    writes: 2,
    legacyWrites: 1,
    bytes: { json: 600, protobuf: 200 },
    legacyBytes: { json: 1800, protobuf: 1400 },
  })
})

test('[J11] of less than a minute, what there is', () => {
  expect(currentRates(churn({ since: 100_000 })).writes).toBe(3)
  expect(currentRates(churn({ since: 124_000 })).writes).toBe(0)
})

test('[J11] buckets without a write are zero, and what is not known any more is not there', () => {
  const series = wholeSeries(churn({ from: 55_000 }))
  expect(series.map(({ at, writes }) => [at, writes])).toEqual([
    [60_000, 60],
    [70_000, 0],
    [80_000, 0],
    [90_000, 0],
    [100_000, 0],
    [110_000, 60],
  ])
})

test('[J11] what the chart shows, in numbers: all that was written, and when the most was', () => {
  const { sum: all, most } = windowSum(churn({}), 'json') ?? {}
  expect([all?.writes, all?.bytes.json, all?.legacyBytes.protobuf]).toEqual([6720, 2_016_000, 4_704_000])
  expect(most?.at).toBe(120_000)
  expect(windowSum(churn({ buckets: [] }), 'json')).toBeUndefined()
})

test('[J11] the most was in whichever bucket it was, the first of several alike', () => {
  const most = (...writes: readonly number[]) =>
    windowSum(churn({ buckets: writes.map((count, at) => ({ at, ...sum(count) })) }), 'protobuf')?.most.at
  expect([most(1, 3, 2), most(3, 1, 2), most(1, 2, 3), most(2, 2, 1)]).toEqual([1, 0, 2, 0])
})

test('[J11] a bucket that ends where the minute begins is no part of it; where no time has gone by there is no rate', () => {
  const before = { at: 50_000, ...sum(6000) }
  expect(currentRates(churn({ buckets: [before] })).writes).toBe(0)
  expect(currentRates(churn({ since: 120_000 })).writes).toBe(0)
})

test('[J11] the line of the last bucket is as wide as that of any other', () => {
  const of = churn({ from: 95_000, now: 131_000 })
  const points = stepsOf(of, wholeSeries(of)).map(({ at, writes }) => [at, writes])
  expect(points).toEqual([
    [100_000, 0],
    [110_000, 60],
    [120_000, 6000],
    [130_000, 6000],
  ])
  expect(stepsOf(of, [])).toEqual([])
})
