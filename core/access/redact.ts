// Records as an audience is shown them. A record that holds nothing hidden stays itself; one that does has one redacted record, made
// once, so that everything that is kept by record (core/proxy, core/graph) and every comparison by identity works as ever.

import { nodeKey } from '../model/keys'
import type {
  Endpoint,
  EndpointSliceRecord,
  EndpointsAddress,
  EndpointsRecord,
  NamespaceRecord,
  NetworkPolicyRecord,
  NodeRecord,
  PodDnsConfig,
  PodRecord,
  ServiceRecord,
} from '../model/records'
import type { EntryRecord } from '../model/records-entries'
import type { Audience } from './audience'
import {
  endpointAddress,
  type Hidden,
  insideAddress,
  nodeWord,
  outsideAddress,
  podsOwnWord,
  referenceWord,
  searchWord,
  writtenName,
} from './hidden'
import { matchingLabels, readAnnotations, readOfNode, readOfService, readOfSlice, shownLabels } from './hidden-labels'
import { mayNameUnseen, namesUnseen } from './names-unseen'
import { type NamespaceValue, namespaceValues } from './namespace-values'
import { redactEntry } from './redact-entries'
import { redactPolicy } from './redact-policies'

export type Redaction = {
  service(record: ServiceRecord): ServiceRecord
  slice(record: EndpointSliceRecord): EndpointSliceRecord
  pod(record: PodRecord): PodRecord
  node(record: NodeRecord): NodeRecord
  endpoints(record: EndpointsRecord): EndpointsRecord
  namespace(record: NamespaceRecord): NamespaceRecord
  entry(record: EntryRecord): EntryRecord
  networkPolicy(record: NetworkPolicyRecord): NetworkPolicyRecord
}

/** Takes records of namespaces that the audience sees, and nodes it may know of; `recordOf` gives those namespaces. */
export function createRedaction(
  hidden: Hidden,
  recordOf: (namespace: string) => NamespaceRecord | undefined,
): Redaction {
  const values = namespaceValues(hidden, recordOf)
  const gateway = onceWith<EntryRecord>(values, (record, word) => redactEntry(hidden, record, word))
  const entry = once((record: EntryRecord) => redactEntry(hidden, record, values()))
  const details = hidden.addresses || hidden.outside || hidden.labels
  const endpoint = once((one: Endpoint) => redactEndpoint(hidden, one))
  const { audience } = hidden
  const isUnseen = ({ externalName = '', loadBalancerIngress }: ServiceRecord) =>
    mayNameUnseen(audience, externalName) ||
    loadBalancerIngress.some(({ hostname = '' }) => namesUnseen(audience, hostname))
  const service = once((record: ServiceRecord) => redactService(hidden, record))
  const pod = once((record: PodRecord) => redactPod(hidden, record))
  const same = <T>(record: T) => record
  return {
    service: (record) => (details || isUnseen(record) ? service(record) : record),
    slice: once((record) => redactSlice(hidden, record, endpoint)),
    pod: (record) => (details || hidden.freeText || givesUnseen(audience, record) ? pod(record) : record),
    node: details || hidden.nodeNames ? once((record) => redactNode(hidden, record)) : same,
    endpoints: once((record) => redactEndpoints(hidden, record)),
    entry: (record) => (record.kind === 'Gateway' ? gateway(record) : entry(record)),
    namespace: hidden.labels ? once((record) => ({ ...record, labels: shownLabels(hidden, record.labels, {}) })) : same,
    networkPolicy: hidden.audience.namespaces === 'all' ? same : onceWith(values, redactPolicy),
  }
}

const givesUnseen = (audience: Audience, { dnsConfig, hostAliases, hostnameOverride = '' }: PodRecord): boolean =>
  (dnsConfig?.searches ?? []).some((domain) => mayNameUnseen(audience, domain, 1)) ||
  [hostnameOverride, ...hostAliases.flatMap(({ hostnames }) => hostnames)].some((name) => mayNameUnseen(audience, name))

