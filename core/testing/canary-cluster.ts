// A random cluster in which every text is unlike every other, so that it can be looked for, and a ledger of where each stands.

import type { ClusterStatus } from '../graph/types'
import type { WatchState } from '../model/events'
import type { Reject } from '../model/from-api'
import type { ClusterRecord, NodeRecord, PodRecord } from '../model/records'
import {
  configMap,
  container,
  daemonSet,
  endpoint,
  endpointOf,
  legacyEndpoints,
  namespace,
  node,
  pod,
  probe,
  service,
  servicePort,
  slice,
  slicePort,
} from './builders'
import { canaryEntries } from './canary-entries'
import {
  addresses,
  all,
  everything,
  inNamespace,
  Ledger,
  noDetailHidden,
  nodeLabels,
  nodeNames,
  nodes,
  outside,
  podsOwn,
  type Sees,
} from './canary-ledger'
import { canaryPolicy } from './canary-policies'
import type { Random } from './random'

export type CanaryCluster = {
  readonly records: readonly ClusterRecord[]
  readonly watches: readonly WatchState[]
  readonly rejects: readonly Reject[]
  readonly cluster: ClusterStatus
  readonly namespaces: readonly string[]
  readonly canaries: readonly { readonly text: string; readonly hidden: Sees; readonly shown: Sees }[]
}

/** `most`: how many namespaces. */
export function createCanaryCluster(random: Random, most = 2 + random.int(2)): CanaryCluster {
  const ledger = new Ledger(random)
  // A namespace's name sees itself: it is told to whoever may see it, even where nothing stands in it.
  const namespaces = Array.from({ length: most }, () => {
    const name = ledger.word(() => false)
    return ledger.at(name, inNamespace(name), true)
  })
  const records: ClusterRecord[] = []
  const allNodes = Array.from({ length: 1 + random.int(3) }, () => canaryNode(ledger))
  const pods: PodRecord[] = []
  for (const name of namespaces) {
    const sees = inNamespace(name)
    records.push(namespace({ name, uid: ledger.word(sees), labels: ledger.labels(sees, false) }))
    const own = Array.from({ length: 1 + random.int(3) }, () =>
      canaryPod(ledger, name, { on: random.pickFrom(allNodes), other: random.pickFrom(namespaces) ?? name }),
    )
    pods.push(...own)
    const others = pods.filter((one) => one.namespace !== name)
    for (let left = 1 + random.int(2); left > 0; left -= 1) {
      const targets = [...own.filter(() => random.chance(0.8)), ...others.filter(() => random.chance(0.2))]
      const other = random.pickFrom(namespaces) ?? name
      const made = canaryService(ledger, name, { random, targets, own: random.pickFrom(own), other })
      records.push(...made)
      const [service] = made
      if (service && random.chance(0.5)) records.push(...canaryEntries(ledger, name, { service: service.name, other }))
    }
    if (random.chance(0.7)) {
      const other = random.pickFrom(namespaces) ?? name
      records.push(canaryPolicy(ledger, name, { other, own: random.pickFrom(own) }))
    }
    if (random.chance(0.5)) {
      const word = () => ledger.word(all(sees, noDetailHidden))
      records.push(
        configMap({
          namespace: name,
          uid: word(),
          data: { 'config.conf': `mode: ipvs\nhostnameOverride: ${word()}\n` },
        }),
      )
      records.push(
        daemonSet({
          namespace: name,
          uid: word(),
          images: [`${word()}/kube-proxy:v1`],
          nodeSelector: { [word()]: word() },
        }),
      )
    }
  }
  // Whose rules can be predicted: a proxy on every node.
  if (random.chance(0.5)) {
    namespaces.push('kube-system')
    records.push(namespace({ name: 'kube-system' }), ...allNodes.map((one) => canaryProxy(ledger, one)))
  }
  const rejects = namespaces.map((name): Reject => {
    const sees = inNamespace(name)
    return {
      kind: 'Service',
      namespace: name,
      name: ledger.word(sees, true),
      field: 'spec',
      code: 'not-an-object' as never,
    }
  })
  return {
    records: [...records, ...pods, ...allNodes],
    rejects,
    watches: [
      canaryWatch(ledger, 'Service', ''),
      canaryWatch(ledger, 'Node', ''),
      canaryWatch(ledger, 'Pod', namespaces[0] ?? ''),
    ],
    cluster: {
      id: 'Cluster',
      kind: 'Cluster',
      source: 'kubeconfig',
      name: ledger.word(({ show }) => show.clusterName, true),
      version: 'v1.36.3',
      contexts: [ledger.word(everything)],
      context: ledger.word(everything),
      namespaces: [],
      demoControls: [ledger.word(everything)],
      demoDumps: [ledger.word(everything)],
      otherRoutes: [],
      otherPolicies: [],
    },
    namespaces,
    canaries: ledger.all(),
  }
}

