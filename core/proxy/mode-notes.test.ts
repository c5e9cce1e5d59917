import { describe, expect, test } from 'vitest'
import { endpointSliceKey } from '../model/keys'
import type { Endpoint } from '../model/records'
import { endpoint } from '../testing/builders'
import type { ProxyEndpoint } from './endpoints'
import { modeNotes } from './mode-notes'
import type { Categorized } from './topology'

const at = (over: Partial<Endpoint>): ProxyEndpoint => ({
  key: '10.0.0.1:80',
  ip: '10.0.0.1',
  port: 80,
  slice: endpointSliceKey('shop', 'cart-1'),
  index: 0,
  endpoint: endpoint('10.0.0.1', over),
})
const lists = (...cluster: ProxyEndpoint[]): Categorized => ({
  mode: 'none',
  modeReasons: [],
  cluster,
  local: [],
  reachable: cluster,
  any: true,
})
const notes = (
  mode: Parameters<typeof modeNotes>[1]['mode'],
  over: { asksLocal?: boolean; local?: boolean; cluster?: ProxyEndpoint[] } = {},
) =>
  modeNotes(
    {
      asksLocal: over.asksLocal ?? false,
      chosen: { verdict: 'forward', candidates: [], local: over.local ?? false },
      lists: lists(...(over.cluster ?? [at({})])),
    },
    { name: 'node-a', zone: '', mode },
  )
const note = (code: string) => [{ code, values: { node: 'node-a' } }]
const hinted = [at({}), at({ hintZones: ['zone-a'] })]

describe('[P27] ipvs', () => {
  test.each([
    ['goes elsewhere where Local was asked for', { asksLocal: true }, note('mode-ipvs-ignores-local')],
    ['keeps to Local where it can', { asksLocal: true, local: true }, []],
    ['has nothing to tell of Cluster', {}, []],
    ['reads hints as iptables does', { cluster: hinted }, []],
  ])('%s', (_, over, expected) => {
    expect(notes('ipvs', over)).toEqual(expected)
  })
})

describe('[P28] kernelspace', () => {
  test.each([
    ['does not read the zone hint of one endpoint', { cluster: hinted }, note('mode-kernelspace-ignores-hints')],
    ['nor a node hint', { cluster: [at({ hintNodes: ['node-b'] })] }, note('mode-kernelspace-ignores-hints')],
    ['has nothing to tell without hints', {}, []],
    ['nor where Local chose', { cluster: hinted, local: true }, []],
  ])('%s', (_, over, expected) => {
    expect(notes('kernelspace', over)).toEqual(expected)
  })
})

test.each([
  ['userspace', note('mode-userspace')],
  ['iptables', []],
  ['nftables', []],
  ['unknown', []],
] as const)('[P28] %s is told of by itself', (mode, expected) => {
  expect(notes(mode, { asksLocal: true, cluster: hinted })).toEqual(expected)
})
