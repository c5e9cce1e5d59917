// What policies make of connections that the proxy lets through: at endpoints, on the way, and where it cannot be said.

import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import reasons from '../../messages/en/reasons.json'
import { createClusterStore } from '../../server/store/cluster-store'
import type { Reason } from '../model/reason'
import type { ClusterRecord, Kind } from '../model/records'
import { labelled, peer, port, rule } from '../policy/testing'
import { daemonSet, endpoint, endpointOf, networkPolicy, pod, service, slice } from '../testing/builders'
import { createCanaryCluster } from '../testing/canary-cluster'
import { createRandom } from '../testing/random'
import { clusterEvents, flow, nodes } from '../testing/small-cluster'
import { explain } from './explain'
import type { Flow } from './flow'

const carts = [1, 2].map((number) =>
  pod({
    name: `cart-${number}`,
    nodeName: 'node-a',
    podIPs: [`10.244.1.${number}`],
    labels: { app: 'cart', track: number === 1 ? 'stable' : 'canary' },
  }),
)
const shop = [...nodes('iptables'), service(), ...carts, slice({ endpoints: carts.map((one) => endpointOf(one)) })]
const denyAll = networkPolicy()
const denyCanary = networkPolicy({ name: 'no-canary', podSelector: labelled({ track: 'canary' }) })
const fromWeb = networkPolicy({
  name: 'web',
  ingress: [rule({ peers: [peer({ podSelector: labelled({ app: 'web' }) })] })],
})
const fromApi = networkPolicy({
  name: 'api',
  ingress: [rule({ peers: [peer({ podSelector: labelled({ app: 'api' }) })] })],
})
const egress = (name: string, ...rules: readonly ReturnType<typeof rule>[]) =>
  networkPolicy({ name, policyTypes: ['Egress'], podSelector: labelled({ app: 'web' }), egress: rules })
const toCart = rule({ peers: [peer({ podSelector: labelled({ app: 'cart' }) })], ports: [port(8080)] })
const block = (cidr: string, ...except: string[]) => rule({ peers: [peer({ ipBlock: { cidr, except } })] })

type Over = { flow?: Flow; unknown?: readonly Kind[]; others?: readonly string[] }
function answer(records: readonly ClusterRecord[], over: Over = {}) {
  const store = createClusterStore()
  if (over.others) store.setCluster({ ...createCanaryCluster(createRandom(1)).cluster, otherPolicies: over.others })
  store.apply(clusterEvents([...shop, ...records], over.unknown))
  return explain(store, over.flow ?? flow('pod', 'cart'))
}

const told: string[] = []
const t = createTranslator({ locale: 'en', messages: { reasons }, onError: ({ message }) => told.push(message) })
function sentences(...list: readonly Reason[]): readonly string[] {
  // The catalogue's keys are a union, the code of a reason is any text.
  return list.map(({ code, values }) => t(`reasons.${code}` as never, values as never))
}

const states = (found: ReturnType<typeof answer>) =>
  found.endpoints.map(({ policy }) => (policy ? `${policy.state} ${policy.reason.code}` : '-'))

