// Every byte, beside what the encoders of the API make of the same manifests (fixtures/encoded-sizes.json).

import { expect, test } from 'vitest'
import sizes from '../../fixtures/encoded-sizes.json'
import { parseObject } from '../model/from-api'
import { endpointsBytes } from './endpoints-size'
import { sliceBytes } from './slice-size'

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
