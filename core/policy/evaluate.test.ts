// The whole decision for a source and a target: whose policies are asked, which direction decides, and what cannot be said.

import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterView } from '../model/cluster-view'
import type { ClusterRecord, Kind, NetworkPolicyRecord } from '../model/records'
import { daemonSet, namespace, networkPolicy, pod } from '../testing/builders'
import { clusterEvents } from '../testing/small-cluster'
import { type PolicySource, type PolicyTarget, policyEvaluator } from './evaluate'
import { at, calling, expression, labelled, outside, peer, port, rule } from './testing'

type Known = { readonly unknown?: readonly Kind[]; readonly others?: readonly string[] }

function viewOf(records: readonly ClusterRecord[], { unknown = [], others = [] }: Known = {}): ClusterView {
  const store = createClusterStore()
  store.apply(clusterEvents([namespace({ name: 'pay' }), ...records], unknown))
  return { ...store, cluster: () => ({ otherPolicies: others }) }
}

const web = pod({ name: 'web', podIPs: ['10.244.0.9'], labels: { app: 'web' } })
const cart = pod({ name: 'cart-1', podIPs: ['10.244.1.1'] })
const fromWeb = calling(web)
const client = outside('198.51.100.7')
const notTold = { code: 'policy-node-source', values: { node: 'node-a' } }
const onWay = { code: 'policy-other-node', values: {} }

const into = (...ingress: NetworkPolicyRecord['ingress']) =>
  networkPolicy({ name: 'in', podSelector: labelled({ app: 'cart' }), ingress })
const outOf = (...egress: NetworkPolicyRecord['egress']) =>
  networkPolicy({ name: 'out', policyTypes: ['Egress'], podSelector: labelled({ app: 'web' }), egress })
const pods = (app: string) => rule({ peers: [peer({ podSelector: labelled({ app }) })] })
const range = (cidr: string) => rule({ peers: [peer({ ipBlock: { cidr, except: [] } })] })
const odd = rule({ ports: [port(1, { protocol: 'X' })] })
const oddly = expression('app', 'Near', 'x')

type Row = {
  readonly records?: readonly ClusterRecord[]
  readonly known?: Known
  readonly source?: PolicySource
  readonly target?: PolicyTarget
}
const verdictOf = ({ records = [], known, source = fromWeb, target = at(cart) }: Row) =>
  policyEvaluator(viewOf(records, known), source)(target)

/** `STATE by DIRECTION: EGRESS, INGRESS`. */
function answer(row: Row): string {
  const { state, decisive, egress, ingress } = verdictOf(row)
  expect([decisive.state, egress.direction, ingress.direction]).toEqual([state, 'egress', 'ingress'])
  const codes = [egress, ingress].map((one) => `${one.state} ${one.reason.code.replace('policy-', '')}`)
  return `${state} by ${decisive.direction}: ${codes.join(', ')}`
}