function once<T extends object>(redact: (record: T) => T): (record: T) => T {
  const known = new WeakMap<T, T>()
  return (record) => {
    const found = known.get(record) ?? redact(record)
    known.set(record, found)
    return found
  }
}

// Anew when the words are others.
function onceWith<T extends object>(
  words: () => NamespaceValue,
  redact: (record: T, word: NamespaceValue) => T,
): (record: T) => T {
  let word = words()
  let told = once<T>((record) => redact(record, word))
  return (record) => {
    const now = words()
    if (now !== word) {
      word = now
      told = once<T>((one) => redact(one, now))
    }
    return told(record)
  }
}

function redactService(hidden: Hidden, record: ServiceRecord): ServiceRecord {
  const { selector, externalName } = record
  const inside = (text: string) => insideAddress(hidden, text)
  const outside = (text: string) => outsideAddress(hidden, text)
  return {
    ...record,
    labels: shownLabels(hidden, record.labels, { read: readOfService }),
    annotations: shownLabels(hidden, record.annotations, { read: readAnnotations }),
    selector: selector && matchingLabels(hidden, selector),
    clusterIP: inside(record.clusterIP),
    clusterIPs: record.clusterIPs.map(inside),
    externalIPs: record.externalIPs.map(outside),
    externalName: externalName === undefined ? undefined : writtenName(hidden, externalName),
    loadBalancerIngress: record.loadBalancerIngress.map(({ ip, hostname, ipMode }) => ({
      ip: ip === undefined ? undefined : outside(ip),
      hostname: hostname === undefined ? undefined : outside(hostname),
      ipMode,
    })),
    // A range has no word in its place that could be compared with an address.
    loadBalancerSourceRanges: hidden.outside ? [] : record.loadBalancerSourceRanges,
    loadBalancerClass: hidden.outside ? undefined : record.loadBalancerClass,
  }
}

function redactEndpoint(hidden: Hidden, endpoint: Endpoint): Endpoint {
  const targetRef = referenceWord(hidden, endpoint)
  const isNamed = endpoint.addresses.some((text) => mayNameUnseen(hidden.audience, text))
  if (!hidden.outside && !hidden.nodeNames && !isNamed && targetRef === endpoint.targetRef) return endpoint
  return {
    ...endpoint,
    addresses: endpoint.addresses.map((text) => endpointAddress(hidden, text)),
    nodeName: nodeWord(hidden, endpoint.nodeName),
    hintNodes: endpoint.hintNodes.map((name) => nodeWord(hidden, name)),
    targetRef,
  }
}

function redactSlice(
  hidden: Hidden,
  record: EndpointSliceRecord,
  redact: (endpoint: Endpoint) => Endpoint,
): EndpointSliceRecord {
  const endpoints = record.endpoints.map(redact)
  const labels = shownLabels(hidden, record.labels, { read: readOfSlice })
  const same = labels === record.labels && endpoints.every((one, index) => one === record.endpoints[index])
  return same ? record : { ...record, labels, endpoints }
}

function redactPod(hidden: Hidden, record: PodRecord): PodRecord {
  const { workload, nodeName } = record
  // Whoever attaches pods to something outside (a load balancer's target group) names it in the gate.
  const gate = (name: string) => (hidden.outside ? hidden.standIns.of('name', name) : name)
  return {
    ...record,
    labels: matchingLabels(hidden, record.labels),
    readinessGates: record.readinessGates.map(gate),
    conditions: record.conditions.map((one) =>
      record.readinessGates.includes(one.type) ? { ...one, type: gate(one.type) } : one,
    ),
    nodeName: nodeWord(hidden, nodeName),
    podIPs: record.podIPs.map((text) => insideAddress(hidden, text)),
    hostnameOverride: record.hostnameOverride && podsOwnWord(hidden, record.hostnameOverride),
    dnsConfig: record.dnsConfig && redactDnsConfig(hidden, record.dnsConfig),
    hostAliases: record.hostAliases.map(({ ip, hostnames }) => ({
      ip: podsOwnWord(hidden, ip),
      hostnames: hostnames.map((name) => podsOwnWord(hidden, name)),
    })),
    workload:
      hidden.nodeNames && workload?.kind === 'Node'
        ? { ...workload, name: nodeWord(hidden, workload.name), uid: '' }
        : workload,
    proxyArgs: hidden.freeText ? undefined : record.proxyArgs,
    nodePortRange: hidden.freeText ? undefined : record.nodePortRange,
    proxyImage: hidden.freeText ? undefined : record.proxyImage,
  }
}

