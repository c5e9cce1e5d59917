import { expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { service as cart, servicePort } from '../testing/builders'
import { clusterEvents, endpoints, flow, nodes } from '../testing/small-cluster'
import { explain } from './explain'

test('[E12] where nodes differ the way goes on: what is said of the arrival is said of a node that forwards', () => {
  const store = createClusterStore()
  const local = cart({ externalIPs: ['198.51.100.9'], externalTrafficPolicy: 'Local' })
  store.apply(clusterEvents([...nodes('iptables'), local, endpoints('2b')]))
  const { verdict, hops, sourceAddress, claims, choice } = explain(store, flow('outside', '198.51.100.9:80'))
  expect(verdict).toBe('mixed')
  expect(hops.filter(({ state }) => state === 'stops')).toEqual([])
  expect(hops.find(({ kind }) => kind === 'rules')?.title).toEqual({
    code: 'explain-hop-rules-mixed',
    values: { nodes: 2, forwarding: 1 },
  })
  // Neither number may pass for how many nodes there are.
  expect(hops.find(({ kind }) => kind === 'load-balancer')?.title.values).toMatchObject({ nodes: 2, all: 2 })
  expect(choice.reason.values).toMatchObject({ nodes: 2, all: 2 })
  expect(hops.flatMap(({ details }) => details.map(({ code }) => code))).toContain('explain-drop-external-local')
  expect(sourceAddress.reason.code).not.toBe('source-address-nothing-arrives')
  expect(claims.length).toBeGreaterThan(0)
})

test('[E12] a node port through a load balancer is called on each node that it may take, and on none by chance', () => {
  const store = createClusterStore()
  const local = cart({ type: 'NodePort', ports: [servicePort({ nodePort: 30080 })], externalTrafficPolicy: 'Local' })
  store.apply(clusterEvents([...nodes('iptables'), local, endpoints('2b')]))
  const asked = (port: number) =>
    explain(store, flow('outside', 'cart', { destination: { kind: 'node-port', node: undefined, port } }))
  const { verdict, sentence, deciders, hops, target } = asked(30080)
  expect([verdict, sentence.code, sentence.values.lostShare]).toEqual(['mixed', 'explain-balanced-mixed', 0.5])
  expect(deciders.map(({ node, verdict, share }) => [node, verdict, share])).toEqual([
    ['node-a', 'drop', 0.5],
    ['node-b', 'forward', 0.5],
  ])
  expect(hops[0]?.title).toMatchObject({ code: 'explain-hop-node-ports', values: { number: '30080' } })
  expect(target).toMatchObject({ way: 'node-port', address: ':30080' })
  const { verdict: other, sentence: why } = asked(30081)
  expect([other, why.code, why.values.address]).toEqual(['unknown', 'explain-no-node-port', '30081'])
})
