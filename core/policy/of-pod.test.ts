import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import reasons from '../../messages/en/reasons.json'
import { createClusterStore } from '../../server/store/cluster-store'
import type { Reason } from '../model/reason'
import type { ClusterRecord, Kind } from '../model/records'
import { networkPolicy, pod } from '../testing/builders'
import { clusterEvents } from '../testing/small-cluster'
import { policiesOfPod } from './of-pod'
import { EVERYTHING, expression, labelled, peer, port, rule } from './testing'

const cart = pod({ name: 'cart-1' })
const t = createTranslator({ locale: 'en', messages: { reasons } })
const say = ({ code, values }: Reason) => t(`reasons.${code}` as never, values as never)

function asked(records: readonly ClusterRecord[], unknown: readonly Kind[] = []) {
  const store = createClusterStore()
  store.apply(clusterEvents([cart, ...records], unknown))
  const found = policiesOfPod(store, cart.key)
  if (!found) throw new Error('no pod')
  return found
}

describe('[F1] what binds a pod', () => {
  test.each<[string, readonly ClusterRecord[], readonly string[]]>([
    ['nothing', [], ['no', 'no']],
    ['a policy of ingress', [networkPolicy()], ['yes', 'no']],
    ['one of egress', [networkPolicy({ policyTypes: ['Egress'] })], ['no', 'yes']],
    ['one of other pods', [networkPolicy({ podSelector: labelled({ app: 'web' }) })], ['no', 'no']],
    ['one that cannot be read', [networkPolicy({ podSelector: expression('app', 'Near', 'x') })], ['unknown', 'no']],
    ['one of another namespace', [networkPolicy({ namespace: 'pay' })], ['no', 'no']],
  ])('%s', (_, records, expected) => {
    expect(asked(records).directions.map(({ bound }) => bound)).toEqual(expected)
  })

  test('where policies may not be read nothing is said of them', () => {
    const found = asked([networkPolicy()], ['NetworkPolicy'])
    expect([found.coverage, found.directions, found.notes]).toEqual(['loading', [], []])
  })

  test('a pod that is not there', () => {
    expect(policiesOfPod(createClusterStore(), cart.key)).toBeUndefined()
  })
})

describe('[F9] notes', () => {
  const hosted = pod({ name: 'cart-1', hostNetwork: true })
  test.each<[string, readonly ClusterRecord[], readonly string[]]>([
    ['without policies nobody is asked who enforces them', [], []],
    ['with a policy, who enforces it', [networkPolicy()], ['policy-engine-assumed']],
    ['a policy of another namespace is none', [networkPolicy({ namespace: 'pay' })], []],
    ['a pod on the network of its node', [hosted], ['policy-host-network']],
    ['both', [hosted, networkPolicy()], ['policy-host-network', 'policy-engine-assumed']],
  ])('%s', (_, records, expected) => expect(asked(records).notes.map(({ code }) => code)).toEqual(expected))

  test('the pod is named', () => expect(asked([hosted]).notes[0]?.values).toEqual({ pod: 'shop/cart-1' }))
})

describe('[F1] policies that bind it', () => {
  const odd = networkPolicy({ name: 'odd', podSelector: expression('app', 'Near', 'x') })
  const ingressOf = () =>
    asked([networkPolicy(), odd, networkPolicy({ name: 'out', policyTypes: ['Egress'] })]).directions[0]

  test('the sure ones first, with their selectors; why another may not', () => {
    const ingress = ingressOf()
    expect(ingress?.policies.map(({ policy, podSelector, unsure }) => [policy, podSelector, unsure?.code])).toEqual([
      ['shop/deny-all', '{}', undefined],
      ['shop/odd', 'app near (x)', 'policy-selector-unreadable'],
    ])
    expect(ingress?.policies[1]?.unsure?.values).toEqual({
      ...{ policy: 'shop/odd', field: 'spec.podSelector' },
      ...{ key: 'app', operator: 'Near' },
    })
  })

  test('a sure one beside one that may bind it is enough', () => expect(ingressOf()?.bound).toBe('yes'))

  test('each rule with its place, and as it is written', () => {
    const written = networkPolicy({ policyTypes: ['Egress'], egress: [rule(), rule({ ports: [port(80)] })] })
    const [, egress] = asked([written]).directions
    expect(egress?.policies[0]?.rules.map(({ field, value }) => [field, value])).toEqual([
      ['spec.egress[0]', '{}'],
      ['spec.egress[1]', 'ports: 80/TCP'],
    ])
  })

  test.each([
    [peer({ podSelector: EVERYTHING }), 'policy-peer-own-pods', { pods: '', all: 'yes' }],
    [peer({ podSelector: labelled({ a: 'b' }) }), 'policy-peer-own-pods', { pods: 'a=b', all: 'no' }],
    [
      peer({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } }),
      'policy-peer-range',
      { cidr: '10.0.0.0/8', except: '10.1.0.0/16, 10.2.0.0/16', exceptions: 2 },
    ],
  ])('an entry in words %#', (entry, code, values) => {
    const [told] =
      asked([networkPolicy({ ingress: [rule({ peers: [entry] })] })]).directions[0]?.policies[0]?.rules ?? []
    expect(told?.peers).toEqual([{ code, values }])
  })

  test('an entry that names nobody', () => {
    const told = asked([networkPolicy({ ingress: [rule({ peers: [peer({})] })] })]).directions[0]?.policies[0]?.rules[0]
    expect(told?.peers).toEqual([{ code: 'policy-peer-unreadable-entry', values: { entry: '' } }])
  })
})

describe('[F4] rules in words', () => {
  test.each([
    ['nobody named', rule(), 'anybody on all ports'],
    [
      'pods',
      rule({
        peers: [peer({ podSelector: labelled({ app: 'web' }) })],
        ports: [port(80), port('dns', { protocol: 'UDP' })],
      }),
      'pods with app=web of the same namespace on 80/TCP, dns/UDP',
    ],
    ['all pods', rule({ peers: [peer({ podSelector: EVERYTHING })] }), 'all pods of the same namespace on all ports'],
    [
      'everywhere',
      rule({ peers: [peer({ namespaceSelector: EVERYTHING, podSelector: labelled({ a: 'b' }) })] }),
      'pods with a=b of every namespace on all ports',
    ],
    [
      'namespaces',
      rule({ peers: [peer({ namespaceSelector: expression('team', 'In', 'a', 'b') })] }),
      'all pods of namespaces with team in (a,b) on all ports',
    ],
    [
      'a range',
      rule({ peers: [peer({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } })] }),
      'addresses in 10.0.0.0/8 except 10.1.0.0/16 on all ports',
    ],
    [
      'two entries',
      rule({
        peers: [
          peer({ ipBlock: { cidr: '::/0', except: [] } }),
          peer({ podSelector: expression('x', 'DoesNotExist') }),
        ],
      }),
      'addresses in ::/0 or pods with !x of the same namespace on all ports',
    ],
  ])('%s', (_, written, expected) => {
    const [ingress] = asked([networkPolicy({ ingress: [written] })]).directions
    const [told] = ingress?.policies[0]?.rules ?? []
    expect(told && `${told.peers.map(say).join(' or ')} on ${say(told.ports)}`).toBe(expected)
    expect(told?.field).toBe('spec.ingress[0]')
  })
})
