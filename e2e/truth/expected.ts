// What is true of each Service of scenario.ts, said once for every surface.
import { ip4, ip6, ns } from './scenario.ts'

export type Endpoint = {
  readonly address: string
  readonly port: number
  readonly routed: boolean
  readonly conditions: { readonly ready: boolean; readonly serving: boolean; readonly terminating: boolean }
  readonly hintZone?: string
  /** Of a headless Service: DNS answers with it. Nothing routes to it. */
  readonly inDns?: boolean
}

export type Truth = {
  readonly name: string
  readonly case: string
  readonly family?: 'IPv4' | 'IPv6'
  readonly endpoints: readonly Endpoint[]
  /** API field path → the text that inspector and list show, where they show the field. */
  readonly fields: Readonly<Record<string, string>>
  /** Code of a trouble that must be on the Service; undefined: there must be none. */
  readonly trouble?: string
}

const ready = { ready: true, serving: true, terminating: false }
const terminating = { ready: false, serving: true, terminating: true }
const notReady = { ready: false, serving: false, terminating: false }

const all = (group: number, count: number, port = 8080): Endpoint[] =>
  Array.from({ length: count }, (_, i) => ({ address: ip4(group, i), port, routed: true, conditions: ready }))

const zoneOf = (i: number) => `zone-${'abc'[i % 3]}`

export const truths: readonly Truth[] = [
  {
    name: 'ext-api',
    case: 'a hand-made slice with only the service-name label, external IP',
    endpoints: [{ address: '203.0.113.10', port: 8443, routed: true, conditions: ready }],
    fields: { 'spec.ports[0].port': '443', 'spec.ports[0].targetPort': '8443' },
  },
  { name: 'manual', case: 'the same with pod IPs', endpoints: all(2, 2), fields: {} },
  {
    name: 'etcd-k8s',
    case: 'Endpoints mirrored into a slice',
    endpoints: ['192.0.2.101', '192.0.2.102'].map((address) => ({
      address,
      port: 2379,
      routed: true,
      conditions: ready,
    })),
    fields: { 'spec.ports[0].port': '2379' },
  },
  {
    name: 'absent',
    case: 'absent conditions: ready and serving count as true',
    endpoints: ['10.244.4.10', '10.244.4.11'].map((address) => ({
      address,
      port: 8080,
      routed: true,
      conditions: ready,
    })),
    fields: {},
  },
  {
    name: 'term',
    case: 'terminating but serving: not used while others are ready',
    endpoints: [...all(5, 2), { address: ip4(5, 2), port: 8080, routed: false, conditions: terminating }],
    fields: {},
  },
  {
    name: 'all-term',
    case: 'all endpoints terminating: they are used',
    endpoints: [0, 1].map((i) => ({ address: ip4(6, i), port: 8080, routed: true, conditions: terminating })),
    fields: {},
    trouble: 'service-all-terminating',
  },
  {
    name: 'seventeen',
    case: 'one unready pod of 17: in the slice, not routed',
    endpoints: [...all(7, 16), { address: ip4(7, 16), port: 8080, routed: false, conditions: notReady }],
    fields: {},
    trouble: 'service-some-not-ready',
  },
  {
    name: 'named',
    case: 'a named targetPort that is 8080 on three pods and 9090 on three',
    endpoints: all(8, 6).map((endpoint, i) => ({ ...endpoint, port: i < 3 ? 8080 : 9090 })),
    fields: { 'spec.ports[0].targetPort': 'http' },
  },
  {
    name: 'headless',
    case: 'headless',
    endpoints: all(9, 3).map((endpoint) => ({ ...endpoint, routed: false, inDns: true })),
    fields: { 'spec.clusterIPs[0]': 'None' },
  },
  {
    name: 'extname',
    case: 'ExternalName',
    endpoints: [],
    fields: { 'spec.type': 'ExternalName', 'spec.externalName': 'my.database.example.com' },
  },
  { name: 'dual', case: 'dual stack, IPv4', family: 'IPv4', endpoints: all(11, 3), fields: {} },
  {
    name: 'dual',
    case: 'dual stack, IPv6',
    family: 'IPv6',
    endpoints: [0, 1, 2].map((i) => ({ address: ip6(11, i), port: 8080, routed: true, conditions: ready })),
    fields: {},
  },
  {
    name: 'np-local',
    case: 'NodePort with externalTrafficPolicy Local and ClientIP affinity',
    endpoints: all(12, 2),
    fields: {
      'spec.type': 'NodePort',
      'spec.ports[0].nodePort': '30062',
      'spec.externalTrafficPolicy': 'Local',
      'spec.sessionAffinity': 'ClientIP',
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds': '3600',
    },
    trouble: 'service-external-local-drops',
  },
  {
    name: 'near',
    case: 'trafficDistribution with zone hints',
    endpoints: all(13, 6).map((endpoint, i) => ({ ...endpoint, hintZone: zoneOf(i) })),
    fields: { 'spec.trafficDistribution': 'PreferSameZone' },
  },
  {
    name: 'lb',
    case: 'LoadBalancer IP, externalIPs, source ranges',
    endpoints: all(14, 2),
    fields: {
      'spec.type': 'LoadBalancer',
      'spec.externalIPs[0]': '198.51.100.50',
      'status.loadBalancer.ingress[0].ip': '198.51.100.7',
      'spec.loadBalancerSourceRanges[0]': '10.0.0.0/8',
      'spec.loadBalancerSourceRanges[1]': '203.0.113.0/24',
    },
  },
  {
    name: 'empty',
    case: 'a Service with no endpoints: looks broken, says why',
    endpoints: [],
    fields: {},
    trouble: 'service-selects-no-pods',
  },
]

/** Headings of the lists, by view. */
export const columns = {
  services: [
    ...['Service', 'Type', 'ClusterIPs', 'Ready', 'Slices', 'Hints', 'Ports → targetPort', 'Ways in'],
    ...['Traffic distribution', 'Internal policy', 'External policy', 'Trouble'],
  ],
  nodes: [...['Node', 'Zone', 'Proxy mode', 'Evidence', 'Condition', 'Addresses', 'PodCIDRs', 'Pods', 'Kubelet'], 'OS'],
}

/** Fields that have a column in the list of Services; the others stand in the inspector alone. */
export const isListed = (path: string) =>
  /^spec\.(type|externalName|trafficDistribution|internalTrafficPolicy|externalTrafficPolicy)$/.test(path) ||
  /^spec\.(clusterIPs|externalIPs)\[\d+\]$/.test(path) ||
  /^spec\.ports\[\d+\]\.(name|protocol|port|targetPort|nodePort)$/.test(path) ||
  /^status\.loadBalancer\.ingress\[\d+\]\.(ip|hostname)$/.test(path)

export const idOf = (truth: Truth) => `${ns}/${truth.name}`
