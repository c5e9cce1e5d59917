import { describe, expect, test } from 'vitest'
import type { NetworkPolicyRecord } from '../model/records'
import { namespace, networkPolicy, pod } from '../testing/builders'
import { bindingOf, decide, directionsOf } from './decide'
import { expression, labelled, peer, port, rule } from './testing'
import type { Direction, Peer } from './types'

describe('[F1] whom a policy binds, for what', () => {
  test.each<[string, Partial<NetworkPolicyRecord>, readonly Direction[]]>([
    ['without types: ingress', { policyTypes: [] }, ['ingress']],
    ['without types, with egress rules: both', { policyTypes: [], egress: [rule()] }, ['ingress', 'egress']],
    ['egress alone, as written', { policyTypes: ['Egress'], ingress: [rule()] }, ['egress']],
    ['both, as written', { policyTypes: ['Egress', 'Ingress'] }, ['ingress', 'egress']],
    ['ingress alone, whatever egress rules it has', { policyTypes: ['Ingress'], egress: [rule()] }, ['ingress']],
  ])('%s', (_, over, directions) => {
    expect(directionsOf(networkPolicy(over))).toEqual(directions)
  })

  test('the pods its selector selects; those it cannot be said of apart', () => {
    const all = networkPolicy({ name: 'all' })
    const api = networkPolicy({ name: 'api', podSelector: labelled({ app: 'api' }) })
    const odd = networkPolicy({ name: 'odd', podSelector: expression('app', 'Near', 'cart') })
    const out = networkPolicy({ name: 'out', policyTypes: ['Egress'] })
    const { sure, unsure } = bindingOf([all, api, odd, out], pod(), 'ingress')
    expect(sure).toEqual([all])
    expect(unsure.map(({ policy }) => policy)).toEqual([odd])
  })
})

const web: Peer = {
  kind: 'pod',
  pod: pod({ name: 'web', labels: { app: 'web' } }),
  namespace: namespace(),
  address: '10.244.0.9',
  family: 'IPv4',
  called: undefined,
  ranges: undefined,
}
const called = { protocol: 'TCP', port: 8080, pod: pod() } as const
const fromWeb = rule({ peers: [peer({ podSelector: labelled({ app: 'web' }) })] })
const fromApi = rule({ peers: [peer({ podSelector: labelled({ app: 'api' }) })] })
const fromOdd = rule({ peers: [peer({ podSelector: expression('app', 'Near', 'web') })] })
const onPort = (number: number) => rule({ ports: [port(number)] })
const policy = (name: string, ...ingress: NetworkPolicyRecord['ingress']) => networkPolicy({ name, ingress })
const odd = networkPolicy({ name: 'odd', podSelector: expression('app', 'Near', 'cart') })

