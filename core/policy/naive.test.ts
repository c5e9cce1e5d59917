// The evaluator against one written anew from the API's documentation, over manifests: plain loops, addresses as numbers. Parts that
// nobody can read mean yes in one world and no in another; what differs between the two must be said to be unknown.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { parseObject } from '../model/from-api'
import type { Kind, PodRecord } from '../model/records'
import { container, namespace, pod } from '../testing/builders'
import { policyEvaluator } from './evaluate'

type Labels = Readonly<Record<string, string>>
type Selector = {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}
type Peer = {
  readonly podSelector?: Selector
  readonly namespaceSelector?: Selector
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] }
}
type Port = { readonly protocol?: string; readonly port?: number | string; readonly endPort?: number }
type Rule = { readonly from?: readonly Peer[]; readonly to?: readonly Peer[]; readonly ports?: readonly Port[] }
type Policy = {
  readonly metadata: { readonly namespace: string; readonly name: string }
  readonly spec: {
    readonly podSelector: Selector
    readonly policyTypes?: readonly string[]
    readonly ingress?: readonly Rule[]
    readonly egress?: readonly Rule[]
  }
}
type Pod = {
  readonly namespace: string
  readonly labels: Labels
  readonly ip: string
  readonly names: Readonly<Record<string, number>>
}
type World = {
  readonly pods: readonly [Pod, Pod]
  readonly namespaces: Readonly<Record<string, Labels>>
  readonly policies: readonly Policy[]
  readonly port: number
  readonly protocol: string
}

// --- the other evaluator

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist']

function chosen(selector: Selector, labels: Labels, guess: boolean): boolean {
  for (const { operator, values = [] } of selector.matchExpressions ?? []) {
    const needs = operator === 'In' || operator === 'NotIn'
    if (!OPERATORS.includes(operator) || needs !== values.length > 0) return guess
  }
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (labels[key] !== value) return false
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const own = labels[key]
    if (operator === 'Exists' && own === undefined) return false
    if (operator === 'DoesNotExist' && own !== undefined) return false
    if (operator === 'In' && (own === undefined || !values.includes(own))) return false
    if (operator === 'NotIn' && own !== undefined && values.includes(own)) return false
  }
  return true
}

const numberOf = (ip: string) => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

function span(cidr: string): readonly [number, number] | undefined {
  const [, ip, bits] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(cidr) ?? []
  if (ip === undefined || Number(bits) > 32) return undefined
  const size = 2 ** (32 - Number(bits))
  const first = Math.floor(numberOf(ip) / size) * size
  return [first, first + size - 1]
}

function inRange({ cidr, except = [] }: NonNullable<Peer['ipBlock']>, ip: string, guess: boolean): boolean {
  const whole = span(cidr)
  const holes = except.map(span)
  if (!whole) return guess
  for (const hole of holes) {
    if (!hole || hole[0] < whole[0] || hole[1] > whole[1] || hole[1] - hole[0] >= whole[1] - whole[0]) return guess
  }
  const at = numberOf(ip)
  if (at < whole[0] || at > whole[1]) return false
  return holes.every((hole) => !hole || at < hole[0] || at > hole[1])
}

function portOpen(ports: readonly Port[] | undefined, world: World, guess: boolean): boolean {
  if (!ports || ports.length === 0) return true
  return ports.some(({ protocol = 'TCP', port, endPort }) => {
    if (!['TCP', 'UDP', 'SCTP'].includes(protocol)) return guess
    if (endPort !== undefined && (typeof port !== 'number' || endPort < port)) return guess
    if (protocol !== world.protocol) return false
    if (port === undefined) return true
    if (typeof port === 'string') return protocol === 'TCP' && world.pods[1].names[port] === world.port
    return world.port >= port && world.port <= (endPort ?? port)
  })
}

