// What every scenario runs in kube-system, and the API server's own Service: kube-proxies with the evidence of their
// modes, Cilium on the pool where it replaces kube-proxy, DNS and metrics.

import type { JsonObject } from '../api-object'
import { proxyLabel } from './nodes'
import { daemonSet, deployment, linuxOnly, service, servicePort, windowsOnly } from './notation'
import type { Change, Labels, ServiceSpec, WorkloadSpec } from './types'

const clusterCIDR = '10.244.0.0/16,fd00:10:244::/48'
const proxyFlags = ['--hostname-override=$(NODE_NAME)', `--cluster-cidr=${clusterCIDR}`]

export const systemServices: readonly ServiceSpec[] = [
  service(
    'default/kubernetes',
    { selector: undefined, clusterIP: '10.96.0.1', ports: [servicePort('https', 443, 6443)] },
    {
      ageDays: 90,
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
  ),
  service(
    'kube-system/kube-dns',
    {
      clusterIP: '10.96.0.10',
      selector: { 'k8s-app': 'kube-dns' },
      trafficDistribution: 'PreferSameZone',
      ports: [
        servicePort('dns', 53, 53, { protocol: 'UDP' }),
        servicePort('dns-tcp', 53),
        servicePort('metrics', 9153),
      ],
    },
    { ageDays: 90, labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/name': 'CoreDNS' } },
  ),
  service('kube-system/metrics-server', {
    clusterIP: '10.96.59.85',
    ports: [servicePort('https', 443, 'https', { appProtocol: 'https' })],
  }),
]

export const systemWorkloads: readonly WorkloadSpec[] = [
  daemonSet('kube-system/kube-proxy', {
    ...proxyPool('kube-proxy', { ...linuxOnly, [proxyLabel]: 'iptables' }),
    command: [
      '/usr/local/bin/kube-proxy',
      '--config=/var/lib/kube-proxy/config.conf',
      '--hostname-override=$(NODE_NAME)',
    ],
    onDelete: true,
  }),
  daemonSet('kube-system/kube-proxy-nftables', {
    ...proxyPool('kube-proxy-nftables', { ...linuxOnly, [proxyLabel]: 'nftables' }),
    command: ['/usr/local/bin/kube-proxy', '--proxy-mode=nftables', ...proxyFlags],
  }),
  daemonSet('kube-system/kube-proxy-ipvs', {
    ...proxyPool('kube-proxy-ipvs', { ...linuxOnly, [proxyLabel]: 'ipvs' }),
    command: ['/usr/local/bin/kube-proxy', '--proxy-mode=ipvs', '--ipvs-scheduler=rr', ...proxyFlags],
  }),
  daemonSet('kube-system/kube-proxy-windows', {
    ...proxyPool('kube-proxy-windows', windowsOnly),
    command: ['C:/k/kube-proxy/kube-proxy.exe', '--proxy-mode=kernelspace', ...proxyFlags],
  }),
  daemonSet('kube-system/cilium', {
    ageDays: 30,
    labels: { 'k8s-app': 'cilium', 'app.kubernetes.io/name': 'cilium-agent' },
    container: 'cilium-agent',
    image: 'registry.example.com/cilium/cilium:v1.18.4',
    command: ['cilium-agent', '--config-dir=/tmp/cilium/config-map'],
    nodeSelector: { ...linuxOnly, 'node.example.com/pool': 'cilium' },
    hostNetwork: true,
  }),
  deployment('kube-system/coredns', 3, {
    ageDays: 41,
    labels: { 'k8s-app': 'kube-dns' },
    image: 'registry.example.com/coredns:v1.13.1',
    ports: 'dns:53/UDP dns-tcp:53/TCP metrics:9153',
  }),
  deployment('kube-system/metrics-server', 2, { ageDays: 12, ports: 'https:10250' }),
]

/** What the DaemonSets of kube-proxy have in common. */
export function proxyPool(app: string, nodeSelector: Labels) {
  const image = 'registry.example.com/kube-proxy:v1.36.3'
  return {
    ageDays: 41,
    labels: { 'k8s-app': app },
    container: 'kube-proxy',
    image,
    nodeSelector,
    hostNetwork: true,
    probe: false,
  }
}

/** `staleOn`: nodes whose kube-proxy was not restarted after the ConfigMap's last change. */
export function systemChanges({ staleOn }: { readonly staleOn: readonly string[] }): Change[] {
  const restarted = ['node-1', 'node-2', 'node-3', 'node-4', 'node-6', 'node-7', 'node-12']
  return [
    { ago: '90d', do: 'write', manifest: serviceRange },
    { ago: '90d', do: 'write', manifest: apiServerEndpoints },
    { ago: '90d', do: 'write', manifest: apiServerSlice },
    { ago: '90d', do: 'write', manifest: corefile },
    { ago: '42d', do: 'write', manifest: proxyConfig('""', clusterCIDR) },
    { ago: '30d', do: 'write', manifest: ciliumConfig },
    { ago: '20d', do: 'write', manifest: proxyConfig('iptables', clusterCIDR) },
    {
      ago: '19d',
      do: 'restart-on',
      target: 'kube-system/kube-proxy',
      nodes: restarted.filter((name) => !staleOn.includes(name)),
    },
  ]
}

// The API server makes it of its own flag --service-cluster-ip-range.
const serviceRange = {
  resource: 'servicecidrs',
  namespace: '',
  name: 'kubernetes',
  uid: '7f8d3c52-6a0e-4b1f-9a35-0c4d5e6f7a81',
  body: {
    spec: { cidrs: ['10.96.0.0/12', 'fd00:10:96::/112'] },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  },
} as const

const apiServers = ['10.0.1.2', '10.0.2.2', '10.0.3.2']
const apiServerPorts: JsonObject[] = [{ name: 'https', port: 6443, protocol: 'TCP' }]

const apiServerEndpoints = {
  resource: 'endpoints',
  namespace: 'default',
  name: 'kubernetes',
  labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
  body: { subsets: [{ addresses: apiServers.map((ip) => ({ ip })), ports: apiServerPorts }] },
} as const

const apiServerSlice = {
  resource: 'endpointslices',
  namespace: 'default',
  name: 'kubernetes',
  labels: { 'kubernetes.io/service-name': 'kubernetes' },
  body: {
    addressType: 'IPv4',
    endpoints: apiServers.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
    ports: apiServerPorts,
  },
} as const

/** As kubeadm writes it. */
export const corefile = {
  resource: 'configmaps',
  namespace: 'kube-system',
  name: 'coredns',
  uid: '6c1de5d4-52c3-4d7e-9f0b-3a4f5d2e8b17',
  body: {
    data: {
      Corefile: `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`,
    },
  },
} as const

const ciliumConfig = {
  resource: 'configmaps',
  namespace: 'kube-system',
  name: 'cilium-config',
  body: {
    data: {
      'cluster-name': 'prod-eu-1',
      'enable-ipv4': 'true',
      'enable-ipv6': 'true',
      'kube-proxy-replacement': 'true',
      'routing-mode': 'tunnel',
    },
  },
} as const

type Hosts = { readonly all: string; readonly own: string }
const ipv4Hosts: Hosts = { all: '0.0.0.0', own: '127.0.0.1' }

/** The ConfigMap of kube-proxy's DaemonSet; its servers listen on all addresses, and on this node alone. */
export const proxyConfig = (...[mode, podRange, { all, own } = ipv4Hosts]: [string, string, Hosts?]) =>
  ({
    resource: 'configmaps',
    namespace: 'kube-system',
    name: 'kube-proxy',
    labels: { app: 'kube-proxy' },
    body: {
      data: {
        'config.conf': `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clusterCIDR: ${podRange}
clientConnection:
  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf
healthzBindAddress: '${all}:10256'
metricsBindAddress: '${own}:10249'
mode: ${mode}
ipvs:
  scheduler: ""
`,
      },
    },
  }) as const
