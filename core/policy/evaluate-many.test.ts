// Targets that policies cannot tell apart are decided once; the others each by themselves.

import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterRecord, NetworkPolicyRecord } from '../model/records'
import { container, networkPolicy, pod } from '../testing/builders'
import { clusterEvents } from '../testing/small-cluster'
import { type PolicySource, type PolicyTarget, policyEvaluator } from './evaluate'
import { at, calling, EVERYTHING, expression, labelled, outside, peer, port, rule } from './testing'

function viewOf(records: readonly ClusterRecord[]) {
  const store = createClusterStore()
  store.apply(clusterEvents(records))
  return store
}

const web = pod({ name: 'web', podIPs: ['10.244.0.9'], labels: { app: 'web' } })
const fromWeb = calling(web)
const onWay = { code: 'policy-other-node', values: {} }
const into = (...ingress: NetworkPolicyRecord['ingress']) =>
  networkPolicy({ name: 'in', podSelector: labelled({ app: 'cart' }), ingress })
const outOf = (name: string, ...egress: NetworkPolicyRecord['egress']) =>
  networkPolicy({ name, policyTypes: ['Egress'], podSelector: labelled({ app: 'web' }), egress })
const range = (cidr: string) => rule({ peers: [peer({ ipBlock: { cidr, except: [] } })] })

