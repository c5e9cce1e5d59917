// A cluster of IPv6 alone: six nodes in three zones, its ranges, its API servers, kube-proxy and DNS.

import type { JsonObject } from '../api-object'
import { proxyLabel } from './nodes'
import { daemonSet, deployment, linuxOnly, service, servicePort } from './notation'
import { corefile, proxyConfig, proxyPool } from './system'
import type { Change, NodeSpec, ServiceSpec, WorkloadSpec } from './types'

const net = '2001:db8:4c3a'
const podPrefix = `${net}:5e0f:8000:7a1c`
const podRange = `${podPrefix}::/96`

const serviceRange = 'fd5c:9a41:7e2b:10::/108'

/** An address of the Service range. */
export const clusterIP = (last: string): string => `fd5c:9a41:7e2b:10::${last}`

const nodeRows = [
  ['a', 'f816:3eff:fe4d:91c1', 'iptables'],
  ['a', 'f816:3eff:fe7b:20e4', 'nftables'],
  ['b', 'f816:3eff:fe19:c6d2', 'iptables'],
  ['b', 'f816:3eff:fea3:5f08', 'iptables'],
  ['c', 'f816:3eff:fe62:d8b7', 'iptables'],
  ['c', 'f816:3eff:fec0:14ea', 'nftables'],
] as const

/** Addresses made of the network card's own number, as routers' advertisements have them: eight full groups. */
export const ipv6Nodes: readonly NodeSpec[] = nodeRows.map(([zone, host, proxy], at) => ({
  name: `node-${at + 1}`,
  zone: `zone-${zone}`,
  range: at + 1,
  podPrefix,
  internalIPs: [`${net}:5e0${zone}:${host}`],
  os: 'linux',
  labels: { 'node.example.com/pool': 'general', [proxyLabel]: proxy },
  kubeletVersion: 'v1.36.3',
  kernelVersion: '6.8.0-88-generic',
  osImage: 'Ubuntu 24.04.3 LTS',
  ageDays: 41 + at,
}))

export const ipv6SystemServices: readonly ServiceSpec[] = [
  service(
    'default/kubernetes',
    { selector: undefined, clusterIP: clusterIP('1'), ports: [servicePort('https', 443, 6443)] },
    { ageDays: 90, labels: { component: 'apiserver', provider: 'kubernetes' } },
  ),
  service(
    'kube-system/kube-dns',
    {
      clusterIP: clusterIP('a'),
      selector: { 'k8s-app': 'kube-dns' },
      ports: [
        servicePort('dns', 53, 53, { protocol: 'UDP' }),
        servicePort('dns-tcp', 53),
        servicePort('metrics', 9153),
      ],
    },
    { ageDays: 90, labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/name': 'CoreDNS' } },
  ),
]

export const ipv6SystemWorkloads: readonly WorkloadSpec[] = [
  daemonSet('kube-system/kube-proxy', {
    ...proxyPool('kube-proxy', { ...linuxOnly, [proxyLabel]: 'iptables' }),
    command: [
      '/usr/local/bin/kube-proxy',
      '--config=/var/lib/kube-proxy/config.conf',
      '--hostname-override=$(NODE_NAME)',
    ],
  }),
  daemonSet('kube-system/kube-proxy-nftables', {
    ...proxyPool('kube-proxy-nftables', { ...linuxOnly, [proxyLabel]: 'nftables' }),
    command: [
      '/usr/local/bin/kube-proxy',
      '--proxy-mode=nftables',
      '--hostname-override=$(NODE_NAME)',
      `--cluster-cidr=${podRange}`,
    ],
  }),
  deployment('kube-system/coredns', 2, {
    ageDays: 41,
    labels: { 'k8s-app': 'kube-dns' },
    image: 'registry.example.com/coredns:v1.13.1',
    ports: 'dns:53/UDP dns-tcp:53/TCP metrics:9153',
  }),
]

const apiServers = [1, 2, 3].map((n) => `${net}:5e00::${n}`)
const apiServerPorts: JsonObject[] = [{ name: 'https', port: 6443, protocol: 'TCP' }]

export const ipv6SystemChanges: readonly Change[] = [
  {
    ago: '90d',
    do: 'write',
    manifest: {
      resource: 'servicecidrs',
      namespace: '',
      name: 'kubernetes',
      body: {
        spec: { cidrs: [serviceRange] },
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      },
    },
  },
  {
    ago: '90d',
    do: 'write',
    manifest: {
      resource: 'endpoints',
      namespace: 'default',
      name: 'kubernetes',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
      body: { subsets: [{ addresses: apiServers.map((ip) => ({ ip })), ports: apiServerPorts }] },
    },
  },
  {
    ago: '90d',
    do: 'write',
    manifest: {
      resource: 'endpointslices',
      namespace: 'default',
      name: 'kubernetes',
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
      body: {
        addressType: 'IPv6',
        endpoints: apiServers.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
        ports: apiServerPorts,
      },
    },
  },
  { ago: '90d', do: 'write', manifest: corefile },
  { ago: '42d', do: 'write', manifest: proxyConfig('iptables', podRange, { all: '[::]', own: '[::1]' }) },
]
