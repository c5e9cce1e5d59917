import { describe, expect, test } from 'vitest'
import type { EndpointsAddress, EndpointsPort, EndpointsSubset, SlicePort } from '../model/records'
import { legacyEndpoints, slice } from '../testing/builders'
import { type MirrorSlice, planMirror } from './mirror'

const address = (ip: string, over?: Partial<EndpointsAddress>): EndpointsAddress => ({
  ip,
  hostname: undefined,
  nodeName: undefined,
  targetRef: undefined,
  ...over,
})
const port = (number: number, name = 'http'): EndpointsPort & SlicePort => ({
  name,
  protocol: 'TCP',
  port: number,
  appProtocol: undefined,
})
const subset = (ips: readonly string[], over?: Partial<EndpointsSubset>): EndpointsSubset => ({
  addresses: ips.map((ip) => address(ip)),
  notReadyAddresses: [],
  ports: [port(80)],
  ...over,
})

const line = ({ family, ports, endpoints }: MirrorSlice) =>
  `${family} ${ports.map((one) => one.port).join(',')}: ${endpoints.map((one) => `${one.addresses.join('+')}${one.ready ? '' : '!'}`).join(' ')}`

const plan = (subsets: readonly EndpointsSubset[], ...existing: Parameters<typeof slice>[0][]) => {
  const { write, remove, skipped } = planMirror(legacyEndpoints({ subsets }), existing.map(slice))
  return {
    write: write.map((one) => `${one.name ?? 'new'} ${line(one.slice)}`),
    remove: remove.map(({ name }) => name),
    skipped,
  }
}

describe('[C16] mirrored slices', () => {
  test.each([
    [
      'one per family and list of ports',
      [subset(['10.0.0.1', 'fd00::1', '10.0.0.2'])],
      ['new IPv4 80: 10.0.0.1 10.0.0.2', 'new IPv6 80: fd00::1'],
    ],
    [
      'not ready ones are in, marked',
      [subset(['10.0.0.1'], { notReadyAddresses: [address('10.0.0.2')] })],
      ['new IPv4 80: 10.0.0.1 10.0.0.2!'],
    ],
    [
      'subsets are brought into their canonical form first',
      [subset(['10.0.0.2']), subset(['10.0.0.1'])],
      ['new IPv4 80: 10.0.0.1 10.0.0.2'],
    ],
    [
      'other ports, another slice',
      [subset(['10.0.0.1']), subset(['10.0.0.2'], { ports: [port(90)] })],
      ['new IPv4 80: 10.0.0.1', 'new IPv4 90: 10.0.0.2'],
    ],
    [
      'addresses are read loosely and printed in their shortest form',
      [subset(['010.0.0.1', 'FD00:0::1'])],
      ['new IPv4 80: 10.0.0.1', 'new IPv6 80: fd00::1'],
    ],
    ['no ports', [subset(['10.0.0.1'], { ports: [] })], ['new IPv4 : 10.0.0.1']],
    ['nothing', [], []],
  ])('%s', (_, subsets, expected) => {
    expect(plan(subsets)).toEqual({ write: expected, remove: [], skipped: 0 })
  })

  test('an endpoint keeps name, node and pod, and only ready is set', () => {
    const targetRef = { kind: 'Pod', namespace: 'shop', name: 'cart-0', uid: 'u' }
    const full = address('10.0.0.1', { hostname: 'c-0', nodeName: 'node-a', targetRef })
    const { write } = planMirror(legacyEndpoints({ subsets: [subset([], { addresses: [full] })] }), [])
    expect(write[0]?.slice.endpoints).toEqual([
      {
        addresses: ['10.0.0.1'],
        ready: true,
        serving: true,
        terminating: false,
        absentConditions: ['serving', 'terminating'],
        hostname: 'c-0',
        nodeName: 'node-a',
        targetRef,
        zone: undefined,
        hintZones: [],
        hintNodes: [],
      },
    ])
  })

  test('what cannot be read is left out and counted', () => {
    expect(plan([subset(['10.0.0.1', 'db.example.com'])])).toEqual({
      write: ['new IPv4 80: 10.0.0.1'],
      remove: [],
      skipped: 1,
    })
  })

  test('1000 addresses per subset, the ready ones first', () => {
    const many = (count: number, base: string) =>
      Array.from({ length: count }, (_, i) => `${base}.${i >> 8}.${i & 255}`)
    const large = subset(many(999, '10.1'), { notReadyAddresses: many(3, '10.0').map((ip) => address(ip)) })
    const other = subset(many(5, '10.2'), { ports: [port(90)] })
    const { write, skipped } = planMirror(legacyEndpoints({ subsets: [large, other] }), [])
    expect(write.map((one) => one.slice.endpoints.length)).toEqual([1000, 5])
    expect(write[0]?.slice.endpoints.filter(({ ready }) => !ready)).toHaveLength(1)
    expect(skipped).toBe(2)
  })

  test('an object that asks not to be mirrored is not', () => {
    const skip = legacyEndpoints({ skipMirror: true, subsets: [subset(['10.0.0.1'])] })
    expect(planMirror(skip, [slice()])).toEqual({ write: [], remove: [slice()], skipped: 0 })
  })

  test.each([
    [
      'the slice of the same family and ports is written over',
      [
        { name: 'x', addressType: 'IPv6', ports: [port(80)] },
        { name: 'y', ports: [port(80)] },
      ],
      ['y IPv4 80: 10.0.0.1'],
      ['x'],
    ],
    ['else one of the same family', [{ name: 'x', ports: [port(90)] }], ['x IPv4 80: 10.0.0.1'], []],
    [
      'never one of the other',
      [{ name: 'x', addressType: 'IPv6', ports: [port(80)] }],
      ['new IPv4 80: 10.0.0.1'],
      ['x'],
    ],
    [
      'of two that fit the first',
      [
        { name: 'x', ports: [port(80)] },
        { name: 'y', ports: [port(80)] },
      ],
      ['x IPv4 80: 10.0.0.1'],
      ['y'],
    ],
  ] as const)('%s', (_, existing, write, remove) => {
    expect(plan([subset(['10.0.0.1'])], ...existing)).toEqual({ write, remove, skipped: 0 })
  })

  test('a slice that fits is not given to another list of ports', () => {
    const subsets = [subset(['10.0.0.1']), subset(['10.0.0.2'], { ports: [port(90)] })]
    expect(plan(subsets, { name: 'x', ports: [port(90)] }).write).toEqual([
      'new IPv4 80: 10.0.0.1',
      'x IPv4 90: 10.0.0.2',
    ])
  })
})