function peerOpen(
  peers: readonly Peer[] | undefined,
  { other, home, namespaces, guess }: { other: Pod; home: string; namespaces: World['namespaces']; guess: boolean },
): boolean {
  if (!peers || peers.length === 0) return true
  return peers.some(({ podSelector, namespaceSelector, ipBlock }) => {
    const selects = podSelector !== undefined || namespaceSelector !== undefined
    if (selects === (ipBlock !== undefined)) return guess
    if (ipBlock) return inRange(ipBlock, other.ip, guess)
    const there = namespaceSelector
      ? chosen(namespaceSelector, namespaces[other.namespace] ?? {}, guess)
      : other.namespace === home
    return there && chosen(podSelector ?? {}, other.labels, guess)
  })
}

function open(world: World, direction: 'ingress' | 'egress', guess: (part: string) => boolean): boolean {
  const [from, to] = world.pods
  const [own, other] = direction === 'ingress' ? [to, from] : [from, to]
  let bound = false
  for (const { metadata, spec } of world.policies) {
    const types = spec.policyTypes ?? []
    const applies =
      types.length > 0
        ? types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
        : direction === 'ingress' || (spec.egress ?? []).length > 0
    if (metadata.namespace !== own.namespace || !applies || !chosen(spec.podSelector, own.labels, guess('policy')))
      continue
    bound = true
    for (const rule of spec[direction] ?? []) {
      const peers = direction === 'ingress' ? rule.from : rule.to
      const ask = { other, home: metadata.namespace, namespaces: world.namespaces, guess: guess('peer') }
      if (portOpen(rule.ports, world, guess('port')) && peerOpen(peers, ask)) return true
    }
  }
  return !bound
}

// --- worlds

const broken = (weight: number, arbitrary: fc.Arbitrary<string>, odd: string) =>
  fc.oneof({ weight: 20, arbitrary }, { weight, arbitrary: fc.constant(odd) })

function worlds(odd: number): fc.Arbitrary<World> {
  const key = fc.constantFrom('app', 'tier')
  const value = fc.constantFrom('a', 'b')
  const labels = fc.dictionary(key, value, { maxKeys: 2 })
  const expression = fc.oneof(
    fc.record({
      key,
      operator: broken(odd, fc.constantFrom('In', 'NotIn'), 'Near'),
      values: fc.array(value, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  )
  const selector: fc.Arbitrary<Selector> = fc.record(
    { matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 2 }) },
    { requiredKeys: [] },
  )
  const cidr = broken(
    odd,
    fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24', '10.2.0.0/16', '0.0.0.0/0', '10.1.1.1/32'),
    '10.1.0.0',
  )
  const ipBlock = fc.oneof(
    fc.record({ cidr }),
    fc.record({
      cidr: fc.constantFrom('10.0.0.0/8', '10.1.0.0/16'),
      except: fc.array(broken(odd, fc.constantFrom('10.1.1.0/24', '10.1.2.1/32'), '10.9.0.0/16'), { maxLength: 2 }),
    }),
  )
  const peer: fc.Arbitrary<Peer> = fc.oneof(
    fc.record({ podSelector: selector }),
    fc.record({ namespaceSelector: selector }),
    fc.record({ podSelector: selector, namespaceSelector: selector }),
    fc.record({ ipBlock }),
  )
  const port: fc.Arbitrary<Port> = fc.oneof(
    fc.record(
      { protocol: broken(odd, fc.constantFrom('TCP', 'UDP'), 'QUIC'), port: fc.constantFrom(80, 81) },
      { requiredKeys: [] },
    ),
    fc.record({ port: fc.constantFrom(79, 80, 81), endPort: fc.constantFrom(81, 82) }),
    fc.record({ port: fc.constantFrom('web', 'other') }),
  )
  const rules = (peers: 'from' | 'to'): fc.Arbitrary<readonly Rule[]> =>
    fc.array(
      fc.record(
        { [peers]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) },
        { requiredKeys: [] },
      ),
      { maxLength: 3 },
    )
  const where = fc.constantFrom('one', 'two')
  const policy = fc.record({
    metadata: fc.record({ namespace: where, name: fc.constantFrom('p1', 'p2', 'p3', 'p4') }),
    spec: fc.record(
      {
        podSelector: selector,
        policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress'], []),
        ingress: rules('from'),
        egress: rules('to'),
      },
      { requiredKeys: ['podSelector'] },
    ),
  })
  const podOf = (ips: readonly string[]) =>
    fc.record({
      namespace: where,
      labels,
      ip: fc.constantFrom(...ips),
      names: fc.constantFrom<Pod['names']>({ web: 80 }, { web: 81 }, {}),
    })
  return fc.record({
    pods: fc.tuple(podOf(['10.1.1.1', '10.1.2.1', '10.2.0.1']), podOf(['10.1.1.2', '10.1.2.2', '10.3.0.1'])),
    namespaces: fc.record({ one: labels, two: labels }),
    policies: fc.uniqueArray(policy, {
      maxLength: 4,
      selector: ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    }),
    port: fc.constantFrom(80, 81),
    protocol: fc.constantFrom('TCP', 'UDP'),
  })
}