describe('[F7] which direction decides', () => {
  test.each<[string, readonly ClusterRecord[], string]>([
    ['nothing binds either pod', [], 'allowed by ingress: allowed not-isolated, allowed not-isolated'],
    ['let out by a rule', [outOf(rule())], 'allowed by egress: allowed rule-allows, allowed not-isolated'],
    ['let in by a rule', [into(rule())], 'allowed by ingress: allowed not-isolated, allowed rule-allows'],
    ['not let out, but in', [outOf(), into(rule())], 'denied by egress: denied denies-all, allowed rule-allows'],
    ['let out, but not in', [outOf(rule()), into()], 'denied by ingress: allowed rule-allows, denied denies-all'],
    ['neither out nor in', [outOf(), into()], 'denied by egress: denied denies-all, denied denies-all'],
    ['perhaps out, and not in', [outOf(odd), into()], 'denied by ingress: unknown protocol-unknown, denied denies-all'],
    ['not out, and perhaps in', [outOf(), into(odd)], 'denied by egress: denied denies-all, unknown protocol-unknown'],
    ['perhaps out', [outOf(odd)], 'unknown by egress: unknown protocol-unknown, allowed not-isolated'],
    [
      'out, and perhaps in',
      [outOf(rule()), into(odd)],
      'unknown by ingress: allowed rule-allows, unknown protocol-unknown',
    ],
    [
      'policies of other pods and of other namespaces bind neither',
      [
        networkPolicy({ podSelector: labelled({ app: 'x' }), policyTypes: ['Ingress', 'Egress'] }),
        networkPolicy({ namespace: 'pay', policyTypes: ['Ingress', 'Egress'] }),
      ],
      'allowed by ingress: allowed not-isolated, allowed not-isolated',
    ],
    [
      'a policy that may bind both',
      [networkPolicy({ podSelector: oddly, policyTypes: ['Ingress', 'Egress'] })],
      'unknown by egress: unknown selector-unreadable, unknown selector-unreadable',
    ],
  ])('%s', (_, records, expected) => expect(answer({ records })).toBe(expected))

  test('a direction that nothing binds names itself, and no policy', () => {
    const { egress, ingress } = verdictOf({})
    expect([egress.reason.values, ingress.reason.values]).toEqual([{ direction: 'egress' }, { direction: 'ingress' }])
    expect([...egress.decidedBy, ...ingress.decidedBy]).toEqual([])
  })
})

describe('[F7] who is at the ends', () => {
  const other = at(pod({ name: 'ledger', namespace: 'pay', podIPs: ['10.244.2.1'], labels: {} }))
  const noPod = at(undefined, { address: '198.51.100.9' })
  const called = { ...fromWeb, called: '10.96.0.10' }
  test.each<[string, Row, string]>([
    [
      'outside, where nothing binds the pod that is called',
      { source: client },
      'allowed by ingress: allowed source-no-pod, allowed not-isolated',
    ],
    [
      'no pod is reached from a pod that nothing binds',
      { target: noPod },
      'allowed by ingress: allowed not-isolated, allowed target-no-pod',
    ],
    [
      'no address is reached, by a range',
      { target: at(undefined, { address: 'host' }), records: [outOf(range('10.0.0.0/8'))] },
      'denied by egress: denied no-rule-allows, allowed target-no-pod',
    ],
    [
      'outside, in a range: no pod whose egress counts',
      { source: client, records: [outOf(), into(range('198.51.100.0/24'))] },
      'allowed by ingress: allowed source-no-pod, allowed rule-allows',
    ],
    [
      'outside, at an address of the other family',
      { source: client, records: [into(range('198.51.100.0/24'))], target: at(cart, { address: 'fd00::1' }) },
      'allowed by ingress: allowed source-no-pod, allowed rule-allows',
    ],
    [
      'outside, not in a range',
      { source: client, records: [into(range('10.0.0.0/8'))] },
      'denied by ingress: allowed source-no-pod, denied no-rule-allows',
    ],
    [
      'outside, at an address that is not known, and all of the family',
      { source: outside(undefined), records: [into(range('0.0.0.0/0'))] },
      'allowed by ingress: allowed source-no-pod, allowed rule-allows',
    ],
    [
      'outside, at an address that is not known, and all of the other family',
      { source: outside(undefined), records: [into(range('::/0'))] },
      'denied by ingress: allowed source-no-pod, denied no-rule-allows',
    ],
    [
      'a pod, in the range of its own address',
      { records: [into(range('10.244.0.9/32'))] },
      'allowed by ingress: allowed not-isolated, allowed rule-allows',
    ],
    [
      'a pod whose address is not known, and all of the family',
      { source: { ...fromWeb, address: undefined }, records: [into(range('0.0.0.0/0'))] },
      'allowed by ingress: allowed not-isolated, allowed rule-allows',
    ],
    [
      'a pod that is seen at another address, which no selector means',
      { source: { ...fromWeb, seenAs: { kind: 'address', address: '10.1.0.1' } }, records: [into(pods('web'))] },
      'denied by ingress: allowed not-isolated, denied no-rule-allows',
    ],
    [
      'what called it is of no matter to the pod that is called',
      { source: called, records: [into(range('10.244.0.0/24'))] },
      'allowed by ingress: allowed not-isolated, allowed rule-allows',
    ],
    [
      'what was called and what is reached, one range of the two',
      { source: called, records: [outOf(range('10.244.0.0/16'))] },
      'unknown by egress: unknown block-and-service, allowed not-isolated',
    ],
    [
      'what was called and no pod behind it, one range of the two',
      { source: called, target: noPod, records: [outOf(range('198.51.100.0/24'))] },
      'unknown by egress: unknown block-and-service, allowed target-no-pod',
    ],
    [
      'no pod is reached, in a range',
      { target: noPod, records: [outOf(range('198.51.100.0/24')), into()] },
      'allowed by egress: allowed rule-allows, allowed target-no-pod',
    ],
    [
      'no pod is reached, and a selector means pods',
      { target: noPod, records: [outOf(pods('cart')), into()] },
      'denied by egress: denied no-rule-allows, allowed target-no-pod',
    ],
    [
      'a pod of a namespace that its labels choose',
      {
        target: other,
        records: [
          namespace({ name: 'pay', labels: { team: 'pay' } }),
          outOf(rule({ peers: [peer({ namespaceSelector: labelled({ team: 'pay' }) })] })),
          into(),
        ],
      },
      'allowed by egress: allowed rule-allows, allowed not-isolated',
    ],
    [
      'a port by the name that the pod called gives it',
      { records: [outOf(rule({ ports: [port('http')] })), into(rule({ ports: [port('http')] }))] },
      'allowed by egress: allowed rule-allows, allowed rule-allows',
    ],
  ])('%s', (_, row, expected) => expect(answer(row)).toBe(expected))
})