describe('[F3] policies add up', () => {
  test.each<[string, readonly NetworkPolicyRecord[], string]>([
    ['none binds it', [], 'allowed policy-not-isolated'],
    ['one without rules', [policy('deny')], 'denied policy-denies-all shop/deny spec.ingress'],
    ['a rule that is empty', [policy('open', rule())], 'allowed policy-rule-allows shop/open spec.ingress[0]'],
    ['no rule of one holds', [policy('a', fromApi, onPort(1))], 'denied policy-no-rule-allows shop/a spec.ingress'],
    [
      'the second rule holds',
      [policy('a', fromApi, fromWeb)],
      'allowed policy-rule-allows shop/a spec.ingress[1].from[0]',
    ],
    [
      'the second policy holds',
      [policy('a'), policy('b', fromWeb)],
      'allowed policy-rule-allows shop/b spec.ingress[0].from[0]',
    ],
    ['neither holds', [policy('a'), policy('b', fromApi)], 'denied policy-no-rule-allows shop/a spec.ingress'],
    [
      'peer and port must both hold',
      [policy('a', { ...fromWeb, ports: [port(80)] })],
      'denied policy-no-rule-allows shop/a spec.ingress',
    ],
    [
      'peer and port both hold',
      [policy('a', { ...fromWeb, ports: [port(8080)] })],
      'allowed policy-rule-allows shop/a spec.ingress[0].from[0]',
    ],
    [
      'a rule that cannot be said may have let it in',
      [policy('a', fromOdd)],
      'unknown policy-selector-unreadable shop/a spec.ingress[0].from[0]',
    ],
    [
      'another that holds does so anyway',
      [policy('a', fromOdd), policy('b', fromWeb)],
      'allowed policy-rule-allows shop/b spec.ingress[0].from[0]',
    ],
    [
      'a port that rules it out comes before a peer that cannot be said',
      [policy('a', { ...fromOdd, ports: [port(80)] })],
      'denied policy-no-rule-allows shop/a spec.ingress',
    ],
    [
      'a port that cannot be said',
      [policy('a', { ...fromWeb, ports: [port(80, { protocol: 'X' })] })],
      'unknown policy-protocol-unknown shop/a spec.ingress[0].ports',
    ],
    [
      'a peer that rules it out comes before a port that cannot be said',
      [policy('a', { ...fromApi, ports: [port(80, { protocol: 'X' })] })],
      'denied policy-no-rule-allows shop/a spec.ingress',
    ],
    [
      'a port that cannot be said, for everybody',
      [policy('a', rule({ ports: [port(80, { protocol: 'X' })] }))],
      'unknown policy-protocol-unknown shop/a spec.ingress[0].ports',
    ],
    ['a policy that may bind it, alone', [odd], 'unknown policy-selector-unreadable shop/odd spec.podSelector'],
    [
      'a policy that may let it in, beside one that does not',
      [odd, policy('z')],
      'unknown policy-selector-unreadable shop/odd spec.podSelector',
    ],
    [
      'a policy that may bind it, beside a rule that holds',
      [odd, policy('z', fromWeb)],
      'allowed policy-rule-allows shop/z spec.ingress[0].from[0]',
    ],
  ])('%s', (_, policies, expected) => {
    const { state, reason, decidedBy } = decide('ingress', bindingOf(policies, pod(), 'ingress'), { peer: web, called })
    const [at] = decidedBy
    expect(`${state} ${reason.code}${at ? ` ${at.policy} ${at.field}` : ''}`).toBe(expected)
  })

  test('the reason names policy, direction and field; of those that deny the first, and how many more', () => {
    const reason = (...policies: readonly NetworkPolicyRecord[]) =>
      decide('ingress', bindingOf(policies, pod(), 'ingress'), { peer: web, called }).reason
    expect(reason(policy('a'), policy('b', fromWeb)).values).toEqual({
      policy: 'shop/b',
      direction: 'ingress',
      field: 'spec.ingress[0].from[0]',
    })
    expect(reason(policy('a'), policy('b', fromApi, fromApi)).values).toEqual({
      policy: 'shop/a',
      direction: 'ingress',
      more: 1,
      rules: 2,
    })
    expect(reason().values).toEqual({ direction: 'ingress' })
    expect(reason(odd).values).toEqual({
      ...{ key: 'app', operator: 'Near' },
      ...{ policy: 'shop/odd', direction: 'ingress', field: 'spec.podSelector' },
    })
  })

  test('what lets out stands in `to`', () => {
    const out = networkPolicy({ name: 'a', policyTypes: ['Egress'], egress: [fromWeb] })
    const found = decide('egress', bindingOf([out], pod(), 'egress'), { peer: web, called })
    expect(found.decidedBy[0]?.field).toBe('spec.egress[0].to[0]')
  })

  test('every policy that denies is quoted', () => {
    const found = decide('ingress', bindingOf([policy('a'), policy('b', fromApi)], pod(), 'ingress'), {
      peer: web,
      called,
    })
    expect(found.decidedBy).toEqual([
      { policy: 'shop/a', field: 'spec.ingress', value: '[]' },
      { policy: 'shop/b', field: 'spec.ingress', value: '[podSelector: app=api]' },
    ])
  })

  test('what decides is quoted', () => {
    const one = policy('a', {
      ...fromWeb,
      ports: [port(80), port('dns', { protocol: 'UDP' }), port(1, { endPort: 9 })],
    })
    const found = decide('ingress', bindingOf([one], pod(), 'ingress'), { peer: web, called })
    expect(found.decidedBy[0]?.value).toBe('[podSelector: app=web; ports: 80/TCP, dns/UDP, 1-9/TCP]')
  })
})
