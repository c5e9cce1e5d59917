import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import { service, servicePort } from '../testing/builders'
import { problemsOf } from './problems-of'

const address = { ip: undefined, hostname: undefined, ipMode: undefined }

function pending(over: Parameters<typeof service>[0]) {
  const store = createClusterStore()
  store.apply([{ type: 'synced', kind: 'EndpointSlice', scope: '' }])
  return problemsOf(store, service(over)).find(({ code }) => code === 'service-lb-pending')
}

describe('[B17] a load balancer without an address', () => {
  test.each<[string, Parameters<typeof service>[0], boolean]>([
    ['is waited for', { type: 'LoadBalancer' }, true],
    [
      'also where its status has an entry that says nothing',
      { type: 'LoadBalancer', loadBalancerIngress: [address] },
      true,
    ],
    ['is there with an IP', { type: 'LoadBalancer', loadBalancerIngress: [{ ...address, ip: '192.0.2.1' }] }, false],
    ['is there by name', { type: 'LoadBalancer', loadBalancerIngress: [{ ...address, hostname: 'lb.test' }] }, false],
    ['is not asked for by another type', { type: 'NodePort' }, false],
  ])('%s', (_, over, expected) => expect(pending(over) !== undefined).toBe(expected))

  test('is a note since the Service was made, with the node ports that lead here and whom to ask', () => {
    const found = pending({ type: 'LoadBalancer', createdAt: 5, ports: [servicePort({ nodePort: 30_080 })] })
    expect(found).toMatchObject({
      severity: 'info',
      since: 5,
      evidence: [{ code: 'evidence-lb-node-ports', values: { nodePorts: '30080' } }],
      remedies: [{ code: 'remedy-lb-pending' }],
      commands: ['kubectl -n shop describe service cart'],
    })
  })

  test('without node ports nothing leads here; a class has a controller of its own', () => {
    expect(pending({ type: 'LoadBalancer', loadBalancerClass: 'a.test/b' })).toMatchObject({
      evidence: [{ code: 'evidence-lb-no-way-in' }],
      remedies: [{ code: 'remedy-lb-pending-class', values: { class: 'a.test/b' } }],
    })
  })
})
