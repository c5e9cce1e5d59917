// What a load balancer in front of the nodes makes of the shares: which nodes it takes, and how their own shares add up.
import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { nodeKey } from '../model/keys'
import type { ClusterRecord } from '../model/records'
import { service as cart, servicePort } from '../testing/builders'
import { clusterEvents, endpoints, flow, nodes } from '../testing/small-cluster'
import { explain } from './explain'

const balanced = {
  type: 'LoadBalancer',
  ports: [servicePort({ nodePort: 30080 })],
  loadBalancerIngress: [{ ip: '192.0.2.10', hostname: undefined, ipMode: undefined }],
} as const
const onlyLocal = { ...balanced, externalTrafficPolicy: 'Local' } as const
const [a, proxyA, b, proxyB] = nodes('iptables')

/** node-a, and so many nodes like node-b as there are letters. */
function world(letters: string): readonly ClusterRecord[] {
  if (a?.kind !== 'Node' || b?.kind !== 'Node' || proxyA?.kind !== 'Pod' || proxyB?.kind !== 'Pod') throw new Error()
  const more = [...letters].flatMap((letter) => {
    const name = `node-${letter}`
    return [
      { ...b, name, key: nodeKey(name) },
      { ...proxyB, name: `proxy-${letter}`, key: `kube-system/proxy-${letter}` as typeof proxyB.key, nodeName: name },
    ]
  })
  return [a, proxyA, ...more]
}

function ask(
  service: Parameters<typeof cart>[0],
  list: string,
  of: { to?: string; records?: readonly ClusterRecord[] },
) {
  const view = createClusterStore()
  view.apply(clusterEvents([...(of.records ?? world('b')), cart(service), endpoints(list)]))
  const found = explain(view, flow('outside', of.to ?? '192.0.2.10:80'))
  const shares = found.endpoints.map(({ key, probability }) => [
    /\.(\d+):/.exec(key)?.[1],
    probability && Number(probability.toFixed(6)),
  ])
  return { ...found, byEndpoint: Object.fromEntries(shares) as Readonly<Record<string, number>> }
}

describe('[E12] shares behind a load balancer', () => {
  test.each([
    ['every node draws alike', balanced, '1a 2b', 'b', { 1: 0.5, 2: 0.5 }],
    ['a node with one endpoint gives it all it gets', onlyLocal, '1a 2b 3b', 'b', { 1: 0.5, 2: 0.25, 3: 0.25 }],
    ['each of the nodes alike counts', { ...balanced }, '1a+ 2b+', 'bc', { 1: 0.333333, 2: 0.666667 }],
    ['what is dropped is nobody’s', onlyLocal, '1a', 'b', { 1: 0.5 }],
    [
      'a node that the health check takes out gets nothing',
      { ...onlyLocal, healthCheckNodePort: 32000 },
      '1a 2a',
      'b',
      { 1: 0.5, 2: 0.5 },
    ],
  ] as const)('%s', (_, service, list, letters, shares) => {
    const found = ask(service, list, { records: world(letters) })
    expect(found.byEndpoint).toEqual(shares)
    expect(found.deciders.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })

  test.each([
    ['not ready', { ready: false }],
    ['excluded', { labels: new Map([['node.kubernetes.io/exclude-from-external-load-balancers', '']]) }],
  ] as const)('a node that is %s is not taken', (_, over) => {
    const records = world('b').map((one) => (one.kind === 'Node' && one.name === 'node-b' ? { ...one, ...over } : one))
    const found = ask(onlyLocal, '1a 2b', { records })
    expect(found.deciders.map(({ node }) => node)).toEqual(['node-a'])
    expect(found.byEndpoint['1']).toBe(1)
  })

  test.each([
    ['drop', onlyLocal, undefined],
    ['have no rule for it', { ...balanced, externalIPs: ['203.0.113.5'] }, '203.0.113.5:80'],
  ] as const)('the part that is lost on nodes that %s is told', (_, service, to) => {
    const gate = '--feature-gates=AllowServiceExternalIPs=false'
    const records = world('bcd').map((one) =>
      one.kind === 'Pod' && one.name !== proxyA?.name ? { ...one, proxyArgs: [...(one.proxyArgs ?? []), gate] } : one,
    )
    const { verdict, sentence } = ask(service, '1a', { records, ...(to && { to }) })
    expect([verdict, sentence.code, sentence.values.lostShare]).toEqual(['mixed', 'explain-balanced-mixed', 0.75])
  })

  test('[E4] the whole is known no better than the node known least', () => {
    const bare = world('bc').filter((one) => !(one.kind === 'Pod' && one.nodeName === 'node-c'))
    const found = ask(balanced, '1a 2b', { records: bare })
    expect(found.knowledge).toMatchObject({ how: 'unknown', reason: { values: { node: 'node-c' } } })
    expect(ask(balanced, '1a 2b', {}).knowledge.how).toBe('proved')
  })
})
