// The cases in which dashboards go wrong, on a real control plane. What is true of each stands in truth-table.ts.
import { forEachBounded, type KubeApi, type KubeObject } from '../cluster/api.ts'
import {
  endpointSlice,
  endpoints,
  namespace,
  node,
  pod,
  service,
  setPodReady,
  terminatePod,
} from '../cluster/objects.ts'

export const ns = 'truth'
const zones = ['zone-a', 'zone-b', 'zone-c'] as const
export const bigEndpoints = 1500

const nodeName = (i: number) => `worker-${(i % 3) + 1}`

/** Address of pod `i` of group `group`, per family. Each group has its own /24 and /112. */
export const ip4 = (group: number, i: number) => `10.244.${group}.${i + 10}`
export const ip6 = (group: number, i: number) => `fd00:10:244:${group}::${(i + 16).toString(16)}`

type Group = { name: string; group: number; count: number; port?: (i: number) => number; dual?: boolean }

const pods = ({ name, group, count, port, dual }: Group): KubeObject[] =>
  Array.from({ length: count }, (_, i) =>
    pod(ns, `${name}-${i}`, {
      node: nodeName(i),
      ips: dual ? [ip4(group, i), ip6(group, i)] : [ip4(group, i)],
      labels: { app: name },
      ports: [{ name: 'http', containerPort: port?.(i) ?? 8080 }],
    }),
  )

const web = (app: string) => ({ selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] })
const manual = { ports: [{ name: 'http', port: 80, targetPort: 8080 }] }
const slicePorts = [{ name: 'http', port: 8080, protocol: 'TCP' }]

/** Addresses of the Service with more endpoints than one Endpoints object may hold. */
const bigAddress = (i: number) => `10.${200 + Math.floor(i / 62_500)}.${Math.floor(i / 250) % 250}.${(i % 250) + 1}`

const bigSlices = Array.from({ length: bigEndpoints / 100 }, (_, slice) =>
  endpointSlice(ns, `big-${String(slice).padStart(2, '0')}`, {
    service: 'big',
    ports: slicePorts,
    endpoints: Array.from({ length: 100 }, (_, i) => ({
      addresses: [bigAddress(slice * 100 + i)],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: nodeName(i),
      zone: zones[i % 3],
    })),
  }),
)

const groups: readonly Group[] = [
  { name: 'manual-pods', group: 2, count: 2 },
  { name: 'term', group: 5, count: 3 },
  { name: 'all-term', group: 6, count: 2 },
  { name: 'seventeen', group: 7, count: 17 },
  { name: 'named', group: 8, count: 6, port: (i) => (i < 3 ? 8080 : 9090) },
  { name: 'headless', group: 9, count: 3 },
  { name: 'dual', group: 11, count: 3, dual: true },
  { name: 'np-local', group: 12, count: 2 },
  { name: 'near', group: 13, count: 6 },
  { name: 'lb', group: 14, count: 2 },
]

const services: readonly KubeObject[] = [
  service(ns, 'ext-api', { spec: { ports: [{ name: 'https', port: 443, targetPort: 8443 }] } }),
  service(ns, 'manual', { spec: manual }),
  service(ns, 'etcd-k8s', { spec: { ports: [{ name: 'client', port: 2379, targetPort: 2379 }] } }),
  service(ns, 'absent', { spec: manual }),
  service(ns, 'term', { spec: web('term') }),
  service(ns, 'all-term', { spec: web('all-term') }),
  service(ns, 'seventeen', { spec: web('seventeen') }),
  service(ns, 'named', {
    spec: { selector: { app: 'named' }, ports: [{ name: 'web', port: 80, targetPort: 'http' }] },
  }),
  service(ns, 'headless', { spec: { ...web('headless'), clusterIP: 'None' } }),
  service(ns, 'extname', { spec: { type: 'ExternalName', externalName: 'my.database.example.com' } }),
  service(ns, 'dual', { spec: { ...web('dual'), ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] } }),
  service(ns, 'np-local', {
    spec: {
      ...web('np-local'),
      type: 'NodePort',
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30062 }],
      externalTrafficPolicy: 'Local',
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 3600 } },
    },
  }),
  service(ns, 'near', { spec: { ...web('near'), trafficDistribution: 'PreferSameZone' } }),
  service(ns, 'lb', {
    spec: {
      ...web('lb'),
      type: 'LoadBalancer',
      externalIPs: ['198.51.100.50'],
      loadBalancerSourceRanges: ['10.0.0.0/8', '203.0.113.0/24'],
    },
    status: { loadBalancer: { ingress: [{ ip: '198.51.100.7' }] } },
  }),
  service(ns, 'empty', { spec: web('nobody-has-this-label') }),
  service(ns, 'big', { spec: manual }),
]

const slices: readonly KubeObject[] = [
  endpointSlice(ns, 'ext-api-hand', {
    service: 'ext-api',
    ports: [{ name: 'https', port: 8443, protocol: 'TCP' }],
    endpoints: [{ addresses: ['203.0.113.10'], conditions: { ready: true } }],
  }),
  endpointSlice(ns, 'manual-hand', {
    service: 'manual',
    ports: slicePorts,
    endpoints: [0, 1].map((i) => ({ addresses: [ip4(2, i)], conditions: { ready: true }, nodeName: nodeName(i) })),
  }),
  endpointSlice(ns, 'absent-hand', {
    service: 'absent',
    ports: slicePorts,
    endpoints: [{ addresses: ['10.244.4.10'] }, { addresses: ['10.244.4.11'] }],
  }),
  ...bigSlices,
]

/** Makes everything, then brings the pods into the states the cases are about. */
export async function createTruth(api: KubeApi): Promise<void> {
  await api.create(namespace(ns))
  for (const [i, zone] of zones.entries()) {
    const addresses = [{ type: 'InternalIP', address: `192.0.2.${11 + i}` }]
    await api.create(
      node(`worker-${i + 1}`, { zone, addresses, podCIDRs: [`10.244.${i}.0/24`, `fd00:10:244:${i}::/64`] }),
    )
  }
  await forEachBounded(groups.flatMap(pods), 16, (object) => api.create(object))
  for (const object of services) await api.create(object)
  await forEachBounded(slices, 8, (object) => api.create(object))
  await api.create(
    endpoints(ns, 'etcd-k8s', [
      { addresses: [{ ip: '192.0.2.101' }, { ip: '192.0.2.102' }], ports: [{ name: 'client', port: 2379 }] },
    ]),
  )
  await setPodReady(api, pod(ns, 'seventeen-16', { node: '', ips: [] }), false)
  for (const name of ['term-2', 'all-term-0', 'all-term-1'])
    await terminatePod(api, pod(ns, name, { node: '', ips: [] }))
}
