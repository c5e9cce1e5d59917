// A small cluster by chance in which connections arrive: Services with slices of their own pods, nodes with a proxy, policies that
// bind some of the pods, and rules of a route. Fully random ones (random-cluster.ts) seldom bring all of these together.

import type { ClusterRecord, EndpointSliceRecord, PodRecord, ServiceRecord } from '../model/records'
import { endpointOf, namespace, networkPolicy, node, pod, service, servicePort, slice } from './builders'
import {
  backendRef,
  gateway,
  gatewayClass,
  httpRoute,
  ingress,
  ingressBackend,
  ingressClass,
  ingressPath,
  routeRule,
} from './entry-builders'
import type { Random } from './random'
import { randomRecord } from './random-records'

const NODES = ['n1', 'n2', 'n3'] as const
const ZONES = ['a', 'b'] as const
const MODES = ['iptables', 'iptables', 'nftables', 'ipvs', 'kernelspace'] as const
const SERVICES = ['cart', 'api', 'db'] as const
const SHARED = { cart: 10, api: 20, db: 30 } as const

/** Everything in it is in namespace shop, but the proxies. */
export function routedWorld(random: Random): readonly ClusterRecord[] {
  const pods = SERVICES.flatMap((app) => Array.from({ length: random.int(5) }, (_, at) => podOf(random, app, at)))
  const services = SERVICES.map((name) => serviceOf(random, name))
  const slices = services.map((one) => sliceOf(random, one, pods))
  return [
    namespace({ name: 'shop' }),
    ...nodes(random),
    ...pods,
    ...services,
    ...slices,
    ...policies(random),
    ...entries(random),
  ]
}

function nodes(random: Random): readonly ClusterRecord[] {
  const mode = random.pick(MODES)
  return NODES.flatMap((name, at) => {
    const own = random.chance(0.9) ? mode : random.pick(MODES)
    const place = { namespace: 'kube-system', nodeName: name, podIPs: [`10.1.0.${at + 1}`], hostNetwork: true }
    const proxyArgs = ['kube-proxy', `--proxy-mode=${own}`, '--cluster-cidr=10.244.0.0/16']
    return [
      node({
        name,
        zone: random.pick(ZONES),
        os: own === 'kernelspace' ? 'windows' : 'linux',
        addresses: [{ type: 'InternalIP', address: `10.1.0.${at + 1}` }],
      }),
      ...(own === 'kernelspace' ? [] : [pod({ ...place, name: `kube-proxy-${name}`, proxyArgs, labels: {} })]),
    ]
  })
}

function podOf(random: Random, app: (typeof SERVICES)[number], at: number): PodRecord {
  return pod({
    name: `${app}-${at}`,
    nodeName: random.pick(NODES),
    podIPs: [`10.244.${SHARED[app]}.${at + 1}`],
    labels: { app, ...(random.chance(0.4) ? { tier: 'web' } : {}) },
    ready: random.chance(0.8),
    hostNetwork: random.chance(0.05),
    deletedAt: random.chance(0.1) ? 5 : undefined,
  })
}

function serviceOf(random: Random, name: (typeof SERVICES)[number]): ServiceRecord {
  const type = random.pick<'ClusterIP' | 'NodePort' | 'LoadBalancer'>(['ClusterIP', 'NodePort', 'LoadBalancer'])
  const nodePort = type === 'ClusterIP' ? undefined : 30_000 + SHARED[name]
  const clusterIP = random.chance(0.15) ? 'None' : `10.96.0.${SHARED[name]}`
  const isOut = type !== 'ClusterIP' && clusterIP !== 'None'
  return service({
    name,
    type: clusterIP === 'None' ? 'ClusterIP' : type,
    clusterIP,
    clusterIPs: [clusterIP],
    selector: { app: name },
    ports: [servicePort({ targetPort: 8080, nodePort: isOut ? nodePort : undefined })],
    internalTrafficPolicy: random.pick(['Cluster', 'Cluster', 'Local']),
    externalTrafficPolicy: isOut ? random.pick(['Cluster', 'Local']) : undefined,
    healthCheckNodePort: undefined,
    externalIPs: isOut && random.chance(0.3) ? [`198.51.100.${SHARED[name]}`] : [],
    loadBalancerIngress:
      isOut && type === 'LoadBalancer'
        ? [{ ip: `203.0.113.${SHARED[name]}`, hostname: undefined, ipMode: random.pick([undefined, 'VIP', 'Proxy']) }]
        : [],
    sessionAffinity: random.pick(['None', 'None', 'ClientIP']),
    trafficDistribution: random.pick([undefined, 'PreferSameZone']),
  })
}

function sliceOf(random: Random, { name }: ServiceRecord, pods: readonly PodRecord[]): EndpointSliceRecord {
  const hinted = random.chance(0.3)
  const own = pods.filter(({ labels }) => labels.get('app') === name)
  return slice({
    name: `${name}-1`,
    serviceName: name,
    endpoints: own.map((one) =>
      endpointOf(one, { zone: random.pick(ZONES), hintZones: hinted ? [random.pick(ZONES)] : [] }),
    ),
  })
}

function policies(random: Random): readonly ClusterRecord[] {
  return Array.from({ length: random.int(4) }, (_, at) => {
    const record = randomRecord(random, 'NetworkPolicy')
    const name = `policy-${at}`
    return record.kind === 'NetworkPolicy' ? networkPolicy({ ...record, namespace: 'shop', name }) : record
  })
}

function entries(random: Random): readonly ClusterRecord[] {
  const backends = () =>
    SERVICES.slice(0, 1 + random.int(3)).map((name) =>
      backendRef({ name, weight: random.int(4), filters: random.chance(0.25) ? ['RequestRedirect'] : [] }),
    )
  const backend = ingressBackend(random.pick(SERVICES), 80)
  return [
    gatewayClass(),
    gateway(),
    ingressClass(),
    httpRoute({ hostnames: ['shop.example.com'], rules: [routeRule({ backends: backends() })] }),
    ingress({ rules: [{ host: 'other.test', paths: [ingressPath('/', { backend })] }] }),
  ]
}