describe('[F7] both directions, after the address of the Service was replaced', () => {
  test.each<[string, readonly ClusterRecord[], string, string]>([
    ['no policy', [], 'forward network-policy-none', '-'],
    ['a policy of another namespace', [networkPolicy({ namespace: 'pay' })], 'forward network-policy-none', '-'],
    ['denied by the endpoint', [denyAll], 'drop network-policy-denies-all', 'denied policy-denies-all'],
    ['let in from the pod', [fromWeb], 'forward network-policy-allows', 'allowed policy-rule-allows'],
    ['let in from another pod only', [fromApi], 'drop network-policy-denies-all', 'denied policy-no-rule-allows'],
    ['two policies add up', [denyAll, fromWeb], 'forward network-policy-allows', 'allowed policy-rule-allows'],
    ['not let out', [egress('out')], 'drop network-policy-denies-all', 'denied policy-denies-all'],
    [
      'let out and not let in',
      [egress('out', rule()), fromApi],
      'drop network-policy-denies-all',
      'denied policy-no-rule-allows',
    ],
    ['let out and in', [egress('out', rule()), fromWeb], 'forward network-policy-allows', 'allowed policy-rule-allows'],
    [
      'let out to the target port',
      [egress('out', rule({ ports: [port(8080)] }))],
      'forward network-policy-allows',
      'allowed policy-rule-allows',
    ],
    [
      'let out to the port of the Service',
      [egress('out', rule({ ports: [port(80)] }))],
      'drop network-policy-denies-all',
      'denied policy-no-rule-allows',
    ],
    [
      'let out to both addresses',
      [egress('out', block('10.0.0.0/8'))],
      'forward network-policy-allows',
      'allowed policy-rule-allows',
    ],
    [
      'let out to the cluster IP only',
      [egress('out', block('10.96.0.0/16'))],
      'forward network-policy-unknown',
      'unknown policy-block-and-service',
    ],
    [
      'let out to neither',
      [egress('out', block('192.0.2.0/24'))],
      'drop network-policy-denies-all',
      'denied policy-no-rule-allows',
    ],
    [
      'let in from the range of the pod',
      [networkPolicy({ ingress: [block('10.244.0.0/24')] })],
      'forward network-policy-allows',
      'allowed policy-rule-allows',
    ],
  ])('%s', (_, policies, expected, each) => {
    const found = answer(policies)
    expect(`${found.verdict} ${found.networkPolicy.code}`).toBe(expected)
    expect(states(found)).toEqual([each, each])
    sentences(found.sentence, ...found.hops.flatMap(({ title, details }) => [title, ...details]))
    expect(told).toEqual([])
  })

  test('an engine that tells pods by identity', () => {
    const cilium = daemonSet({ name: 'cilium' })
    const found = answer([networkPolicy({ ingress: [block('10.244.0.0/24')] }), cilium])
    expect(states(found)).toEqual(Array(2).fill('unknown policy-block-by-identity'))
  })

  test.each<[string, readonly ClusterRecord[], readonly Kind[], string]>([
    [
      'not known, a range of the source',
      [networkPolicy({ ingress: [block('10.244.0.0/24')] })],
      ['DaemonSet'],
      'unknown policy-block-engine-not-seen',
    ],
    [
      'not known, a range of the endpoints',
      [egress('out', block('10.0.0.0/8'))],
      ['DaemonSet'],
      'unknown policy-block-engine-not-seen',
    ],
    [
      'not known, a range that does not hold it',
      [networkPolicy({ ingress: [block('10.9.0.0/24')] })],
      ['DaemonSet'],
      'denied policy-no-rule-allows',
    ],
    ['not known, selectors', [fromWeb], ['DaemonSet'], 'allowed policy-rule-allows'],
    ['known not to show', [networkPolicy({ ingress: [block('10.244.0.0/24')] })], [], 'allowed policy-rule-allows'],
  ])('an engine that is %s', (_, records, unknown, each) => {
    expect(states(answer(records, { unknown }))).toEqual([each, each])
  })

  test('some endpoints: the share of those that are cut stays, and is lost', () => {
    const found = answer([denyCanary])
    expect(found.verdict).toBe('mixed')
    expect(sentences(found.sentence)[0]).toContain('1 of 2 endpoints is cut by policy shop/no-canary')
    expect(found.endpoints.map(({ key, probability, policy }) => [key, probability, policy?.state])).toEqual([
      ['10.244.1.1:8080', 0.5, 'allowed'],
      ['10.244.1.2:8080', 0.5, 'denied'],
    ])
    expect(found.policy.counts).toEqual({ allowed: 1, denied: 1, unknown: 0 })
    expect(found.hops.map(({ kind, state }) => `${kind} ${state}`)).toContain('policy unknown')
    expect(found.claims.at(-1)).toEqual({
      claim: { code: 'explain-claim-network-policy', values: { policy: 'shop/no-canary', direction: 'ingress' } },
      evidence: [{ kind: 'NetworkPolicy', id: 'shop/no-canary', field: 'spec.ingress', value: '[]' }],
      command: { where: 'kubectl', text: 'kubectl -n shop get networkpolicy no-canary -o yaml' },
    })
  })

  test('where all are cut the way ends before the pod', () => {
    const { hops } = answer([denyAll])
    expect(hops.at(-1)).toMatchObject({ kind: 'policy', state: 'stops' })
  })

  test('every policy that cuts is named, however short the sentence', () => {
    const found = answer([denyCanary, denyAll, fromApi])
    expect(sentences(found.sentence)[0]).toContain('and 1 more')
    expect(found.policy.policies).toEqual(['shop/api', 'shop/deny-all', 'shop/no-canary'])
    expect(answer([fromWeb]).policy.policies).toEqual([])
  })

  test('a pod by its own address, and a headless Service', () => {
    const direct = answer([denyAll], { flow: flow('pod', '10.244.1.1:8080') })
    expect([direct.verdict, direct.sentence.code]).toEqual(['drop', 'explain-policy-cuts-all'])
    const open = answer([fromWeb], { flow: flow('pod', '10.244.1.1:8080') })
    expect([open.verdict, open.networkPolicy.code]).toEqual(['forward', 'network-policy-allows'])
    const headless = [denyCanary, service({ clusterIP: 'None', clusterIPs: ['None'] })]
    expect(states(answer(headless))).toEqual(['allowed policy-not-isolated', 'denied policy-denies-all'])
  })
})

