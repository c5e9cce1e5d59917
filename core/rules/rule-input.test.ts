import { describe, expect, test } from 'vitest'
import type { ClusterView } from '../model/cluster-view'
import { configMap, node, pod, service, slice } from '../testing/builders'
import { ruleInputOf, ruleNodeOf } from './rule-input'

const own = node({
  zone: 'zone-a',
  addresses: [
    { type: 'Hostname', address: 'n1' },
    { type: 'ExternalIP', address: '203.0.113.2' },
    { type: 'InternalIP', address: '192.168.0.2' },
    { type: 'InternalIP', address: 'fd00:0::2' },
  ],
})

function viewOf(file: string): ClusterView {
  const view: Partial<ClusterView> = {
    coverage: () => 'synced',
    podsOfNode: () => [
      pod({
        namespace: 'kube-system',
        name: 'kube-proxy-abc12',
        workload: { kind: 'DaemonSet', name: 'kube-proxy', uid: 'u' },
        proxyArgs: ['kube-proxy', '--config=/var/lib/kube-proxy/config.conf'],
      }),
    ],
    daemonSets: () => [],
    serviceCIDRs: () => [],
    configMaps: () => [configMap({ data: { 'config.conf': `kind: KubeProxyConfiguration\n${file}` } })],
    services: () => [service(), service({ name: 'till' })],
    slicesOfService: (key) => (key === 'shop/cart' ? [slice()] : []),
  }
  return view as ClusterView
}

describe('[R23] addresses of the node', () => {
  test.each([
    ['IPv4: internal before external', '', 'IPv4', ['192.168.0.2', '203.0.113.2']],
    ['IPv6', '', 'IPv6', ['fd00::2']],
    ['a bind address comes first', 'bindAddress: 192.168.9.9\n', 'IPv4', ['192.168.9.9', '192.168.0.2', '203.0.113.2']],
    ['one that the node has anyway', 'bindAddress: 203.0.113.2\n', 'IPv4', ['203.0.113.2', '192.168.0.2']],
    ['every address is none', 'bindAddress: 0.0.0.0\n', 'IPv4', ['192.168.0.2', '203.0.113.2']],
    ['one of the other family', 'bindAddress: "::1"\n', 'IPv4', ['192.168.0.2', '203.0.113.2']],
  ] as const)('%s', (_name, file, family, addresses) => {
    expect(ruleNodeOf(viewOf(file), own, family)).toEqual({ name: 'n1', zone: 'zone-a', addresses, version: 'v1.36.3' })
  })
})

test('every Service with its slices, and the settings with who told them', () => {
  const { input, told } = ruleInputOf(viewOf('iptables:\n  masqueradeAll: true\n'), own, 'IPv4')
  expect(input.services.map(({ service: one, slices }) => [one.key, slices.length])).toEqual([
    ['shop/cart', 1],
    ['shop/till', 0],
  ])
  expect(input).toMatchObject({ family: 'IPv4', settings: { masqueradeAll: true } })
  expect(told.masqueradeAll).toEqual({ source: 'config-file', object: 'kube-system/kube-proxy' })
})
