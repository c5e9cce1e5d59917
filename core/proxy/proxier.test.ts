import { describe, expect, test } from 'vitest'
import { featuresOf } from './features'
import { decidingNode, type SourceNode, schedulerOf } from './proxier'
import { service } from './testing'

const ipvs = { state: 'mode', mode: 'ipvs', scheduler: 'sh', confidence: 'likely' } as const
const replaced = { state: 'replaced', by: 'Cilium', confidence: 'likely' } as const
const unknown = { state: 'unknown', confidence: 'unknown' } as const

describe('the proxy of a node, as decisions read it', () => {
  const all = { terminating: true, nodeHints: true, zoneHints: true }
  test.each<[string, Omit<SourceNode, 'name'>, object]>([
    ['its mode', { zone: 'zone-a', mode: ipvs }, { zone: 'zone-a', mode: 'ipvs', reads: all }],
    ['not known', { zone: 'zone-a', mode: unknown }, { zone: 'zone-a', mode: 'unknown', reads: all }],
    ['replaced', { zone: 'zone-a', mode: replaced }, { zone: 'zone-a', mode: 'unknown', reads: all }],
    ['not asked for, in no zone', { zone: undefined }, { zone: '', mode: 'unknown', reads: all }],
    [
      'of an old version',
      { zone: 'zone-a', version: 'v1.25.0' },
      { zone: 'zone-a', mode: 'unknown', reads: { terminating: false, nodeHints: false, zoneHints: false } },
    ],
  ])('%s', (_, source, expected) => {
    expect(decidingNode({ name: 'node-a', ...source }, service())).toEqual({ name: 'node-a', ...expected })
  })

  test('other features than those of its version may be asked about', () => {
    const source = { name: 'node-a', zone: undefined, version: 'v1.25.0' }
    expect(decidingNode(source, service(), featuresOf('v1.33.0')).reads).toEqual({ ...all, nodeHints: false })
  })
})

test('a scheduler is known of a mode only', () => {
  expect([ipvs, { ...ipvs, scheduler: null }, replaced, unknown, undefined].map(schedulerOf)).toEqual([
    'sh',
    null,
    null,
    null,
    null,
  ])
})