function redactDnsConfig(hidden: Hidden, { nameservers, searches, options }: PodDnsConfig): PodDnsConfig {
  const word = (text: string) => podsOwnWord(hidden, text)
  return {
    nameservers: nameservers.map(word),
    searches: searches.map((domain) => searchWord(hidden, domain)),
    options: options.filter(
      ({ name, value = '0' }) => !hidden.freeText || (readOptions.has(name) && /^\d+$/.test(value)),
    ),
  }
}

// Options of numbers name nobody.
const readOptions: ReadonlySet<string> = new Set(['ndots', 'timeout', 'attempts'])

const isAddressType = (type: string) => type === 'InternalIP' || type === 'ExternalIP'

function redactNode(hidden: Hidden, record: NodeRecord): NodeRecord {
  const name = nodeWord(hidden, record.name)
  const identity = { key: nodeKey(name), name, uid: hidden.nodeNames ? '' : record.uid }
  if (!hidden.audience.nodes) return stub({ ...record, ...identity })
  return {
    ...record,
    ...identity,
    labels: shownLabels(hidden, record.labels, { read: readOfNode, all: !hidden.labels && !hidden.nodeNames }),
    addresses: record.addresses
      .filter(({ type }) => isAddressType(type) || !(hidden.nodeNames || hidden.addresses))
      .map(({ type, address }) => ({ type, address: insideAddress(hidden, address) })),
    podCIDRs: hidden.addresses ? [] : record.podCIDRs,
    // What tells one machine from another and decides no route goes with its name.
    createdAt: hidden.nodeNames ? undefined : record.createdAt,
    allocatablePods: hidden.nodeNames ? undefined : record.allocatablePods,
    kernelVersion: hidden.nodeNames ? undefined : record.kernelVersion,
    osImage: hidden.nodeNames ? undefined : record.osImage,
  }
}

// Its zone alone: without it, hints that are followed would look ignored.
function stub({ key, name, uid, zone }: NodeRecord): NodeRecord {
  return {
    kind: 'Node',
    key,
    name,
    uid,
    zone,
    resourceVersion: '',
    createdAt: undefined,
    deletedAt: undefined,
    labels: new Map(),
    addresses: [],
    podCIDRs: [],
    ready: undefined,
    unschedulable: false,
    os: undefined,
    kubeletVersion: undefined,
    kernelVersion: undefined,
    osImage: undefined,
    allocatableCpuMilli: undefined,
    allocatablePods: undefined,
  }
}

function redactEndpoints(hidden: Hidden, record: EndpointsRecord): EndpointsRecord {
  const address = (one: EndpointsAddress): EndpointsAddress => ({
    ...one,
    ip: insideAddress(hidden, one.ip),
    nodeName: nodeWord(hidden, one.nodeName),
    targetRef: referenceWord(hidden, one),
  })
  const { overCapacity } = record
  const isWord = overCapacity === undefined || ['truncated', 'warning'].includes(overCapacity)
  return {
    ...record,
    labels: shownLabels(hidden, record.labels, {}),
    overCapacity: isWord || !hidden.labels ? overCapacity : hidden.standIns.of('value', overCapacity),
    subsets: record.subsets.map((subset) => ({
      ...subset,
      addresses: subset.addresses.map(address),
      notReadyAddresses: subset.notReadyAddresses.map(address),
    })),
  }
}
