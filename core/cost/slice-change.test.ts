import { describe, expect, test } from 'vitest'
import type { Endpoint, EndpointSliceRecord } from '../model/records'
import { endpoint, slice, slicePort } from '../testing/builders'
import { listedOf, sliceChange } from './slice-change'

const ref = (name: string) => ({ kind: 'Pod', namespace: 'shop', name, uid: `uid-${name}` })
const of = (...endpoints: readonly Endpoint[]) => slice({ endpoints })
const one = (over?: Partial<Endpoint>) => endpoint('10.0.0.1', { nodeName: 'a', targetRef: ref('one'), ...over })
const two = endpoint('10.0.0.2', { nodeName: 'a', targetRef: ref('two') })
const leaving = { ready: false, serving: true, terminating: true }
const unready = { ready: false, serving: false }

/** `+1 -2 ready unready leaving`, and `listed` where an Endpoints object says something else. */
function told(before: EndpointSliceRecord | undefined, after: EndpointSliceRecord | undefined): string {
  const { events, isListedChanged } = sliceChange(before, after)
  const { added, removed, becameReady, becameUnready, terminating } = events
  const words = { '+': added, '-': removed, ready: becameReady, unready: becameUnready, leaving: terminating }
  const parts = Object.entries(words).flatMap(([word, count]) => (count === 0 ? [] : [`${word}${count}`]))
  return [...parts, ...(isListedChanged ? ['listed'] : [])].join(' ')
}

describe('[J9] what a write did', () => {
  test.each<[string, EndpointSliceRecord | undefined, EndpointSliceRecord | undefined, string]>([
    ['a slice that comes', undefined, of(one(), two), '+2 listed'],
    ['an empty one that comes', undefined, of(), ''],
    ['a slice that goes', of(one(), two), undefined, '-2 listed'],
    ['an empty one that goes', of(), undefined, ''],
    ['nothing changes', of(one()), of(one()), ''],
    ['one is added', of(one()), of(one(), two), '+1 listed'],
    ['one is removed', of(one(), two), of(two), '-1 listed'],
    ['one takes the place of another', of(one()), of(two), '+1 -1 listed'],
    ['one becomes ready', of(one(unready), two), of(one(), two), 'ready1 listed'],
    ['one becomes unready', of(one(), two), of(one(unready), two), 'unready1 listed'],
    ['one begins to end', of(one(), two), of(one(leaving), two), 'leaving1 listed'],
    [
      'one that was not ready begins to end',
      of(one(unready), two),
      of(one({ ...leaving, serving: false }), two),
      'leaving1 listed',
    ],
    ['one that ends stops serving', of(one(leaving), two), of(one({ ...leaving, serving: false }), two), ''],
    ['one that ended is gone', of(one(leaving), two), of(two), '-1'],
    ['one comes as it ends', of(two), of(one(leaving), two), '+1'],
    ['one begins to end and is ready all the same', of(one()), of(one({ terminating: true })), 'leaving1'],
    ['one that was published as it ended is gone', of(one({ terminating: true }), two), of(two), '-1 listed'],
    ['a zone and hints are in no Endpoints object', of(one()), of(one({ zone: 'z', hintZones: ['z'] })), ''],
    ['another node', of(one()), of(one({ nodeName: 'b' })), 'listed'],
    ['another hostname', of(one()), of(one({ hostname: 'h' })), 'listed'],
    ['another pod at the address', of(one()), of(one({ targetRef: ref('other') })), 'listed'],
    ['no pod at the address', of(one()), of(one({ targetRef: undefined })), 'listed'],
    ['another port', of(one()), { ...of(one()), ports: [slicePort({ port: 81 })] }, 'listed'],
    ['another port of nobody', of(), { ...of(), ports: [slicePort({ port: 81 })] }, ''],
    ['one of two, then another', of(one(unready), two), of(one(), { ...two, ...unready }), 'ready1 unready1 listed'],
  ])('%s', (_, before, after, expected) => expect(told(before, after)).toBe(expected))
})

describe('[J9] what an Endpoints object lists of a slice', () => {
  test.each<[string, EndpointSliceRecord, number]>([
    ['the ready and the unready', of(one(), { ...two, ...unready }), 2],
    ['none that ends', of(one(), { ...two, ...leaving }), 1],
    ['one that ends, where it is published', of(one(), { ...two, terminating: true }), 2],
    ['no names', slice({ addressType: 'FQDN', endpoints: [endpoint('cart.example')] }), 0],
    ['nobody', of(), 0],
  ])('%s', (_, record, count) => expect(listedOf(record).count).toBe(count))

  test('their bytes, each with the comma or the tag of its list', () => {
    const bytes = (record: EndpointSliceRecord) => listedOf(record).bytes
    // {"ip":"10.0.0.1"}, and a tag and a length around each text, and an empty hostname.
    const plain = { json: '{"ip":"10.0.0.1"},'.length, protobuf: 2 + 2 + '10.0.0.1'.length + 2 }
    expect(bytes(of(endpoint('10.0.0.1')))).toEqual(plain)
    expect(bytes(of(endpoint('10.0.0.1'), endpoint('10.0.0.2')))).toEqual({
      json: 2 * plain.json,
      protobuf: 2 * plain.protobuf,
    })
    expect(bytes(of(endpoint('10.0.0.1'), endpoint('10.0.0.2', leaving)))).toEqual(plain)
    const more = bytes(of(endpoint('10.0.0.1', { hostname: 'h', nodeName: 'n' })))
    expect(more).toEqual({
      json: plain.json + ',"hostname":"h","nodeName":"n"'.length,
      protobuf: plain.protobuf + 1 + 3,
    })
    expect(bytes(slice({ addressType: 'FQDN', endpoints: [endpoint('cart.example')] }))).toEqual({
      json: 0,
      protobuf: 0,
    })
  })
})
