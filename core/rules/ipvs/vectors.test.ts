// Every topology vector predicted, printed as the node would and read back; junk made of that; and what the real proxier left
// behind while endpoints went and came.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseObject } from '../../model/from-api'
import type { IpFamily, Kind, RecordOf } from '../../model/records'
import { settings } from '../../testing/ipvs-cases'
import { createRandom } from '../../testing/random'
import type { RuleInput } from '../types'
import { compareIpvs } from './compare'
import { parseIpvs } from './dump'
import { ipvsLines, realServerLine, serverLine } from './lines'
import { predictIpvs } from './predict'
import type { IpvsVirtualServer } from './types'

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/vectors/${name}.json`, import.meta.url), 'utf8'))

type Raw = {
  readonly service: unknown
  readonly endpointSlices: readonly { readonly endpoints: readonly unknown[] }[]
  readonly node: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly ipFamily: IpFamily
}
type Vector = { readonly name: string; readonly input: Raw }

const vectors: readonly Vector[] = ['proxy-topology-hand', 'proxy-topology-random'].flatMap(
  (name) => read(name).vectors,
)

function parsed<K extends Kind>(kind: K, raw: unknown): RecordOf<K> {
  const result = parseObject(kind, raw, { requireUid: false })
  if (!result.ok) throw new Error(result.reject.field)
  return result.record
}

function inputOf({ service, endpointSlices, node, ipFamily: family }: Raw): RuleInput {
  const slices = endpointSlices.map((slice) => parsed('EndpointSlice', slice))
  return {
    node: {
      name: node.name,
      zone: node.labels?.['topology.kubernetes.io/zone'] ?? '',
      addresses: [family === 'IPv4' ? '192.168.0.2' : 'fd00:ffff::2'],
    },
    family,
    services: [{ service: parsed('Service', service), slices }],
    settings,
  }
}

function compare(prediction: ReturnType<typeof predictIpvs>, text: string) {
  const dump = parseIpvs(text)
  if ('reason' in dump) throw new Error(`line ${dump.line}: ${dump.reason.code}`)
  return compareIpvs(prediction, dump)
}

test('[V13] a prediction, printed and read back, is what was predicted', () => {
  for (const { name, input } of vectors) {
    const prediction = predictIpvs(inputOf(input))
    const text = ipvsLines(prediction).map((line) => line.text)
    expect({ name, found: compare(prediction, text.join('\n')) }).toEqual({ name, found: [] })
  }
})

test('[V18] one line less is one difference, and it is that line', () => {
  for (const { name, input } of vectors.slice(0, 60)) {
    const prediction = predictIpvs(inputOf(input))
    const lines = ipvsLines(prediction)
    for (const [at, line] of lines.entries()) {
      if (!/^(?:-a|add) /.test(line.text)) continue
      const text = lines.flatMap((one, i) => (i === at ? [] : [one.text])).join('\n')
      expect({ name, found: compare(prediction, text) }).toEqual({
        name,
        found: [expect.objectContaining({ kind: 'missing', predicted: line.text, service: line.service })],
      })
    }
  }
})

test('[V15] junk is refused with a line of the text, or read; nothing is thrown', () => {
  const random = createRandom(1)
  const [first] = vectors
  const text = first ? ipvsLines(predictIpvs(inputOf(first.input))).map((line) => line.text) : []
  const parts = [
    ...text.join('\n').split(/(?<=[ \n:,])/),
    '\n',
    '-',
    '\u0000',
    '[',
    '-a',
    'TCP ',
    '  -> ',
    '9'.repeat(40),
  ]
  for (let i = 0; i < 2_000; i++) {
    const junk = Array.from({ length: random.int(40) }, () => random.pickFrom(parts)).join('')
    const dump = parseIpvs(junk)
    if ('reason' in dump) {
      expect(dump.line).toBeGreaterThan(0)
      expect(dump.line).toBeLessThanOrEqual(junk.split('\n').length)
    }
  }
})

type Step = {
  readonly step: string
  readonly virtualServers: readonly (Omit<IpvsVirtualServer, 'number' | 'timeout'> & {
    readonly port: unknown
    readonly persistenceTimeout: number
  })[]
}

/** A state of the real proxier as ipvsadm would print it. */
const printed = ({ virtualServers }: Step) =>
  virtualServers
    .flatMap(({ port, persistenceTimeout, ...rest }) => {
      const server = { ...rest, number: Number(port), timeout: persistenceTimeout, port: '' }
      return [serverLine(server), ...server.realServers.map((real) => realServerLine(server, real))]
    })
    .map(({ text }) => text)
    .join('\n')

describe('[V17] what the real proxier left, step by step', () => {
  const steps: Readonly<Record<string, readonly Step[]>> = read('ipvs-rules').meta.gracefulTermination

  test.each(Object.keys(steps))('%s', (name) => {
    const input = vectors.find((vector) => vector.name === name)?.input
    if (!input) throw new Error(`no input ${name}`)
    const without = {
      ...input,
      endpointSlices: input.endpointSlices.map((slice) => ({ ...slice, endpoints: slice.endpoints.slice(1) })),
    }
    const [all, fewer] = [predictIpvs(inputOf(input)), predictIpvs(inputOf(without))]
    for (const step of steps[name] ?? []) {
      const isBack = step.step.includes('back')
      const found = compare(isBack ? all : fewer, printed(step))
      const drains = !isBack && step.step.includes('connections') && !step.step.includes('no connections')
      const gone = drains
        ? step.virtualServers.flatMap(({ realServers }) => realServers.filter((r) => r.weight === 0))
        : []
      expect({ step: step.step, found: found.map(({ reason }) => reason) }).toEqual({
        step: step.step,
        found: gone.map(({ address, port }) => ({
          code: 'ipvs-draining',
          values: { endpoint: `${address}:${port}`, active: 0, inactive: 0 },
        })),
      })
      if (drains) expect(gone.length > 0).toBe(step.virtualServers.some(({ protocol }) => protocol === 'TCP'))
    }
  })
})
