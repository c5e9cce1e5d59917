// Tables of docs/guide/cost.md: the sizes that the real encoders gave, and the fan-out as the product works it out.
import { type FanOut, fanOut } from '../core/cost/fan-out.ts'
import { addressesWithin } from '../core/cost/typical.ts'
import type { Bytes } from '../core/cost/wire-size.ts'
import { ETCD_LIMIT } from '../core/endpoints/etcd-limit.ts'
import vectors from '../fixtures/vectors/endpoints-legacy.json' with { type: 'json' }

/** Bytes of whole objects, protobuf and JSON, as the real serializers wrote them (the vectors beside rule C15). */
export function sizeRows(): readonly string[] {
  return [
    '| endpoints | slices | the largest slice | all slices | Endpoints, as it is written | Endpoints, whole |',
    '|---|---|---|---|---|---|',
    ...vectors.meta.sizeTable.map(({ endpoints, endpointsObject, endpointsObjectUntruncated, slicesMax100 }) => {
      const { count, largest, all } = slicesMax100
      const whole = endpointsObjectUntruncated ?? endpointsObject
      return `| ${[number(endpoints), count, both(largest), both(all), both(endpointsObject), both(whole)].join(' | ')} |`
    }),
  ]
}

/** What one change of one pod sends, in protobuf, to all who watch. */
export function fanOutRows(): readonly string[] {
  const asked = [
    [1000, 100],
    [1000, 3000],
    [2000, 3000],
    [addressesWithin(1.5e6, 'IPv4'), 3000],
    [20_000, 5000],
  ] as const
  return [
    '| pods | nodes | a slice of 100 | to all | Endpoints, cut | to all | Endpoints, whole | to all |',
    '|---|---|---|---|---|---|---|---|',
    ...asked.map(([pods, watchers]) => {
      const sent = fanOut({ pods, watchers, perSlice: 100, changesPerSecond: 1, families: ['IPv4'], isTruncated: true })
      const cells = [sent.slices, sent.endpoints, sent.whole].flatMap(cellsOf)
      return `| ${[number(pods), number(watchers), ...cells].join(' | ')} |`
    }),
  ]
}

// What etcd refuses is sent to nobody.
const cellsOf = ({ perChange, toAll }: FanOut): readonly string[] =>
  perChange.protobuf > ETCD_LIMIT
    ? [size(perChange.protobuf), 'etcd refuses it']
    : [size(perChange.protobuf), size(toAll.protobuf)]

const number = (value: number) => value.toLocaleString('en-US')
const both = ({ protobuf, json }: Bytes) => `${number(protobuf)} / ${number(json)}`

const units = ['B', 'kB', 'MB', 'GB', 'TB']

// Three digits, in powers of a thousand, as the page writes them.
function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toLocaleString('en-US', { maximumSignificantDigits: 3 })} ${units[power]}`
}
