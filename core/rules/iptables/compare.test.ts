import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseObject } from '../../model/from-api'
import { endpoint, on } from '../../proxy/testing'
import type { PredictedLine, RuleDifference, RuleInput } from '../types'
import { iptablesBase } from './base'
import { endpointChain } from './chains'
import { compareIptables } from './compare'
import { isFault, parseIptablesSave } from './dump'
import { predictIptables } from './predict'
import { CART, input, settings } from './testing'

const all = (from: RuleInput) => [
  ...iptablesBase(from.family, from.settings, from.node.addresses),
  ...predictIptables(from),
]

/** A dump that holds exactly these lines, jumps to the node ports last, as the kernel would not spell them. */
function dumpOf(lines: readonly PredictedLine[]): string {
  const last = (text: string) => text.includes('must be the last rule')
  return ['filter', 'nat']
    .map((table) => {
      const own = lines.filter((line) => line.table === table).map(({ text }) => text)
      const builtIn = ['INPUT', 'FORWARD', 'OUTPUT', 'PREROUTING', 'POSTROUTING'].map(
        (chain) => `:${chain} ACCEPT [0:0]`,
      )
      const chains = own.filter((text) => text.startsWith(':'))
      const rules = own.filter((text) => text.startsWith('-A'))
      const ordered = [...rules.filter((text) => !last(text)), ...rules.filter(last)]
      return [`*${table}`, ...builtIn, ...chains, ...ordered, 'COMMIT', ''].join('\n')
    })
    .join('')
}

const compare = (from: RuleInput, text: string) => compareLines(all(from), text)

function compareLines(lines: readonly PredictedLine[], text: string): readonly RuleDifference[] {
  const dump = parseIptablesSave(text)
  if (isFault(dump)) throw new Error(`line ${dump.line}: ${dump.reason.code}`)
  return compareIptables(lines, dump)
}

const told = ({ kind, endpoint: key, reason }: RuleDifference) => [kind, reason.code, key ?? '']
const sep = (ip: string) => endpointChain('shop/cart', 'TCP', `${ip}:8080`)
const nodePort = { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }
const three = [1, 2, 3].map((last) => endpoint(last, 'ready', on('node-b')))