describe('[F8] one evaluator, asked of many targets, says of each what it says of it alone', () => {
  const named = (name: string, containerPort: number) =>
    container({ ports: [{ name, protocol: 'TCP', containerPort }] })
  const cartAt = (last: number, over: Parameters<typeof pod>[0] = {}) =>
    pod({ name: `cart-${last}`, podIPs: [`10.244.1.${last}`], ...over })
  const records = [
    outOf(
      'out',
      rule({ peers: [peer({ podSelector: labelled({ app: 'cart' }) })] }),
      rule({ peers: [peer({ podSelector: labelled({ app: 'web' }), namespaceSelector: EVERYTHING })] }),
    ),
    networkPolicy({
      name: 'cart',
      podSelector: labelled({ app: 'cart' }),
      ingress: [rule({ ports: [port(80), port('http'), port(53, { protocol: 'UDP' })] })],
    }),
    networkPolicy({
      name: 'canary',
      podSelector: expression('track', 'Exists'),
      ingress: [range('10.0.0.0/8')],
    }),
    networkPolicy({ namespace: 'pay', name: 'ledger', podSelector: labelled({ tier: 'db' }) }),
  ]
  const targets: readonly (readonly [string, PolicyTarget])[] = [
    ['a pod', at(cartAt(1))],
    ['one like it', at(cartAt(2))],
    ['another port of it', at(cartAt(2), { port: 80 })],
    ['a port nobody lets in', at(cartAt(2), { port: 81 })],
    ['the same by another protocol', at(cartAt(2), { port: 53, protocol: 'UDP' })],
    ['that number by the first protocol', at(cartAt(2), { port: 53 })],
    ['one that gives the port another name', at(cartAt(3, { containers: [named('web', 8080)] }))],
    ['one whose port of that name is another', at(cartAt(4, { containers: [named('http', 81)] }))],
    ['one of an init container', at(cartAt(9, { containers: [{ ...container(), role: 'init' }] }))],
    ['one with a label more', at(cartAt(5, { labels: { app: 'cart', track: 'canary' } }))],
    ['one whose label is empty', at(cartAt(6, { labels: { app: 'cart', track: '' } }))],
    ['one without the label', at(cartAt(7, { labels: {} }))],
    ['one on the network of its node', at(cartAt(8, { hostNetwork: true }))],
    ['the source', at(web)],
    ['a pod of another namespace', at(cartAt(1, { namespace: 'pay' }))],
    ['one of its closed pods', at(cartAt(2, { namespace: 'pay', labels: { app: 'cart', tier: 'db' } }))],
    ['one of them by the name of a pod at home', at(cartAt(2, { namespace: 'pay', labels: { tier: 'db' } }))],
    ['a pod that is not known', at(undefined, { address: '10.244.1.99', namespace: 'shop' })],
    ['another that is not known', at(undefined, { address: '10.244.1.98', namespace: 'pay' })],
    ['no pod', at(undefined)],
    ['another address of no pod', at(undefined, { address: '192.0.2.2' })],
    ['one whose address is not clear', at(undefined, { address: '192.0.2.3', unclear: onWay })],
    ['a pod by IPv6', at(cartAt(1, { podIPs: ['fd00::1'] }))],
    ['one by IPv6 that is not like it', at(cartAt(2, { podIPs: ['fd00::2'], labels: {} }))],
  ]
  const byRange = [...records, outOf('far', range('10.244.1.2/32'))]

  test.each<[string, PolicySource, readonly ClusterRecord[]]>([
    ['from a pod', fromWeb, records],
    ['from a pod whose egress asks for addresses', fromWeb, byRange],
    ['from a pod that nothing binds', fromWeb, records.slice(1)],
    [
      'from a pod whose egress asks for addresses in one entry of two',
      fromWeb,
      [outOf('far', rule({ peers: [peer({ podSelector: labelled({ app: 'x' }) }), ...range('10.244.1.2/32').peers] }))],
    ],
    [
      'from outside, to ports by names and numbers',
      outside('198.51.100.7'),
      [into(rule({ ports: [port(80), port('http')] }))],
    ],
    ['from outside, to ports by names', outside('198.51.100.7'), [into(rule({ ports: [port('http')] }))]],
    ['from outside', outside('198.51.100.7'), records],
    ['from a client whose address is not known', outside(undefined), [into(range('0.0.0.0/0'))]],
  ])('%s', (_, source, known) => {
    const view = viewOf(known)
    const said = (list: typeof targets) => {
      const evaluate = policyEvaluator(view, source)
      return new Map(list.map(([name, target]) => [name, evaluate(target)]))
    }
    const alone = new Map(targets.map(([name, target]) => [name, policyEvaluator(view, source)(target)]))
    expect(said(targets)).toEqual(alone)
    expect(said([...targets].reverse())).toEqual(new Map([...alone].reverse()))
    expect(said([...targets, ...targets])).toEqual(alone)
  })

  test('pods alike are decided once', () => {
    const evaluate = policyEvaluator(viewOf(records), fromWeb)
    expect(evaluate(at(cartAt(2)))).toBe(evaluate(at(cartAt(1))))
    evaluate(at(web))
    expect(evaluate(at(cartAt(3)))).toBe(evaluate(at(cartAt(1))))
  })

  test('the source is another than the pods like it', () => {
    const twin = pod({ name: 'twin', podIPs: ['10.244.0.8'], labels: { app: 'web' } })
    const view = viewOf([outOf('out', rule({ peers: [peer({ podSelector: labelled({ app: 'cart' }) })] }))])
    const states = (...pods: readonly (typeof twin)[]) => {
      const evaluate = policyEvaluator(view, fromWeb)
      return pods.map((one) => evaluate(at(one)).state)
    }
    expect(states(twin, web, twin)).toEqual(['denied', 'unknown', 'denied'])
    expect(states(web, twin)).toEqual(['unknown', 'denied'])
  })

  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['without it', {}, { track: 'undefined' }],
    ['of another key', { stage: 'x' }, { track: 'x' }],
  ])('a label is told from one %s', (_, open, closed) => {
    const known = [
      networkPolicy({ name: 'track', podSelector: expression('track', 'Exists') }),
      networkPolicy({ name: 'stage', podSelector: labelled({ stage: 'none', track: 'none' }) }),
    ]
    const evaluate = policyEvaluator(viewOf(known), fromWeb)
    const state = (name: string, labels: Readonly<Record<string, string>>) =>
      evaluate(at(pod({ name, labels, podIPs: ['10.244.1.1'] }))).state
    expect([state('a', open), state('b', closed)]).toEqual(['allowed', 'denied'])
  })

  test('questions for other labels that read alike are others', () => {
    const [plain, other] = [cartAt(1, { labels: {} }), cartAt(2, { labels: { ab: '1', c: '1' } })]
    const closed = (...keys: readonly string[]) => {
      const known = [networkPolicy({ podSelector: labelled(Object.fromEntries(keys.map((key) => [key, '1']))) })]
      const evaluate = policyEvaluator(viewOf(known), fromWeb)
      return [plain, other].map((one) => evaluate(at(one)).state)
    }
    expect(closed('a', 'bc')).toEqual(['allowed', 'allowed'])
    expect(closed('ab', 'c')).toEqual(['allowed', 'denied'])
  })

  test('a pod is told from another by what the policies of the question ask for', () => {
    const [plain, canary] = [cartAt(1), cartAt(5, { labels: { app: 'cart', track: 'canary' } })]
    const closed = networkPolicy({ name: 'closed', podSelector: labelled({ track: 'canary' }) })
    const states = (known: readonly ClusterRecord[]) => {
      const evaluate = policyEvaluator(viewOf(known), fromWeb)
      return [plain, canary].map((one) => evaluate(at(one)).state)
    }
    expect(states([into(rule())])).toEqual(['allowed', 'allowed'])
    expect(states([closed])).toEqual(['allowed', 'denied'])
    expect(states([into(rule())])).toEqual(['allowed', 'allowed'])
  })
})
