import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EndpointDetail, GraphDelta, GraphObject } from '../graph/types'
import { createDecoder, createPartEncoder, encodeHello, type WireFrame } from './codec'
import { kindsByNumber } from './fields'

const part = 'service/shop/cart'
const overTheWire = (frame: WireFrame): unknown => JSON.parse(JSON.stringify(frame))

const hostile = [
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\u202eabc',
  'x'.repeat(253),
  '',
  'Endpoint:a/b#10.0.0.1',
]
const id = fc.oneof(fc.string(), fc.constantFrom(...hostile))
const count = fc.nat(1000)
const counts = fc.record({ ready: count, servingTerminating: count, notReady: count }, { noNullPrototype: true })
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown)

const plainRecord = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape, { noNullPrototype: true })
const container = plainRecord({
  name: id,
  role: id,
  ports: fc.array(plainRecord({ name: id, protocol: id, containerPort: count }), { maxLength: 2 }),
  hasReadinessProbe: fc.boolean(),
  ready: fc.constantFrom(true, false, null),
  restartCount: fc.option(count),
})
const trouble = plainRecord({
  severity: id,
  reason: plainRecord({ code: id, values: plainRecord({ count, total: id }) }),
  since: fc.option(count),
})

const list = fc.uniqueArray(
  fc.integer({ min: 1, max: 60 }).map((n) => `10.0.0.${n}`),
  { maxLength: 40 },
)
const addresses = fc.oneof(
  list,
  list.map((all) => all.toSorted()),
)
const subset = plainRecord({
  addresses,
  notReadyAddresses: addresses,
  ports: fc.constantFrom([{ name: 'http', protocol: 'TCP' as const, port: 80 }], []),
})
const subsets = fc.array(subset, { maxLength: 2 })

function anyValue(kind: string, field: string): fc.Arbitrary<unknown> {
  if (field === 'id') return id
  if (kind === 'SliceSummary' && field === 'counts') return counts
  if (kind === 'ServiceSummary' && field === 'endpoints') {
    return fc.record({ IPv4: counts, IPv6: counts }, { noNullPrototype: true })
  }
  if (kind === 'Endpoints' && field === 'subsets') return subsets
  if (kind === 'Pod' && field === 'containers') return fc.array(container, { maxLength: 3 })
  if (field === 'trouble') return fc.array(trouble, { maxLength: 3 })
  return fc.oneof(json, id)
}

const graphObject: fc.Arbitrary<GraphObject> = fc
  .constantFrom(...kindsByNumber)
  .chain(({ kind, fields }) =>
    fc
      .tuple(...fields.map((field) => anyValue(kind, field.name)))
      .map((values) => Object.fromEntries([['kind', kind], ...fields.map((f, i) => [f.name, values[i]])])),
  ) as unknown as fc.Arbitrary<GraphObject>

const distinct = fc.uniqueArray(graphObject, { selector: (object) => object.id, maxLength: 12 })

function endpoint(n: number, change: Partial<EndpointDetail> = {}): EndpointDetail {
  const name = `cart-6f7d9c5b8-${n}`
  return {
    id: `Endpoint:shop/cart-x7k2p#10.244.1.${n}`,
    kind: 'Endpoint',
    slice: 'shop/cart-x7k2p',
    index: n,
    addresses: [`10.244.1.${n}`],
    ready: true,
    serving: true,
    terminating: false,
    absentConditions: [],
    nodeName: 'node-07',
    zone: 'eu-west-1b',
    hostname: null,
    hintZones: ['eu-west-1b'],
    hintNodes: [],
    targetRef: { kind: 'Pod', namespace: 'shop', name, uid: '3a1f4c7e-8f43-4c8a-9d6a-1f1e3b0c9d21' },
    ...change,
  }
}

