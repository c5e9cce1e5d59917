import { describe, expect, test } from 'vitest'
import type { EndpointsAddress, EndpointsPort, EndpointsSubset } from '../model/records'
import { repackSubsets } from './repack'

const address = (ip: string, uid?: string): EndpointsAddress => ({
  ip,
  hostname: undefined,
  nodeName: undefined,
  targetRef: uid === undefined ? undefined : { kind: 'Pod', namespace: 'shop', name: uid, uid },
})
const port = (number: number, name = '', appProtocol?: string): EndpointsPort => ({
  name,
  protocol: 'TCP',
  port: number,
  appProtocol,
})
const subset = (
  addresses: readonly EndpointsAddress[],
  ports: readonly EndpointsPort[],
  notReadyAddresses: readonly EndpointsAddress[] = [],
): EndpointsSubset => ({ addresses, notReadyAddresses, ports })

const [a, b, c] = [address('10.0.0.10'), address('10.0.0.2'), address('10.0.0.3')]

describe('[C14] the canonical form of subsets', () => {
  test.each<[string, EndpointsSubset[], EndpointsSubset[]]>([
    [
      'ports of the same addresses stand together, by number',
      [subset([a], [port(90)]), subset([a], [port(80)])],
      [subset([a], [port(80), port(90)])],
    ],
    ['then by name', [subset([a], [port(80, 'b'), port(80, 'a')])], [subset([a], [port(80, 'a'), port(80, 'b')])]],
    [
      'addresses of the same port too, by their text',
      [subset([b], [port(80)]), subset([a], [port(80)])],
      [subset([a, b], [port(80)])],
    ],
    [
      'where they share some ports, in several subsets',
      [subset([a, b], [port(80)]), subset([a], [port(90)])],
      [subset([a, b], [port(80)]), subset([a], [port(90)])],
    ],
    [
      'readiness parts them',
      [subset([a], [port(80)]), subset([], [port(90)], [a])],
      [subset([a], [port(80)]), subset([], [port(90)], [a])],
    ],
    [
      'said to be both, it is not ready',
      [subset([a], [port(80)]), subset([], [port(80)], [a])],
      [subset([], [port(80)], [a])],
    ],
    ['in whatever order', [subset([], [port(80)], [a]), subset([a], [port(80)])], [subset([], [port(80)], [a])]],
    ['the same twice is once', [subset([a, a], [port(80), port(80)])], [subset([a], [port(80)])]],
    ['without ports it stays', [subset([a], [])], [subset([a], [])]],
    ['beside those with ports', [subset([b], []), subset([a], [port(80)])], [subset([b], []), subset([a], [port(80)])]],
    [
      'with the same addresses it takes their ports',
      [subset([a], []), subset([a], [port(80)])],
      [subset([a], [port(80)])],
    ],
    ['port 0 is no port', [subset([a], [port(0)])], [subset([a], [])]],
    [
      'the application protocol is part of a port',
      [subset([a], [port(80, '', 'h2c')]), subset([b], [port(80)])],
      [subset([a], [port(80, '', 'h2c')]), subset([b], [port(80)])],
    ],
    [
      'of one address, pods by uid',
      [subset([address('10.0.0.1', 'z'), address('10.0.0.1', 'y'), address('10.0.0.1')], [port(80)])],
      [subset([address('10.0.0.1'), address('10.0.0.1', 'y'), address('10.0.0.1', 'z')], [port(80)])],
    ],
    ['ready and not ready apart', [subset([a], [port(80)], [c, b])], [subset([a], [port(80)], [b, c])]],
    ['nothing', [], []],
    ['without addresses there is no subset', [subset([], [port(80)])], []],
  ])('%s', (_, given, expected) => {
    const found = repackSubsets(given)
    expect(found).toHaveLength(expected.length)
    expect(found).toEqual(expect.arrayContaining(expected))
  })

  // Order of the real code.
  test('subsets go by their hash, and so do the ports of one', () => {
    const served = repackSubsets([
      subset(
        [a],
        [9090, 8080, 7070].map((number) => port(number, 'http')),
      ),
    ])
    const apart = repackSubsets(
      [7070, 8080, 9090].map((number, i) => subset([address(`10.0.0.${i}`)], [port(number, 'http')])),
    )
    expect(served[0]?.ports.map((one) => one.port)).toEqual([7070, 8080, 9090])
    expect(apart.map(({ ports }) => ports[0]?.port)).toEqual([8080, 9090, 7070])
  })

  test('the first of two that are the same address is kept', () => {
    const named = { ...address('10.0.0.1'), hostname: 'first' }
    expect(
      repackSubsets([subset([named], [port(80)]), subset([address('10.0.0.1')], [port(80)])])[0]?.addresses,
    ).toEqual([named])
  })
})