function ours({ pods, namespaces, policies, port, protocol }: World): string {
  const records = pods.map(
    (one, at): PodRecord =>
      pod({
        namespace: one.namespace,
        name: `pod-${at}`,
        labels: one.labels,
        podIPs: [one.ip],
        containers: [
          container({
            ports: Object.entries(one.names).map(([name, containerPort]) => ({ name, protocol: 'TCP', containerPort })),
          }),
        ],
      }),
  )
  const [from, to] = records
  if (!from || !to) throw new Error('two pods')
  const store = createClusterStore()
  const known: readonly Kind[] = ['NetworkPolicy', 'Pod', 'Namespace', 'DaemonSet']
  store.apply([
    ...known.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...Object.entries(namespaces).map(
      ([name, labels]): ClusterEvent => ({ type: 'put', record: namespace({ name, labels }) }),
    ),
    ...policies.map((raw): ClusterEvent => {
      const parsed = parseObject('NetworkPolicy', raw, { requireUid: false })
      if (!parsed.ok) throw new Error(parsed.reject.field)
      return { type: 'put', record: parsed.record }
    }),
  ])
  const source = {
    pod: from,
    address: from.podIPs[0],
    seenAs: { kind: 'pod' },
    called: undefined,
    through: undefined,
  } as const
  const target = {
    address: to.podIPs[0] ?? '',
    port,
    protocol: protocol === 'UDP' ? 'UDP' : 'TCP',
    pod: to,
    namespace: to.namespace,
    unclear: undefined,
  } as const
  return policyEvaluator(store, source)(target).state
}

const both = (world: World, guess: (part: string) => boolean) =>
  open(world, 'egress', guess) && open(world, 'ingress', guess)

describe('[F3] against an evaluator of its own', () => {
  test('policies that can be read: the same answer', () => {
    const seen = { allowed: 0, denied: 0 }
    fc.assert(
      fc.property(worlds(0), (world) => {
        const expected = both(world, () => false) ? 'allowed' : 'denied'
        seen[expected] += 1
        expect(ours(world)).toBe(expected)
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(300)
  })

  test('policies that cannot: no answer that another reading would turn over', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(worlds(6), (world) => {
        const answer = ours(world)
        seen.set(answer, (seen.get(answer) ?? 0) + 1)
        if (answer === 'unknown') return
        const kinds = ['policy', 'peer', 'port']
        for (let mask = 0; mask < 8; mask++) {
          const reading = both(world, (part) => ((mask >> kinds.indexOf(part)) & 1) === 1)
          expect(reading ? 'allowed' : 'denied').toBe(answer)
        }
      }),
      { numRuns: 3000 },
    )
    for (const state of ['allowed', 'denied', 'unknown']) expect(seen.get(state) ?? 0).toBeGreaterThan(100)
  })
})