describe('[F8] cannot be said, and never passes for allowed', () => {
  const host = pod({
    name: 'agent',
    nodeName: 'node-a',
    podIPs: ['10.1.0.1'],
    hostNetwork: true,
    labels: { app: 'web' },
  })
  const external = service({
    type: 'NodePort',
    externalTrafficPolicy: 'Cluster',
    ports: [
      {
        ...service().ports[0],
        name: 'http',
        protocol: 'TCP',
        port: 80,
        targetPort: 8080,
        nodePort: 30_080,
        appProtocol: undefined,
      },
    ],
  })
  const kept = { ...external, externalTrafficPolicy: 'Local' } as const
  const outside = (from: string) => flow(from, 'node-a:30080')
  const odd = slice({
    name: 'cart-2',
    endpoints: [endpoint('10.244.1.3', { targetRef: { kind: 'Pod', namespace: 'shop', name: 'gone', uid: '' } })],
  })
  test.each<[string, readonly ClusterRecord[], { flow?: Flow; unknown?: readonly Kind[] }, string]>([
    ['policies that may not be read', [], { unknown: ['NetworkPolicy'] }, 'unknown policy-not-read'],
    ['a node as the source', [denyAll], { flow: flow('node-a', 'cart') }, 'unknown policy-node-source'],
    [
      'a node, with a rule for everybody',
      [networkPolicy({ ingress: [rule()] })],
      { flow: flow('node-a', 'cart') },
      'allowed policy-rule-allows',
    ],
    [
      'a client behind a node',
      [external, denyAll],
      { flow: outside('198.51.100.7@node-a') },
      'unknown policy-masqueraded',
    ],
    [
      'a client in the range that is let in, behind a node',
      [external, networkPolicy({ ingress: [block('198.51.100.0/24')] })],
      { flow: outside('198.51.100.7@node-a') },
      'unknown policy-masqueraded',
    ],
    [
      'a client that keeps its address',
      [kept, networkPolicy({ ingress: [block('198.51.100.0/24')] })],
      { flow: outside('198.51.100.7@node-a') },
      'allowed policy-rule-allows',
    ],
    [
      'a client that keeps its address, an exception',
      [kept, networkPolicy({ ingress: [block('198.51.100.0/24', '198.51.100.0/28')] })],
      { flow: outside('198.51.100.7@node-a') },
      'denied policy-no-rule-allows',
    ],
    [
      'a client whose address is not known',
      [kept, networkPolicy({ ingress: [block('198.51.100.0/24')] })],
      { flow: outside('outside@node-a') },
      'unknown policy-client-unknown',
    ],
    [
      'a client whose address is not known, and everybody of the other family',
      [kept, networkPolicy({ ingress: [block('::/0')] })],
      { flow: outside('outside@node-a') },
      'denied policy-no-rule-allows',
    ],
    [
      'a client whose address is not known, and everybody of its family',
      [kept, networkPolicy({ ingress: [block('0.0.0.0/0')] })],
      { flow: outside('outside@node-a') },
      'allowed policy-rule-allows',
    ],
    [
      'a pod that calls a port of another node: the packet leaves it for that node',
      [external, egress('out', toCart)],
      { flow: flow('pod', 'node-b:30080') },
      'unknown policy-through-node',
    ],
    [
      'a pod that calls a port of its own node',
      [external, egress('out', toCart)],
      { flow: flow('pod', 'node-a:30080') },
      'allowed policy-rule-allows',
    ],
    [
      'a client, and selectors alone',
      [kept, fromWeb],
      { flow: outside('outside@node-a') },
      'denied policy-no-rule-allows',
    ],
    [
      'an engine that enforces nothing',
      [denyAll, daemonSet({ name: 'kube-flannel-ds' })],
      {},
      'unknown policy-not-enforced',
    ],
    [
      'ranges that cannot be read',
      [networkPolicy({ ingress: [block('10.0.0.0/40')] })],
      {},
      'unknown policy-cidr-unreadable',
    ],
  ])('%s', (_, records, over, each) => {
    const found = answer(records, over)
    expect(states(found)).toEqual([each, each])
    if (each.startsWith('unknown')) expect(found.networkPolicy.code).toBe('network-policy-unknown')
    sentences(found.sentence, ...found.hops.flatMap(({ title, details }) => [title, ...details]))
    expect(told).toEqual([])
  })

  test('a pod on the network of its node: denied nothing for sure', () => {
    const found = answer([host, denyAll, slice({ endpoints: [endpointOf(host)] })])
    expect(states(found)).toEqual(['unknown policy-host-network'])
  })

  test('a pod that calls itself', () => {
    const own = answer([denyAll], {
      flow: { ...flow('pod', 'cart'), source: { kind: 'pod', pod: carts[0]?.key ?? ('' as never) } },
    })
    expect(states(own)).toEqual(['unknown policy-own-pod', 'denied policy-denies-all'])
  })

  test.each([
    ['the endpoint', '203.0.113.0/24', 'unknown policy-block-and-service'],
    ['the cluster IP', '10.96.0.0/16', 'unknown policy-block-and-service'],
    ['both', '0.0.0.0/0', 'allowed policy-rule-allows'],
    ['neither', '192.0.2.0/24', 'denied policy-no-rule-allows'],
  ])('an endpoint that is no pod, and a range that holds %s', (_, cidr, expected) => {
    const bare = slice({ endpoints: [endpoint('203.0.113.5')] })
    expect(states(answer([egress('out', block(cidr)), bare]))).toEqual([expected])
  })

  test('an endpoint whose pod is not there', () => {
    expect(states(answer([denyAll, odd])).at(-1)).toBe('unknown policy-pod-not-known')
  })

  test('an endpoint without a reference belongs to whoever has the address', () => {
    const bare = slice({ endpoints: [endpoint('10.244.1.1'), endpoint('10.9.9.9')] })
    expect(states(answer([denyAll, bare]))).toEqual(['denied policy-denies-all', 'allowed policy-target-no-pod'])
    expect(states(answer([denyAll, bare], { unknown: ['Pod'] })).at(-1)).toBe('unknown policy-pod-not-known')
  })
})

