// Every byte, beside what the encoders of the API make of the same manifests (fixtures/encoded-sizes.json).

import { expect, test } from 'vitest'
import sizes from '../../fixtures/encoded-sizes.json'
import { parseObject } from '../model/from-api'
import { endpointsBytes } from './endpoints-size'
import { sliceBytes } from './slice-size'
import { addressesWithin, typicalEndpointsBytes, typicalSliceBytes } from './typical'
import { textSize } from './wire-size'

test.each(sizes.rows)('[J1] $name has as many bytes as its encoders give it', ({ manifest, json, protobuf }) => {
  const ours =
    manifest.kind === 'Endpoints'
      ? endpointsBytes(recordOf('Endpoints', manifest))
      : sliceBytes(recordOf('EndpointSlice', manifest))
  expect(ours).toEqual({ json, protobuf })
})

function recordOf<K extends 'Endpoints' | 'EndpointSlice'>(kind: K, manifest: unknown) {
  const parsed = parseObject(kind, manifest, { requireUid: true })
  if (!parsed.ok) throw new Error(parsed.reject.field)
  return parsed.record
}

test.each(sizes.typical)(
  '[J2] a typical $kind of $count $family addresses too',
  ({ kind, family, count, ...bytes }) => {
    const of = family === 'IPv6' ? 'IPv6' : 'IPv4'
    expect(kind === 'Endpoints' ? typicalEndpointsBytes(count, of) : typicalSliceBytes(count, of)).toEqual(bytes)
  },
)

test.each([
  [127, 1],
  [128, 2],
  [16_383, 2],
  [16_384, 3],
])('[J1] the length of %i bytes takes %i', (length, bytes) => {
  expect(textSize('', 'x'.repeat(length)).protobuf).toBe(1 + bytes + length)
})

test('[J2] beyond a thousand the line goes on; below nothing there is nothing to hold', () => {
  const at = (count: number) => typicalEndpointsBytes(count, 'IPv4').protobuf
  expect(at(2000) - at(1000)).toBe((at(1000) - at(500)) * 2)
  expect(addressesWithin(at(0), 'IPv4')).toBe(0)
  expect(addressesWithin(at(1000), 'IPv4')).toBe(1000)
})
