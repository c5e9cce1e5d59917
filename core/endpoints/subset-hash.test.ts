import { describe, expect, test } from 'vitest'
import type { EndpointsAddress, EndpointsPort } from '../model/records'
import { portHash, subsetHash } from './subset-hash'

const bare: EndpointsAddress = { ip: '10.0.0.2', hostname: undefined, nodeName: undefined, targetRef: undefined }
const full: EndpointsAddress = {
  ip: '10.0.0.1',
  hostname: 'h',
  nodeName: 'node-a',
  targetRef: { kind: 'Pod', namespace: 'ns', name: 'p', uid: 'u-1' },
}
const http: EndpointsPort = { name: 'http', port: 80, protocol: 'TCP', appProtocol: undefined }
const dns: EndpointsPort = { name: 'x', port: 81, protocol: 'UDP', appProtocol: 'kubernetes.io/h2c' }

// The hashes are those of the real code.
describe('[C14] the hash that subsets are ordered by', () => {
  test.each([
    [
      'addresses and ports',
      { addresses: [full, bare], notReadyAddresses: [], ports: [http, dns] },
      'b4d533ef42a8117555b8630518cbc880',
    ],
    [
      'not ready, without ports',
      { addresses: [], notReadyAddresses: [bare], ports: [] },
      '148b101e9608a1cbeb7a0725321c58aa',
    ],
  ])('%s', (_, subset, expected) => {
    expect(subsetHash(subset)).toBe(expected)
  })

  test.each([
    [http, '754b003f50f133a539c60d18cfb30a55'],
    [dns, 'c2fa0adfa97be593b4c848c0f96060df'],
  ])('of a port', (port, expected) => {
    expect(portHash(port)).toBe(expected)
  })
})