function canaryWatch(ledger: Ledger, kind: WatchState['kind'], scope: string): WatchState {
  const reason = { code: 'list-failed', detail: `dial ${ledger.word(everything)}: no` }
  return { kind, scope, state: 'stale', reason, count: 1, expected: 2, since: 1, heardAt: 1, nextTryAt: 2, rejected: 9 }
}

function canaryNode(ledger: Ledger): NodeRecord {
  return node({
    name: ledger.word(nodeNames, true),
    uid: ledger.word(nodeNames, true),
    addresses: [
      { type: 'InternalIP', address: ledger.ip(all(nodes, addresses), true) },
      { type: 'Hostname', address: ledger.word(all(nodeNames, addresses), true) },
    ],
    podCIDRs: [`${ledger.ip(all(nodes, addresses), true)}/28`],
    labels: ledger.labels(nodeLabels, true),
    kubeletVersion: ledger.word(nodes, true),
    kernelVersion: ledger.word(all(nodes, nodeNames), true),
    osImage: ledger.word(all(nodes, nodeNames), true),
  })
}

function canaryPod(
  ledger: Ledger,
  of: string,
  { on, other }: { readonly on: NodeRecord | undefined; readonly other: string },
): PodRecord {
  const sees = inNamespace(of)
  if (on) ledger.at(on.name, all(sees, nodeNames))
  const gate = ledger.word(all(sees, outside))
  return pod({
    namespace: of,
    name: ledger.word(sees, true),
    uid: ledger.word(sees),
    labels: ledger.labels(sees, true),
    nodeName: on?.name,
    podIPs: [ledger.ip(all(sees, addresses), true)],
    hostname: ledger.word(sees),
    hostnameOverride: ledger.word(all(sees, podsOwn)),
    dnsConfig: {
      nameservers: [ledger.ip(all(sees, podsOwn))],
      searches: [
        `${ledger.word(all(sees, podsOwn))}.example.com`,
        `${ledger.at(other, all(sees, podsOwn, inNamespace(other)))}.svc.cluster.local`,
        other,
        `db.${other}`,
      ],
      options: [{ name: ledger.word(all(sees, noDetailHidden)), value: ledger.word(all(sees, noDetailHidden)) }],
    },
    hostAliases: [
      {
        ip: ledger.ip(all(sees, podsOwn)),
        hostnames: [ledger.word(all(sees, podsOwn)), `db.${other}`, `db-0.db.${other}.`],
      },
    ],
    workload: { kind: 'Deployment', name: ledger.word(sees, true), uid: ledger.word(sees) },
    containers: [
      container({
        name: ledger.word(sees),
        readinessProbe: probe({ port: ledger.word(sees) }),
        ready: false,
        state: { phase: 'waiting', reason: ledger.word(sees), since: undefined, exitCode: undefined },
        lastEnd: { phase: 'terminated', reason: ledger.word(sees), since: 1, exitCode: 1 },
      }),
    ],
    ready: false,
    readySince: undefined,
    readinessGates: [gate],
    conditions: [
      { type: 'Ready', status: 'False', reason: ledger.word(sees), since: 1 },
      { type: gate, status: 'False', reason: ledger.word(sees), since: 1 },
    ],
    proxyArgs: ['kube-proxy', `--hostname-override=${ledger.word(all(sees, noDetailHidden))}`],
    proxyImage: `${ledger.word(all(sees, noDetailHidden))}/kube-proxy:v1.36.3`,
  })
}

