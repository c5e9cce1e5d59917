// Random records out of small pools of names, addresses and labels, so that they meet, shadow and orphan each other often.

import type {
  ClusterRecord,
  ContainerState,
  Endpoint,
  EndpointSliceRecord,
  Kind,
  LabelSelector,
  NodeRecord,
  PodRecord,
  PolicyRule,
  ServiceRecord,
} from '../model/records'
import {
  configMap,
  container,
  daemonSet,
  endpoint,
  type LabelSet,
  legacyEndpoints,
  namespace,
  networkPolicy,
  node,
  pod,
  probe,
  service,
  serviceCIDR,
  servicePort,
  slice,
  slicePort,
} from './builders'
import type { Random } from './random'
import { randomEntry } from './random-entries'

export const NAMESPACES = ['shop', 'kube-system', '__proto__'] as const
export const SERVICE_NAMES = ['cart', 'api', 'constructor', 'db#1'] as const
export const NODE_NAMES = ['n1', 'n2', 'n3', 'gone'] as const
const SLICE_NAMES = ['s1', 's2', 's3', 's#4'] as const
const POD_NAMES = ['p1', 'p2', 'p3', 'p4', 'p5', 'kube-proxy-1', 'cilium-1'] as const
const ZONES = [undefined, 'a', 'b'] as const
const FAMILIES = ['IPv4', 'IPv6'] as const
const LABELS: readonly [LabelSet, ...LabelSet[]] = [
  {},
  { app: 'cart' },
  { app: 'api' },
  { app: 'cart', tier: 'web' },
  { tier: 'web', app: 'cart' },
  { tier: 'web', app: 'api' },
  new Map([
    ['__proto__', 'y'],
    ['constructor', 'x'],
  ]),
]
const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', 'fd00::1', 'fd00:0:0::1', 'not an address'] as const
const CONFIGS = ['mode: ipvs', 'mode: iptables', 'mode: ""', 'mode: nftables', '{{ not yaml', ''] as const
const PROXY_ARGS = [undefined, ['kube-proxy', '--proxy-mode=ipvs'], ['kube-proxy', '--config=/c/config.conf']] as const
const STATES: readonly [ContainerState, ...ContainerState[]] = [
  { phase: 'running', reason: undefined, since: 1, exitCode: undefined },
  { phase: 'waiting', reason: 'CrashLoopBackOff', since: undefined, exitCode: undefined },
  { phase: 'waiting', reason: 'ImagePullBackOff', since: undefined, exitCode: undefined },
]
const CONDITIONS: readonly [PodRecord['conditions'], ...PodRecord['conditions'][]] = [
  [],
  [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady', since: 4 }],
  [
    { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', since: 5 },
    { type: 'example.com/attached', status: 'False', reason: undefined, since: 5 },
  ],
]

/** A record of this kind under a name of the pool, everything else by chance. */
export function randomRecord(random: Random, kind: Kind): ClusterRecord {
  const meta = {
    uid: `u${random.int(3)}`,
    resourceVersion: String(random.int(1000)),
    deletedAt: random.chance(0.1) ? 5 : undefined,
  }
  const named = { ...meta, namespace: random.pick(NAMESPACES) }
  switch (kind) {
    case 'Service':
      return randomService(random, named)
    case 'EndpointSlice':
      return randomSlice(random, named)
    case 'Pod':
      return randomPod(random, named)
    case 'Node':
      return randomNode(random, meta)
    case 'Endpoints': {
      const address = { ip: random.pick(ADDRESSES), hostname: undefined, nodeName: undefined, targetRef: undefined }
      const subsets = [{ addresses: random.chance(0.5) ? [address] : [], notReadyAddresses: [address], ports: [] }]
      return legacyEndpoints({ ...named, name: random.pick(SERVICE_NAMES), subsets })
    }
    case 'Namespace':
      return namespace({ ...meta, name: random.pick(NAMESPACES), labels: random.pick(LABELS) })
    case 'ConfigMap': {
      const name = random.pick(['kube-proxy', 'cilium-config', 'kube-proxy-config'])
      const data = { 'config.conf': random.pick(CONFIGS), 'kube-proxy-replacement': random.pick(['true', 'false']) }
      return configMap({ ...meta, name, data, changedAt: random.int(10) })
    }
    case 'ServiceCIDR':
      return serviceCIDR({ ...meta, cidrs: [random.pick(['10.96.0.0/12', '10.112.0.0/16', 'fd00:10:96::/112'])] })
    case 'Ingress':
    case 'IngressClass':
    case 'GatewayClass':
    case 'Gateway':
    case 'HTTPRoute':
    case 'ReferenceGrant':
      return randomEntry(random, kind, { pools: { namespaces: NAMESPACES, services: SERVICE_NAMES }, at: named })
    case 'NetworkPolicy':
      return networkPolicy({
        ...named,
        name: random.pick(['deny-all', 'constructor', 'allow']),
        podSelector: randomSelector(random),
        policyTypes: random.pick([[], ['Ingress'], ['Egress'], ['Ingress', 'Egress']]),
        ingress: randomRules(random),
        egress: randomRules(random),
      })
    case 'DaemonSet': {
      const name = random.pick(['kube-proxy', 'cilium', 'kube-router'])
      const nodeSelector: LabelSet = random.chance(0.5) ? {} : { zone: 'a' }
      return daemonSet({ ...meta, name, nodeSelector, proxyArgs: random.pick(PROXY_ARGS) })
    }
  }
}

const randomSelector = (random: Random): LabelSelector => ({
  labels: new Map(random.pick(LABELS) instanceof Map ? [] : [['app', random.pick(['cart', 'api'])]]),
  expressions: random.chance(0.3)
    ? [{ key: 'tier', operator: random.pick(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Near']), values: ['web'] }]
    : [],
})

function randomRules(random: Random): readonly PolicyRule[] {
  return Array.from({ length: random.int(3) }, () => ({
    peers: Array.from({ length: random.int(3) }, () => {
      const kind = random.int(3)
      return {
        podSelector: kind === 0 ? randomSelector(random) : undefined,
        namespaceSelector: kind === 1 ? randomSelector(random) : undefined,
        ipBlock:
          kind === 2 ? { cidr: random.pick(['10.0.0.0/8', '10.0.0.0/30', 'fd00::/8', '10']), except: [] } : undefined,
      }
    }),
    ports: random.chance(0.5)
      ? [{ protocol: 'TCP', port: random.pick<number | string>([80, 'http']), endPort: undefined }]
      : [],
  }))
}

type Named = { readonly uid: string; readonly resourceVersion: string; readonly namespace: string }

function randomService(random: Random, named: Named): ServiceRecord {
  const clusterIP = random.pick(['None', '', ...ADDRESSES])
  return service({
    ...named,
    name: random.pick(SERVICE_NAMES),
    type: random.pick(['ClusterIP', 'ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']),
    clusterIP,
    clusterIPs: random.chance(0.8) ? [clusterIP] : [],
    ipFamilies: random.chance(0.7) ? ['IPv4'] : FAMILIES,
    selector: random.pick([undefined, ...LABELS.slice(1)]),
    labels: random.pick(LABELS),
    annotations: random.chance(0.5) ? { 'service.kubernetes.io/topology-mode': 'Auto' } : {},
    ports: random.chance(0.8)
      ? [servicePort({ targetPort: random.pick<number | string>([8080, 'http', 'grpc']) })]
      : [],
    externalIPs: random.chance(0.2) ? [random.pick(ADDRESSES)] : [],
    trafficDistribution: random.pick([undefined, undefined, 'PreferSameZone', 'PreferSameNode']),
    publishNotReadyAddresses: random.chance(0.1),
    changedAt: random.pick([undefined, 3, 8]),
    internalTrafficPolicy: random.pick(['Cluster', 'Cluster', 'Local']),
    externalTrafficPolicy: random.pick([undefined, 'Cluster', 'Local']),
    loadBalancerIngress: random.chance(0.3)
      ? [{ ip: random.pick(ADDRESSES), hostname: undefined, ipMode: random.pick([undefined, 'VIP', 'Proxy']) }]
      : [],
    loadBalancerSourceRanges: random.chance(0.3) ? [random.pick(['10.0.0.1/32', '0.0.0.0/0', 'fd00::/8', 'none'])] : [],
  })
}

function randomSlice(random: Random, named: Named): EndpointSliceRecord {
  const serviceName = random.pick([undefined, ...SERVICE_NAMES])
  return slice({
    ...named,
    name: random.pick(SLICE_NAMES),
    serviceName,
    labels: serviceName === undefined ? {} : { 'kubernetes.io/service-name': serviceName },
    managedBy: random.pick([undefined, 'me', 'endpointslice-controller.k8s.io', 'endpointslice-controller.k8s.io']),
    addressType: random.pick(['IPv4', 'IPv4', 'IPv6', 'FQDN']),
    ports: random.chance(0.8) ? [slicePort({ port: random.pick([8080, 9090]) })] : [],
    endpoints: Array.from({ length: random.int(6) }, () => randomEndpoint(random)),
  })
}

/** An endpoint that may name a pod, a node, both, neither, or what does not exist. */
export function randomEndpoint(random: Random): Endpoint {
  const target = { kind: random.pick(['Pod', 'Pod', 'Other']), namespace: random.pick(['', ...NAMESPACES]) }
  const zone = random.pick(ZONES)
  return endpoint(random.pick(ADDRESSES), {
    ready: random.chance(0.6),
    serving: random.chance(0.6),
    terminating: random.chance(0.3),
    nodeName: random.pick([undefined, ...NODE_NAMES]),
    zone,
    hintZones: random.chance(0.4) ? [zone ?? 'a'] : [],
    hintNodes: random.chance(0.2) ? [random.pick(NODE_NAMES)] : [],
    targetRef: random.chance(0.7) ? { ...target, name: random.pick(POD_NAMES), uid: `u${random.int(3)}` } : undefined,
  })
}

function randomPod(random: Random, named: Named): PodRecord {
  const name = random.pick(POD_NAMES)
  const isProxy = name === 'kube-proxy-1'
  return pod({
    ...named,
    name,
    labels: isProxy ? { 'k8s-app': 'kube-proxy' } : random.pick(LABELS),
    nodeName: random.pick([undefined, ...NODE_NAMES]),
    podIPs: random.chance(0.8) ? [random.pick(ADDRESSES)] : [],
    hostNetwork: random.chance(0.1),
    phase: random.pick(['Running', 'Running', 'Pending', 'Succeeded', 'Failed']),
    ready: random.chance(0.7),
    startedAt: random.int(10),
    dnsPolicy: random.pick(['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None', undefined]),
    dnsConfig: random.chance(0.2)
      ? { nameservers: [random.pick(ADDRESSES)], searches: ['db.example'], options: [{ name: 'ndots', value: '2' }] }
      : undefined,
    hostAliases: random.chance(0.2) ? [{ ip: random.pick(ADDRESSES), hostnames: ['db.example', 'cart'] }] : [],
    enableServiceLinks: random.pick([true, false, undefined]),
    containers: [
      container({
        ports: random.chance(0.7) ? [{ name: 'http', protocol: 'TCP', containerPort: 8080 }] : [],
        readinessProbe: random.chance(0.7) ? probe() : undefined,
        ready: random.chance(0.7),
        state: random.pick(STATES),
      }),
    ],
    readinessGates: random.chance(0.2) ? ['example.com/attached'] : [],
    conditions: random.pick(CONDITIONS),
    workload: random.pick([
      undefined,
      { kind: 'Deployment', name: 'cart', uid: '' },
      { kind: 'DaemonSet', name: random.pick(['kube-proxy', 'cilium']), uid: 'd' },
    ]),
    proxyArgs: isProxy ? random.pick(PROXY_ARGS) : undefined,
  })
}

function randomNode(random: Random, meta: Omit<Named, 'namespace'>): NodeRecord {
  const zone = random.pick(ZONES)
  return node({
    ...meta,
    name: random.pick(['n1', 'n2', 'n3']),
    zone,
    labels: {
      ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone, zone }),
      ...(random.chance(0.3) ? { 'node-role.kubernetes.io/control-plane': '' } : {}),
    },
    addresses: [{ type: 'InternalIP', address: random.pick(ADDRESSES) }],
    ready: random.pick([true, true, false, undefined]),
    os: random.pick(['linux', 'linux', 'windows', undefined]),
    allocatableCpuMilli: random.pick([4000, 2000, 0, undefined]),
  })
}
