import { expect, test } from 'vitest'
import { worldOf } from '../testing/world-at'
import { assignAddresses, clusterIPv6, releaseAddresses } from './addresses'
import type { SimPod } from './world'

function setup() {
  const world = worldOf('course', { speed: 0 })
  const node = world.nodes.get('node-12')
  const [pod] = world.pods.values()
  if (node === undefined || pod === undefined) throw new Error('no node or pod')
  node.addressesInUse.clear()
  node.addressCursor = 1
  const workload = { ...pod.workload, spec: { ...pod.workload.spec, hostNetwork: false } }
  const another = (): SimPod => ({ ...pod, workload, podIPs: [], addressNumber: undefined })
  return { node, another }
}

test('addresses are of the node, of both families, and not used again at once', () => {
  const { node, another } = setup()
  const first = another()
  assignAddresses(first, node)
  expect(first.podIPs).toEqual(['10.244.12.2', 'fd00:10:244:c::2'])
  releaseAddresses(first, node)
  const second = another()
  assignAddresses(second, node)
  expect(second.podIPs[0]).toBe('10.244.12.3')
})

test('after the last number the free ones are used again, and never one in use', () => {
  const { node, another } = setup()
  const kept = another()
  assignAddresses(kept, node)
  const seen = new Set<string>()
  for (let n = 0; n < 1000; n += 1) {
    const pod = another()
    assignAddresses(pod, node)
    seen.add(pod.podIPs[0] ?? '')
    releaseAddresses(pod, node)
  }
  expect(seen.has('10.244.12.2')).toBe(false)
  expect(seen.size).toBe(248)
})

test('a full node says so', () => {
  const { node, another } = setup()
  for (let n = 0; n < 249; n += 1) assignAddresses(another(), node)
  expect(() => assignAddresses(another(), node)).toThrow('node-12')
})

test('pods on the host network have the addresses of their node', () => {
  const { node, another } = setup()
  const pod = another()
  const host = { ...pod, workload: { ...pod.workload, spec: { ...pod.workload.spec, hostNetwork: true } } }
  assignAddresses(host, node)
  expect(host.podIPs).toEqual(['10.0.3.22', 'fd00:10:0:3::16'])
})

test('the second ClusterIP follows from the first', () => {
  expect(clusterIPv6('10.96.1.255')).toBe('fd00:10:96::1ff')
})