describe('[F10] policies of other kinds, which are not read', () => {
  const admin = ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy']
  const calico = ['GlobalNetworkPolicy (Calico)']
  test.each<[string, readonly string[], readonly ClusterRecord[], string, string]>([
    ['none, no policy', [], [], 'forward network-policy-none', '-'],
    ['any, no policy', calico, [], 'forward network-policy-unknown', 'unknown policy-other-kinds'],
    ['any, let in', calico, [fromWeb], 'forward network-policy-unknown', 'unknown policy-other-kinds'],
    [
      "Calico's, which may come first, cut",
      calico,
      [denyAll],
      'forward network-policy-unknown',
      'unknown policy-other-kinds-first',
    ],
    [
      "Cilium's, which add up, cut",
      ['CiliumNetworkPolicy'],
      [denyAll],
      'forward network-policy-unknown',
      'unknown policy-other-kinds-first',
    ],
    [
      'those that come first, cut',
      admin,
      [denyAll],
      'forward network-policy-unknown',
      'unknown policy-other-kinds-first',
    ],
    [
      "Antrea's that come first, cut",
      ['ClusterNetworkPolicy (Antrea)'],
      [denyAll],
      'forward network-policy-unknown',
      'unknown policy-other-kinds-first',
    ],
    [
      'one that comes last, cut',
      ['BaselineAdminNetworkPolicy'],
      [denyAll],
      'drop network-policy-denies-all',
      'denied policy-denies-all',
    ],
  ])('%s', (_, others, records, expected, each) => {
    const found = answer(records, { others })
    expect(`${found.verdict} ${found.networkPolicy.code}`).toBe(expected)
    expect(states(found)).toEqual([each, each])
    const details = found.hops.flatMap((hop) => hop.details)
    const spoken = sentences(found.sentence, ...details).join(' ')
    for (const kind of others) expect(spoken).toContain(kind)
    expect(spoken.includes('Served here')).toBe(others.length > 0)
    expect(told).toEqual([])
  })
})

describe('[F9] who enforces them', () => {
  const note = (records: readonly ClusterRecord[]) =>
    answer([denyAll, ...records])
      .hops.find(({ kind }) => kind === 'policy')
      ?.details.map(({ code }) => code)
      .at(-1)

  test.each<[string, readonly ClusterRecord[], string]>([
    ['nothing known is there', [], 'policy-engine-assumed'],
    ['a DaemonSet that does', [daemonSet({ name: 'calico-node' })], 'policy-engine-found'],
    [
      'one that does beside one that does not',
      [daemonSet({ name: 'kube-flannel-ds' }), daemonSet({ name: 'canal' })],
      'policy-engine-found',
    ],
    ['one that does not', [daemonSet({ name: 'kube-flannel-ds' })], 'policy-not-enforced'],
    ['a name of elsewhere', [daemonSet({ namespace: 'shop', name: 'calico-node' })], 'policy-engine-assumed'],
  ])('%s', (_, records, expected) => {
    expect(note(records)).toBe(expected)
  })
})
