import { describe, expect, test } from 'vitest'
import type { GraphObject, WatchStatus } from '@/core/graph/types'
import { nodeSummary, podSummary, serviceSummary, watchStatus } from '@/core/testing/graph-objects'
import { knownObjects } from './known-objects'

const port = { name: 'http', protocol: 'TCP', port: 80, targetPort: null, nodePort: null, appProtocol: null } as const
const objects: readonly GraphObject[] = [
  { id: 'NamespaceSummary:shop', kind: 'NamespaceSummary', name: 'shop' },
  nodeSummary('n1'),
  podSummary('shop/p1', { nodeName: 'n1' }),
  podSummary('shop/waiting'),
  serviceSummary('shop/cart', { ports: [port] }),
  serviceSummary('shop/edge', {
    ports: [{ ...port, nodePort: 30080 }],
    clusterIPs: ['fd00::7'],
    externalIPs: ['198.51.100.7'],
  }),
]
const overview = new Map(objects.map((object) => [object.id, object]))
const kinds = ['Node', 'Namespace', 'Service', 'EndpointSlice', 'Pod']
const all = (state: WatchStatus['state']) => kinds.map((kind) => watchStatus(kind, { state }))
const shop = (name: string) => ({ namespace: 'shop', name })

describe('what the overview says about the names of a query', () => {
  const known = knownObjects(overview, all('synced'))

  test('what is there', () => {
    expect([known.hasNamespace('shop'), known.hasNode('n1')]).toEqual([true, true])
    expect([known.nodeOfPod(shop('p1')), known.nodeOfPod(shop('waiting'))]).toEqual(['n1', ''])
    expect(known.portsOf(shop('cart'))).toEqual([port])
  })

  test('the ways of a port, of the family asked for, else the Service’s first', () => {
    expect(known.waysOf(shop('edge'), { port: undefined, family: undefined })).toEqual(['node-port', 'cluster-ip'])
    expect(known.waysOf(shop('edge'), { port: undefined, family: 'IPv4' })).toEqual(['external-ip', 'node-port'])
    expect(known.waysOf(shop('edge'), { port: { name: 'x', protocol: 'TCP' }, family: 'IPv4' })).toBeUndefined()
    expect(known.waysOf(shop('gone'), { port: undefined, family: 'IPv4' })).toBeNull()
  })

  test('what is not', () => {
    expect([known.hasNamespace('x'), known.hasNode('x')]).toEqual([false, false])
    expect([known.nodeOfPod(shop('x')), known.portsOf(shop('x'))]).toEqual([null, null])
  })

  test.each(['connecting', 'none'] as const)('nothing is absent while the kinds are %s', (state) => {
    const none = knownObjects(overview, state === 'none' ? [] : all(state))
    const said = [none.hasNamespace('x'), none.hasNode('x'), none.nodeOfPod(shop('x')), none.portsOf(shop('x'))]
    expect(said).toEqual([undefined, undefined, undefined, undefined])
  })

  test('of kinds that may not be read, only that a namespace looks empty', () => {
    const shut = knownObjects(overview, all('forbidden'))
    expect([shut.hasNamespace('x'), shut.hasNode('x'), shut.nodeOfPod(shop('x'))]).toEqual([
      false,
      undefined,
      undefined,
    ])
  })
})