function canaryProxy(ledger: Ledger, on: NodeRecord): PodRecord {
  const sees = inNamespace('kube-system')
  ledger.at(on.name, all(sees, nodeNames))
  return pod({
    namespace: 'kube-system',
    name: ledger.word(sees, true),
    nodeName: on.name,
    podIPs: [],
    labels: { 'k8s-app': 'kube-proxy' },
    workload: { kind: 'DaemonSet', name: 'kube-proxy', uid: 'd' },
    proxyImage: `${ledger.word(all(sees, noDetailHidden))}/kube-proxy:v1.36.3`,
    proxyArgs: ['kube-proxy', '--proxy-mode=iptables', `--hostname-override=${ledger.word(all(sees, noDetailHidden))}`],
  })
}

type Behind = {
  readonly random: Random
  readonly targets: readonly PodRecord[]
  readonly own: PodRecord | undefined
  readonly other: string
}

function canaryService(ledger: Ledger, of: string, { random, targets, own, other }: Behind): readonly ClusterRecord[] {
  const sees = inNamespace(of)
  const name = ledger.word(sees, true)
  const portName = ledger.word(sees, true)
  const isExternal = random.chance(0.2)
  const clusterIP = isExternal ? '' : ledger.ip(all(sees, addresses), true)
  const made = service({
    namespace: of,
    name,
    uid: ledger.word(sees),
    type: isExternal ? 'ExternalName' : 'LoadBalancer',
    clusterIP,
    clusterIPs: clusterIP === '' ? [] : [clusterIP],
    ipFamilies: [clusterIP.includes(':') ? 'IPv6' : 'IPv4'],
    selector:
      own && random.chance(0.7) ? own.labels : { [ledger.word(all(sees, ({ show }) => show.labels === 'all'))]: 'x' },
    labels: ledger.labels(sees, true),
    annotations: { 'service.kubernetes.io/topology-mode': ledger.word(all(sees, ({ show }) => show.labels === 'all')) },
    ports: [servicePort({ name: portName, appProtocol: ledger.word(sees) })],
    externalIPs: [ledger.ip(all(sees, outside), true)],
    externalName: isExternal
      ? random.chance(0.5)
        ? `${ledger.word(all(sees, outside), true)}.example.com`
        : `db.${ledger.at(other, all(sees, outside, inNamespace(other)))}`
      : undefined,
    loadBalancerIngress: [
      { ip: ledger.ip(all(sees, outside), true), hostname: ledger.word(all(sees, outside)), ipMode: 'VIP' },
    ],
    loadBalancerSourceRanges: [`${ledger.ip(all(sees, outside))}/32`],
    loadBalancerClass: ledger.word(all(sees, outside)),
    internalTrafficPolicy: random.pick(['Cluster', 'Local']),
    externalTrafficPolicy: random.pick(['Cluster', 'Local']),
  })
  const bare = ledger.ip(all(sees, addresses), true)
  const endpoints = targets.map((target) => {
    const known = all(sees, inNamespace(target.namespace))
    for (const text of [target.namespace, target.name, target.uid]) ledger.at(text, known)
    for (const ip of target.podIPs) ledger.at(ip, all(sees, addresses))
    if (target.nodeName !== undefined) ledger.at(target.nodeName, all(sees, nodeNames))
    return endpointOf(target, {
      ready: random.chance(0.8),
      zone: undefined,
      hostname: ledger.word(sees),
      hintNodes: target.nodeName === undefined ? [] : [target.nodeName],
    })
  })
  const made2 = slice({
    namespace: of,
    name: ledger.word(sees, true),
    uid: ledger.word(sees),
    serviceName: name,
    managedBy: ledger.word(sees, true),
    addressType: clusterIP.includes(':') ? 'IPv6' : 'IPv4',
    ports: [slicePort({ name: portName })],
    endpoints: [...endpoints, endpoint(bare)],
    labels: ledger.labels(sees, false),
  })
  const legacy = {
    ip: bare,
    hostname: ledger.word(sees),
    nodeName: own?.nodeName,
    targetRef: own && { kind: 'Pod', namespace: of, name: own.name, uid: own.uid },
  }
  const old = legacyEndpoints({
    namespace: of,
    name,
    uid: ledger.word(sees),
    labels: ledger.labels(sees, false),
    overCapacity: ledger.word(all(sees, ({ show }) => show.labels === 'all')),
    subsets: [{ addresses: [legacy], notReadyAddresses: [], ports: [] }],
  })
  return random.chance(0.6) ? [made, made2, old] : [made, made2]
}