describe('[F8] where it cannot be said', () => {
  const unseen = at(undefined, { address: '10.244.1.9', namespace: 'shop' })
  const onNode = pod({ name: 'web', hostNetwork: true, labels: { app: 'web' }, podIPs: ['10.1.0.1'] })
  const host: PolicySource = { ...fromWeb, pod: onNode, address: '10.1.0.1' }
  const hostCart = at(pod({ name: 'cart-1', hostNetwork: true, podIPs: ['10.1.0.1'] }))
  const node: PolicySource = { ...client, seenAs: { kind: 'unclear', why: notTold } }
  const self = { ...fromWeb, pod: cart, address: '10.244.1.1' }
  const ofCart = networkPolicy({ policyTypes: ['Ingress', 'Egress'] })
  test.each<[string, Row, string]>([
    [
      'the pod behind an address, where its namespace has policies',
      { target: unseen, records: [outOf(), into()] },
      'unknown by egress: unknown pod-not-known, unknown pod-not-known',
    ],
    [
      'the pod behind an address, but a rule lets everybody in',
      { target: unseen, records: [outOf(rule())] },
      'unknown by ingress: allowed rule-allows, unknown pod-not-known',
    ],
    [
      'the pod behind an address, where its namespace has none',
      { target: { ...unseen, namespace: 'pay' }, records: [into()] },
      'allowed by ingress: allowed not-isolated, allowed not-isolated',
    ],
    [
      'the pod behind an address is of no matter, where its namespace has none and everybody is let out',
      { target: { ...unseen, namespace: 'pay' }, records: [outOf(rule()), into()] },
      'allowed by egress: allowed rule-allows, allowed not-isolated',
    ],
    [
      'whose address it is',
      { target: at(undefined, { unclear: onWay }), records: [outOf()] },
      'unknown by egress: unknown other-node, unknown other-node',
    ],
    [
      'whose address it is, but everybody is let out',
      { target: at(undefined, { unclear: onWay }), records: [outOf(rule())] },
      'unknown by ingress: allowed rule-allows, unknown other-node',
    ],
    [
      'who gets the packet first, for what leaves the pod',
      { source: { ...fromWeb, through: onWay }, records: [outOf(pods('cart')), into(pods('web'))] },
      'unknown by egress: unknown other-node, allowed rule-allows',
    ],
    [
      'who gets the packet first, though nothing is let out',
      { source: { ...fromWeb, through: onWay }, records: [outOf()] },
      'unknown by egress: unknown other-node, allowed not-isolated',
    ],
    [
      'who gets the packet first comes before whose address it is',
      { source: { ...fromWeb, through: onWay }, target: at(cart, { unclear: notTold }), records: [outOf()] },
      'unknown by egress: unknown other-node, unknown node-source',
    ],
    [
      'packets of a node, where pods are let in',
      { source: node, records: [into(pods('web'))] },
      'unknown by ingress: allowed source-no-pod, unknown node-source',
    ],
    [
      'packets of a node, where nobody is let in',
      { source: node, records: [into()] },
      'unknown by ingress: allowed source-no-pod, unknown node-source',
    ],
    [
      'packets of a node, but everybody is let in',
      { source: node, records: [into(rule())] },
      'allowed by ingress: allowed source-no-pod, allowed rule-allows',
    ],
    [
      'who a pod takes the source for',
      { source: { ...client, seenAs: { kind: 'pod' } }, records: [into()] },
      'unknown by ingress: allowed source-no-pod, unknown source-not-known',
    ],
    [
      'a source on the network of its node, out and in',
      { source: host, records: [outOf(), into(pods('web'))] },
      'unknown by egress: unknown host-network, unknown host-network',
    ],
    [
      'a target on the network of its node',
      { target: hostCart, records: [outOf(pods('cart')), into()] },
      'unknown by egress: unknown host-network, unknown host-network',
    ],
    [
      'a pod that calls itself, out and in',
      { source: self, records: [ofCart] },
      'unknown by egress: unknown own-pod, unknown own-pod',
    ],
    [
      'a pod that calls itself, and is let out and in',
      { source: self, records: [{ ...ofCart, ingress: [rule()], egress: [rule()] }] },
      'allowed by egress: allowed rule-allows, allowed rule-allows',
    ],
    [
      'policies that are not read',
      { known: { unknown: ['NetworkPolicy'] } },
      'unknown by egress: unknown not-read, unknown not-read',
    ],
    [
      'policies that are not read, for somebody outside',
      { source: client, known: { unknown: ['NetworkPolicy'] } },
      'unknown by ingress: allowed source-no-pod, unknown not-read',
    ],
    [
      'an engine that enforces nothing, where it would be denied',
      { records: [daemonSet({ name: 'kube-flannel-ds' }), outOf(), into()] },
      'unknown by egress: unknown not-enforced, unknown not-enforced',
    ],
    [
      'an engine that enforces nothing, where it is let through',
      { records: [daemonSet({ name: 'kube-flannel-ds' }), outOf(rule()), into(rule())] },
      'allowed by egress: allowed rule-allows, allowed rule-allows',
    ],
    [
      'an engine that tells pods by identity, beside a range',
      { records: [daemonSet({ name: 'cilium' }), outOf(range('10.0.0.0/8')), into(range('10.0.0.0/8'))] },
      'unknown by egress: unknown block-by-identity, unknown block-by-identity',
    ],
  ])('%s', (_, row, expected) => expect(answer(row)).toBe(expected))

  test.each<[string, Row, object]>([
    ['the pod of an address', { target: unseen, records: [into()] }, { address: '10.244.1.9' }],
    ['the namespace and why', { known: { unknown: ['NetworkPolicy'] } }, { namespace: 'shop', coverage: 'loading' }],
    ['the engine', { records: [daemonSet({ name: 'kube-flannel' }), into()] }, { engine: 'Flannel' }],
    ['the pod of the source', { source: host, records: [outOf()] }, { pod: 'shop/web', policy: 'shop/out' }],
    ['the pod that calls itself', { source: self, records: [ofCart] }, { pod: 'shop/cart-1' }],
  ])('the reason names %s', (_, row, values) => {
    expect(verdictOf(row).decisive.reason.values).toMatchObject(values)
  })
})