describe('[R20] a dump of exactly what is predicted has no difference', () => {
  test.each([
    ['a Service', input()],
    ['no Service', { ...input(), services: [] }],
    ['a node port, external Local', input({ spec: { ...nodePort, externalTrafficPolicy: 'Local' } })],
    ['nothing usable', input({ spec: nodePort, endpoints: [] })],
    ['a large cluster', input({ totalEndpoints: 5000 })],
    ['node ports on some addresses', input({ spec: nodePort, settings: { nodePortAddresses: ['primary'] } })],
  ])('%s', (_name, from) => {
    expect(compare(from, dumpOf(all(from)))).toEqual([])
  })

  test('comments and the order of Services play no part', () => {
    const from = input({ spec: { ...nodePort, externalIPs: ['198.51.100.7'] } })
    const plain = dumpOf(all(from)).replaceAll(/-m comment --comment ("[^"]*"|\S+) (?!.*last)/g, '')
    const lines = plain.split('\n')
    const at = lines.findIndex((line) => line.includes('-d 198.51.100.7'))
    const [moved = ''] = lines.splice(at, 1)
    lines.splice(
      lines.findIndex((line) => line.startsWith('-A KUBE-SERVICES')),
      0,
      moved,
    )
    // The cluster IP's rule of the filter table is elsewhere, so this is the nat table's first.
    expect(compare(from, lines.join('\n'))).toEqual([])
  })

  test('chains of others are not looked at', () => {
    const from = input()
    const text = dumpOf(all(from))
      .replaceAll('*nat\n', '*nat\n:CNI-a - [0:0]\n:KUBE-KUBELET-CANARY - [0:0]\n')
      .replace(/(-A PREROUTING)/, '-A PREROUTING -j CNI-a\n-A CNI-a -j ACCEPT\n$1')
      .replace(/(-A KUBE-FIREWALL)/, '-A KUBE-FIREWALL -m mark --mark 0x8000/0x8000 -j DROP\n$1')
    expect(compare(from, text)).toEqual([])
  })
})

describe('[R19] dumps of a real kernel', () => {
  const root = new URL('../../../fixtures/', import.meta.url)
  const names = readdirSync(new URL('dumps/', root)).flatMap(
    (file) => /^iptables-save-(.*)\.txt$/.exec(file)?.[1] ?? [],
  )
  const { vectors } = JSON.parse(readFileSync(new URL('vectors/proxy-topology-hand.json', root), 'utf8'))

  function record(kind: 'Service' | 'EndpointSlice', raw: unknown) {
    const parsed = parseObject(kind, raw, { requireUid: false })
    if (!parsed.ok) throw new Error(parsed.reject.field)
    return parsed.record
  }

  function inputOf(name: string): RuleInput {
    const raw = vectors.find((vector: { readonly name: string }) => vector.name === name).input
    const isIpv4 = raw.ipFamily === 'IPv4'
    const service = record('Service', raw.service)
    const slices = raw.endpointSlices.map((slice: unknown) => record('EndpointSlice', slice))
    return {
      node: { name: raw.node.name, zone: 'zone-a', addresses: [isIpv4 ? '192.168.0.2' : 'fd00:ffff::2'] },
      family: raw.ipFamily,
      services: [{ service, slices } as RuleInput['services'][number]],
      settings: settings({ localDetector: { kind: 'cidr', cidr: isIpv4 ? '10.0.0.0/8' : 'fd00:10::/64' } }),
    }
  }

  const textOf = (name: string) => readFileSync(new URL(`dumps/iptables-save-${name}.txt`, root), 'utf8')

  test.each(names)('%s: no difference', (name) => {
    expect(compare(inputOf(name), textOf(name))).toEqual([])
  })

  test.each(names)('%s: every rule of kube-proxy that is taken away is missed', (name) => {
    const predicted = all(inputOf(name))
    const lines = textOf(name).split('\n')
    const own = lines.flatMap((line, at) => (/^-A KUBE-|-j KUBE-/.test(line) ? [at] : []))
    expect(own.length).toBeGreaterThan(20)
    for (const at of own) {
      const optional = lines[at]?.includes('INVALID') ?? false
      const found = compareLines(predicted, lines.toSpliced(at, 1).join('\n'))
      expect([lines[at], found.map(({ kind }) => kind)]).toEqual([lines[at], optional ? [] : ['missing']])
    }
  })

  test.each(names)('%s: every such rule that is put in twice is one too many', (name) => {
    const predicted = all(inputOf(name))
    const lines = textOf(name).split('\n')
    const own = lines.flatMap((line, at) => (/^-A KUBE-(?!FIREWALL)/.test(line) ? [at] : []))
    for (const at of own) {
      const found = compareLines(predicted, lines.toSpliced(at, 0, lines[at] ?? '').join('\n'))
      expect([lines[at], found.map(({ kind }) => kind)]).toEqual([lines[at], ['extra']])
    }
  })
})

describe('[R21] rules that are behind the cluster', () => {
  test('an endpoint that is gone is named, and whose it was', () => {
    const now = input({ endpoints: three.slice(0, 2) })
    const differences = compare(now, dumpOf(all(input({ endpoints: three }))))
    expect(differences.map(told)).toEqual([
      ['different', 'rule-different-probability', '10.0.0.1:8080'],
      ['different', 'rule-different-probability', '10.0.0.2:8080'],
      ['extra', 'rule-stale-endpoint', '10.0.0.3:8080'],
      ['extra', 'rule-stale-endpoint', '10.0.0.3:8080'],
      ['extra', 'rule-stale-endpoint', '10.0.0.3:8080'],
    ])
    expect(differences.every(({ service }) => service === 'shop/cart')).toBe(true)
    expect(differences[0]).toMatchObject({
      reason: { values: { expectedShare: 0.5, foundShare: expect.closeTo(1 / 3, 6) } },
      port: '/TCP',
    })
    expect(differences[2]?.reason.values).toEqual({ endpoint: '10.0.0.3:8080', service: 'shop/cart' })
  })

  test('an endpoint that is used, but not by this chain, is not stale', () => {
    const spec = { ...nodePort, externalTrafficPolicy: 'Local' }
    const now = input({ spec })
    const was = input({ spec, endpoints: [1, 2].map((last) => endpoint(last, 'ready', on('node-a'))) })
    expect(compare(now, dumpOf(all(was))).map(told)).toEqual([
      ['different', 'rule-different-probability', '10.0.0.1:8080'],
      ['extra', 'rule-extra', '10.0.0.2:8080'],
    ])
  })

  test('an endpoint that is not there yet is named', () => {
    const differences = compare(input({ endpoints: three }), dumpOf(all(input({ endpoints: three.slice(0, 2) }))))
    expect(differences.map(told).filter(([kind]) => kind === 'missing')).toEqual([
      ['missing', 'rule-missing-endpoint', '10.0.0.3:8080'],
      ['missing', 'rule-missing-endpoint', '10.0.0.3:8080'],
      ['missing', 'rule-missing-endpoint', '10.0.0.3:8080'],
    ])
  })

  test('a refusal that should have ended is named', () => {
    const was = input({ spec: nodePort, endpoints: [] })
    const differences = compare(input({ spec: nodePort }), dumpOf(all(was)))
    expect(differences.filter(({ kind }) => kind === 'extra').map(({ reason, port }) => [reason, port])).toEqual([
      [{ code: 'rule-stale-refusal', values: { service: 'shop/cart', target: 'REJECT' } }, '/TCP'],
      [{ code: 'rule-stale-refusal', values: { service: 'shop/cart', target: 'REJECT' } }, '/TCP'],
    ])
  })

  test('a Service that is gone is named for each of its rules', () => {
    const differences = compare({ ...input(), services: [] }, dumpOf(all(input())))
    expect(new Set(differences.map(({ reason }) => reason.code))).toEqual(new Set(['rule-stale-service']))
    expect(differences.map(({ service }) => service)).toEqual(differences.map(() => 'shop/cart'))
    expect(differences.find(({ found }) => found?.text.includes('KUBE-SERVICES'))?.port).toBe('/TCP')
  })

  test('in a large cluster the chains tell without comments', () => {
    const large = { totalEndpoints: 5000 }
    const now = input({ ...large, endpoints: three.slice(0, 2) })
    const differences = compare(now, dumpOf(all(input({ ...large, endpoints: three }))))
    expect(differences.map(({ service, endpoint: key }) => [service, key]).at(-1)).toEqual([
      'shop/cart',
      '10.0.0.3:8080',
    ])
  })

  test('a chain that nothing leads to is left over, and harmless', () => {
    const text = dumpOf(all(input())).replaceAll(
      /\*nat\n/g,
      '*nat\n:KUBE-SEP-OLD - [0:0]\n:KUBE-SVC-OLD - [0:0]\n-A KUBE-SEP-OLD -p tcp -j DNAT --to-destination 10.9.9.9:80\n',
    )
    expect(compare(input(), text).map(told)).toEqual([
      ['extra', 'rule-left-over', '10.9.9.9:80'],
      ['extra', 'rule-left-over', ''],
    ])
  })
})

describe('[R20] one change in a dump', () => {
  const spec = { ...nodePort, sessionAffinity: 'ClientIP', loadBalancerSourceRanges: ['192.0.2.0/24'] }
  const status = { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } }
  const from = input({ spec, status })
  const good = dumpOf(all(from))
  const [first, second] = [sep('10.0.0.1'), sep('10.0.0.2')]

  test.each([
    ['another target', `80 -j ${CART.cluster}`, `80 -j ${CART.local}`, 'different', 'rule-different-target'],
    ['another probability', '0.5000000000', '0.2500000000', 'different', 'rule-different-probability'],
    [
      'another timeout',
      `${first} --rcheck --seconds 10800`,
      `${first} --rcheck --seconds 60`,
      'different',
      'rule-different-affinity',
    ],
    ['another mark', '--or-mark 0x00004000', '--or-mark 0x00008000', 'different', 'rule-different'],
  ])('%s', (_name, was, is, kind, code) => {
    expect(good).toContain(was)
    expect(
      compare(from, good.replace(was, is))
        .map(told)
        .map((one) => one.slice(0, 2)),
    ).toEqual([[kind, code]])
  })

  test('choices in another order', () => {
    const lines = good.split('\n')
    const isLast = (line: string) => line.startsWith(`-A ${CART.cluster} `) && line.endsWith(`:8080" -j ${second}`)
    const at = lines.findIndex(isLast)
    expect(at).toBeGreaterThan(0)
    const [moved = ''] = lines.splice(at, 1)
    lines.splice(at - 1, 0, moved)
    expect(compare(from, lines.join('\n')).map(({ reason }) => reason.code)).toEqual(['rule-out-of-order'])
  })

  test('the jump to the node ports before a Service', () => {
    const lines = good.split('\n')
    const at = lines.findIndex((line) => line.includes('must be the last rule'))
    const [moved = ''] = lines.splice(at, 1)
    lines.splice(
      lines.findIndex((line) => line.includes('-d 10.96.0.10')),
      0,
      moved,
    )
    expect(compare(from, lines.join('\n')).map(({ reason }) => reason.code)).toEqual(['rule-not-last'])
  })

  test('a node port on an address that the Node object does not tell', () => {
    const some = input({ spec, settings: { nodePortAddresses: ['192.168.0.0/16'] } })
    const text = dumpOf(all(some)).replace(
      /(.*)-d 192\.168\.0\.2( -j KUBE-NODEPORTS\n)/,
      '$1-d 192.168.0.2$2$1-d 192.168.7.7$2',
    )
    expect(compare(some, text).map(({ reason }) => reason)).toEqual([
      { code: 'rule-extra-node-address', values: { address: '192.168.7.7' } },
    ])
  })

  test('a table that is not in the dump is one difference', () => {
    const nat = good.slice(good.indexOf('*nat'))
    expect(compare(from, nat)).toMatchObject([
      { kind: 'missing', predicted: '*filter', reason: { code: 'rule-table-absent' } },
    ])
  })

  test('an empty table misses every rule', () => {
    const empty = '*filter\nCOMMIT\n*nat\nCOMMIT\n'
    const differences = compare(from, empty)
    const rules = all(from).filter(({ text, unless }) => text.startsWith('-A') && !unless)
    expect(differences.filter(({ predicted }) => predicted?.startsWith('-A'))).toHaveLength(rules.length)
    expect(new Set(differences.map(({ kind }) => kind))).toEqual(new Set(['missing']))
  })
})

test('[R20] 20,000 endpoints are compared in little time', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => ({
    addresses: [`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`],
    conditions: { ready: true },
  }))
  const lines = all(input({ endpoints: many }))
  const text = dumpOf(lines)
  const from = performance.now()
  const dump = parseIptablesSave(text)
  expect(isFault(dump) ? dump : compareIptables(lines, dump)).toEqual([])
  // Far above what it takes, far below what it would take if rules were looked for one by one.
  expect(performance.now() - from).toBeLessThan(20_000)
}, 60_000)
