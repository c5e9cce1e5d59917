import { parseContainers } from './from-api-container'
import { conditionStatus } from './from-api-node'
import { nodePortRange } from './from-api-node-port-range'
import { parseConditions } from './from-api-pod-conditions'
import { kubeProxyArgs, kubeProxyImage } from './from-api-proxy-args'
import type { FieldReader, Identity } from './from-api-reader'
import { podKey } from './keys'
import type { HostAlias, PodDnsConfig, PodRecord, Workload } from './records'

/** Pod record. Environment, volumes, images and arguments stay outside (kube-proxy's own excepted, and an API server's range of node ports). */
export function parsePod(object: FieldReader, identity: Identity): PodRecord {
  const labels = object.child('metadata').map('labels')
  const spec = object.child('spec')
  const status = object.child('status')
  const ready = conditionStatus(status, 'Ready')
  const podIP = status.text('podIP')
  const gates = spec.children('readinessGates').map((gate) => gate.string('conditionType') ?? '')
  const podIPs = status.children('podIPs').flatMap((ip) => ip.text('ip') ?? [])
  return {
    ...identity,
    kind: 'Pod',
    key: podKey(identity.namespace, identity.name),
    labels,
    nodeName: spec.text('nodeName'),
    podIPs: podIPs.length === 0 && podIP !== undefined ? [podIP] : podIPs,
    hostNetwork: spec.boolean('hostNetwork') ?? false,
    hostname: spec.text('hostname'),
    subdomain: spec.text('subdomain'),
    hostnameOverride: spec.text('hostnameOverride'),
    dnsPolicy: parseDnsPolicy(spec),
    dnsConfig: spec.has('dnsConfig') ? parseDnsConfig(spec.child('dnsConfig')) : undefined,
    hostAliases: spec.has('hostAliases') ? parseHostAliases(spec) : NO_ALIASES,
    enableServiceLinks: spec.boolean('enableServiceLinks'),
    phase: status.text('phase') ?? 'Pending',
    ready: ready?.isTrue ?? false,
    readySince: ready?.isTrue ? ready.since : undefined,
    startedAt: status.time('startTime'),
    containers: parseContainers(spec, status),
    readinessGates: gates,
    conditions: parseConditions(status, gates),
    deletionGraceSeconds: object.child('metadata').integer('deletionGracePeriodSeconds'),
    workload: parseWorkload(object.child('metadata'), labels.get('pod-template-hash')),
    proxyArgs: kubeProxyArgs(spec.children('containers')),
    proxyImage: kubeProxyImage(spec.children('containers')),
    nodePortRange: nodePortRange(identity.namespace, spec.children('containers')),
  }
}

const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']
const NO_ALIASES: readonly HostAlias[] = []

// One text for all pods: a cluster has 150,000 of them. A policy of later days refuses no pod.
function parseDnsPolicy(spec: FieldReader): string | undefined {
  const policy = spec.text('dnsPolicy')
  return DNS_POLICIES.find((known) => known === policy) ?? policy
}

const parseHostAliases = (spec: FieldReader): readonly HostAlias[] =>
  spec.children('hostAliases').map((alias) => ({ ip: alias.string('ip') ?? '', hostnames: alias.strings('hostnames') }))

const parseDnsConfig = (config: FieldReader): PodDnsConfig => ({
  nameservers: config.strings('nameservers'),
  searches: config.strings('searches'),
  options: config
    .children('options')
    .map((option) => ({ name: option.string('name') ?? '', value: option.string('value') })),
})

// A Deployment's ReplicaSet is named `<deployment>-<pod-template-hash>`; the Deployment's own uid is not in the pod.
function parseWorkload(metadata: FieldReader, templateHash: string | undefined): Workload | undefined {
  const owner = metadata.children('ownerReferences').find((reference) => reference.raw('controller') === true)
  if (owner === undefined) return undefined
  const kind = owner.string('kind') ?? ''
  const name = owner.string('name') ?? ''
  const ending = `-${templateHash}`
  if (kind === 'ReplicaSet' && templateHash && name.endsWith(ending) && name.length > ending.length) {
    return { kind: 'Deployment', name: name.slice(0, -ending.length), uid: '' }
  }
  return { kind, name, uid: owner.string('uid') ?? '' }
}