describe('feed codec', () => {
  test('a snapshot decodes to the objects it was made of, whatever its chunk size', () => {
    fc.assert(
      fc.property(distinct, fc.integer({ min: 1, max: 5 }), (objects, chunkSize) => {
        const frames = createPartEncoder(part, 7, []).snapshot(objects, { seq: 3, chunkSize })
        const decoder = createDecoder()
        const events = Array.from({ length: frames.chunks }, (_, i) => decoder.decode(overTheWire(frames.chunk(i))))
        const read = events.flatMap((event) => (event.type === 'snapshot' ? event.objects : []))
        expect(read).toEqual(objects)
      }),
    )
  })

  test('a delta decodes to the puts, patches and removes it was made of', () => {
    fc.assert(
      fc.property(distinct, fc.infiniteStream(fc.nat(2)), (objects, choices) => {
        const held = objects.filter((_, i) => i % 2 === 0)
        const put = objects.filter((_, i) => i % 2 === 1)
        const patch: { id: string; set: Record<string, unknown> }[] = []
        const remove: string[] = []
        for (const object of held) {
          const choice = choices.next().value
          const { id: own, kind: _, ...set } = object
          if (choice === 0) patch.push({ id: own, set })
          if (choice === 1) remove.push(own)
        }
        const change: GraphDelta = { put, patch, remove }
        const encoder = createPartEncoder(part, 7, [])
        const decoder = createDecoder()
        decoder.decode(overTheWire(encoder.snapshot(held, { seq: 3, chunkSize: 100 }).chunk(0)))
        const event = decoder.decode(overTheWire(encoder.delta(change, { seq: 9, prev: 3 })))
        expect(event).toEqual({ type: 'delta', part, seq: 9, prev: 3, delta: change })
      }),
    )
  })

  test('a hello decodes to itself', () => {
    const event = { type: 'hello', version: 1, epoch: 'k3x9', serverTime: 1_795_000_000_000, build: 'b1' } as const
    expect(createDecoder().decode(overTheWire(encodeHello(event)))).toEqual(event)
  })

  test('hostile keys inside values stay data and reach no prototype', () => {
    const hostileObject = {
      ...endpoint(1),
      hostname: '__proto__',
      targetRef: JSON.parse('{"__proto__":{"polluted":1}}'),
    }
    const frames = createPartEncoder(part, 1, []).snapshot([hostileObject], { seq: 1, chunkSize: 10 })
    const event = createDecoder().decode(overTheWire(frames.chunk(0)))
    const [read] = event.type === 'snapshot' ? event.objects : []
    expect(JSON.stringify(read && 'targetRef' in read && read.targetRef)).toBe('{"__proto__":{"polluted":1}}')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('a ready flip of one endpoint is under 100 bytes, a new endpoint under 1 KB', () => {
    const held = Array.from({ length: 100 }, (_, n) => endpoint(n))
    const encoder = createPartEncoder(part, 12, held)
    const flip = { put: [], patch: [{ id: endpoint(42).id, set: { ready: false, serving: false } }], remove: [] }
    const bytes = JSON.stringify(encoder.delta(flip, { seq: 123_456, prev: 123_441 })).length
    expect(bytes).toBeLessThan(100)
    const put = { put: [endpoint(101)], patch: [], remove: [] }
    expect(JSON.stringify(encoder.delta(put, { seq: 123_457, prev: 123_456 })).length).toBeLessThan(1024)
  })

  test('one address of a thousand in the legacy Endpoints costs its own length, whatever the order of changes', () => {
    const legacy = (value: unknown) =>
      ({
        id: 'Endpoints:a/b',
        kind: 'Endpoints',
        namespace: 'a',
        name: 'b',
        overCapacity: null,
        subsets: value,
      }) as GraphObject
    fc.assert(
      fc.property(subsets, fc.array(subsets, { maxLength: 6 }), (first, changes) => {
        const encoder = createPartEncoder(part, 1, [legacy(first)])
        const decoder = createDecoder()
        decoder.decode(overTheWire(encoder.snapshot([legacy(first)], { seq: 1, chunkSize: 9 }).chunk(0)))
        for (const [i, value] of changes.entries()) {
          const patch = [{ id: 'Endpoints:a/b', set: { subsets: value } }]
          const event = decoder.decode(
            overTheWire(encoder.delta({ put: [], patch, remove: [] }, { seq: i + 2, prev: i + 1 })),
          )
          expect(event).toMatchObject({ type: 'delta', delta: { patch: [{ set: { subsets: value } }] } })
        }
      }),
    )
    const port = { name: 'http', protocol: 'TCP', port: 80 }
    const many = Array.from({ length: 1000 }, (_, n) => `10.0.${n >> 8}.${n & 255}`)
    const held = legacy([{ addresses: many, notReadyAddresses: [], ports: [port] }])
    const encoder = createPartEncoder(part, 1, [held])
    const fewer = [{ addresses: many.slice(1), notReadyAddresses: many.slice(0, 1), ports: [port] }]
    const frame = encoder.delta(
      { put: [], patch: [{ id: held.id, set: { subsets: fewer } }], remove: [] },
      { seq: 2, prev: 1 },
    )
    expect(JSON.stringify(frame).length).toBeLessThan(100)
  })

  test('a snapshot stays true to its moment although the part goes on', () => {
    const encoder = createPartEncoder(part, 1, [])
    const frames = encoder.snapshot([endpoint(1), endpoint(2)], { seq: 5, chunkSize: 1 })
    const decoder = createDecoder()
    decoder.decode(overTheWire(frames.chunk(0)))
    const later = encoder.delta({ put: [], patch: [], remove: [endpoint(2).id] }, { seq: 6, prev: 5 })
    const second = decoder.decode(overTheWire(frames.chunk(1)))
    expect(second.type === 'snapshot' && second.objects).toEqual([endpoint(2)])
    const event = decoder.decode(overTheWire(later))
    expect(event.type === 'delta' && event.delta.remove).toEqual([endpoint(2).id])
  })

  test.each<[string, unknown]>([
    ['no list', { type: 'hello' }],
    ['an unknown frame', [9, 1, 2]],
    ['a hello of strings', [0, 'a', 'b', 'c']],
    ['a snapshot of a foreign part', [1, 1, 'secrets/all', 1, 0, 1]],
    ['a snapshot with a short row', [1, 1, part, 1, 0, 1, [7, 1, 'id']]],
    ['a delta of a part never announced', [2, 4, 2, 1, [[1, 4, false]]]],
    ['a delta whose patches are no list', [2, 1, 2, 1, 'x']],
    ['null', null],
  ])('%s is unreadable, not an exception', (_, frame) => {
    expect(createDecoder().decode(frame).type).toBe('unreadable')
  })

  test('a patch of a number never announced is unreadable and names its part', () => {
    const decoder = createDecoder()
    decoder.decode(
      overTheWire(
        createPartEncoder(part, 1, [])
          .snapshot([endpoint(1)], { seq: 1, chunkSize: 9 })
          .chunk(0),
      ),
    )
    expect(decoder.decode([2, 1, 2, 1, [[99, 4, false]]])).toEqual({ type: 'unreadable', part })
    expect(decoder.decode([2, 1, 2, 1, [[1, 99, false]]])).toEqual({ type: 'unreadable', part })
    expect(decoder.decode([2, 1, 2, 1, [[1, 4]]])).toEqual({ type: 'unreadable', part })
    expect(decoder.decode([2, 1, 2, 1, [[1, -5, []]]])).toEqual({ type: 'unreadable', part })
    expect(decoder.decode([2, 1, 2, 1, [[1, 'x', 1]]])).toEqual({ type: 'unreadable', part })
  })

  test('a delta read twice is an old one, even when it removed what it names', () => {
    const encoder = createPartEncoder(part, 1, [])
    const decoder = createDecoder()
    decoder.decode(overTheWire(encoder.snapshot([endpoint(1)], { seq: 1, chunkSize: 9 }).chunk(0)))
    const frame = overTheWire(encoder.delta({ put: [], patch: [], remove: [endpoint(1).id] }, { seq: 2, prev: 1 }))
    expect(decoder.decode(frame)).toMatchObject({ type: 'delta', seq: 2, delta: { remove: [endpoint(1).id] } })
    expect(decoder.decode(frame)).toMatchObject({ type: 'delta', seq: 2, delta: { remove: [] } })
  })
})
