import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseObject } from '../../model/from-api'
import type { Kind, RecordOf } from '../../model/records'
import { input, predict, settings } from '../../testing/ipvs-cases'
import type { LocalDetector } from '../types'
import { predictIpvs } from './predict'
import { ipvsBase } from './rules'

function parsed<K extends Kind>(kind: K, raw: unknown): RecordOf<K> {
  const result = parseObject(kind, raw, { requireUid: false })
  if (!result.ok) throw new Error(result.reject.field)
  return result.record
}

const texts = (lines: readonly { readonly table: string; readonly text: string }[]) =>
  lines.map(({ table, text }) => `${table} ${text}`)

describe('[V11] what is sent to a cluster IP is marked', () => {
  const set = '-m set --match-set KUBE-CLUSTER-IP'
  test.each<[string, LocalDetector, boolean, string]>([
    ['from outside a range', { kind: 'cidr', cidr: '10.0.0.0/8' }, false, `${set} dst,dst ! -s 10.0.0.0/8 -j`],
    ['not from a bridge', { kind: 'bridge-interface', name: 'cni0' }, false, `${set} dst,dst ! -i cni0 -j`],
    ['not from interfaces', { kind: 'interface-prefix', prefix: 'veth' }, false, `${set} dst,dst ! -i veth+ -j`],
    ['from itself', { kind: 'none' }, false, `${set} src,dst -j`],
    ['always', { kind: 'cidr', cidr: '10.0.0.0/8' }, true, `${set} dst,dst -j`],
    ['always, without a detector', { kind: 'none' }, true, `${set} dst,dst -j`],
  ])('%s', (_name, localDetector, masqueradeAll, expected) => {
    const marks = predict({ settings: { localDetector, masqueradeAll } }).rules.filter(({ text }) =>
      text.includes('MARK-MASQ'),
    )
    expect(marks.map(({ text }) => text)).toEqual([expect.stringContaining(`${expected} KUBE-MARK-MASQ`)])
    expect(marks[0]?.facts.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['spec.clusterIPs[0]', 'masqueradeAll']),
    )
  })
})

describe('rules that are always there', () => {
  const { meta } = JSON.parse(
    readFileSync(new URL('../../../fixtures/vectors/ipvs-rules.json', import.meta.url), 'utf8'),
  )

  test.each(['IPv4', 'IPv6'] as const)('[V12] %s', (family) => {
    expect(texts(ipvsBase(family, settings))).toEqual(meta.base[family])
  })

  test.each([
    [0, '0x00000001'],
    [14, '0x00004000'],
    [31, '0x80000000'],
  ])('[V12] the mark of bit %i', (masqueradeBit, mark) => {
    const lines = ipvsBase('IPv4', { ...settings, masqueradeBit })
    const marked = lines.filter(({ text }) => text.includes('0x'))
    expect(marked).toHaveLength(4)
    for (const { text, facts } of marked) {
      expect(text).toContain(mark)
      expect(facts).toEqual([{ kind: 'ProxySettings', id: '', field: 'masqueradeBit' }])
    }
  })

  const { vectors } = JSON.parse(
    readFileSync(new URL('../../../fixtures/vectors/proxy-topology-hand.json', import.meta.url), 'utf8'),
  )

  test.each(Object.keys(meta.fullExample))('[V12] among the others, in the order of a dump: %s', (name) => {
    const { service, endpointSlices, node } = vectors.find((one: { name: string }) => one.name === name).input
    const slices = endpointSlices.map((slice: unknown) => parsed('EndpointSlice', slice))
    const services = [{ service: parsed('Service', service), slices }]
    const { tables } = predictIpvs({ ...input(), node: { ...input().node, name: node.name }, services })
    expect(texts(tables)).toEqual(meta.fullExample[name])
  })

  test('[V12] without a Service nothing is added to them', () => {
    expect(predict({ service: { clusterIP: 'None' } }).rules).toEqual([])
  })
})
