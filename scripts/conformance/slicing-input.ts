// Sequences of the kind slicing, turned into API objects: the world before and after each step.
import { parseIp } from '../../core/model/ip.ts'
import type { EndpointSliceRecord, NodeRecord, PodRecord, ServiceRecord } from '../../core/model/records.ts'
import { parseRecord } from './topology-input.ts'

export type RawNode = { n: string; zone?: string; cpu?: string; notReady?: boolean; controlPlane?: boolean }
type NamedPorts = Readonly<Record<string, number>>
export type RawPod = {
  n: string
  node?: string
  ips: readonly string[] | null
  ready: boolean
  term?: boolean
  phase?: string
  hostname?: string
  subdomain?: string
  ports?: NamedPorts
  sidecarPorts?: NamedPorts
  initPorts?: NamedPorts
}
export type RawSlice = {
  name: string
  addressType: string
  ports: readonly string[]
  pods: readonly string[]
  labels: Readonly<Record<string, string>>
  conditions?: Readonly<Record<string, string>>
  zones?: Readonly<Record<string, string>>
  hints?: Readonly<Record<string, readonly string[]>>
  ownedByOtherUID?: boolean
}
export type RawStep = {
  do?: string
  pods?: readonly RawPod[]
  add?: readonly RawPod[]
  remove?: readonly string[]
  replace?: readonly RawPod[]
  nodes?: readonly RawNode[]
  service?: unknown
  slicesBefore: readonly RawSlice[]
  expect: Readonly<Record<string, unknown>>
  varies?: Readonly<Record<string, unknown>>
}
export type RawSequence = {
  maxEndpointsPerSlice: number
  nodes: readonly RawNode[]
  service: unknown
  steps: readonly RawStep[]
}

export type World = { readonly service: unknown; readonly nodes: readonly RawNode[]; readonly pods: readonly RawPod[] }

/** The world after a step; pods keep their place. */
export function nextWorld(world: World, step: RawStep): World {
  const replaced = new Map(step.replace?.map((pod) => [pod.n, pod]))
  const removed = new Set(step.remove)
  const kept = (step.pods ?? world.pods).filter(({ n }) => !removed.has(n)).map((pod) => replaced.get(pod.n) ?? pod)
  const known = new Set(kept.map(({ n }) => n))
  const added = [...(step.add ?? []), ...[...replaced.values()].filter(({ n }) => !known.has(n))]
  return { service: step.service ?? world.service, nodes: step.nodes ?? world.nodes, pods: [...kept, ...added] }
}

export const toService = (raw: unknown): ServiceRecord => parseRecord('Service', raw)

export const toNode = ({ n, zone, cpu, notReady, controlPlane }: RawNode): NodeRecord =>
  parseRecord('Node', {
    metadata: {
      name: n,
      labels: {
        ...(zone && { 'topology.kubernetes.io/zone': zone }),
        ...(controlPlane && { 'node-role.kubernetes.io/control-plane': '' }),
      },
    },
    status: {
      allocatable: { ...(cpu && { cpu }) },
      conditions: [{ type: 'Ready', status: notReady ? 'False' : 'True' }],
    },
  })

export function toPod(pod: RawPod, namespace: string): PodRecord {
  const deletionTimestamp = pod.term ? '2026-01-01T00:00:00Z' : undefined
  const ips = pod.ips ?? []
  return parseRecord('Pod', {
    metadata: { name: pod.n, namespace, uid: uidOf(pod.n), deletionTimestamp },
    spec: {
      nodeName: pod.node,
      hostname: pod.hostname,
      subdomain: pod.subdomain,
      containers: [{ name: 'main', ports: toPorts(pod.ports) }],
      initContainers: [
        { name: 'init', ports: toPorts(pod.initPorts) },
        { name: 'sidecar', restartPolicy: 'Always', ports: toPorts(pod.sidecarPorts) },
      ],
    },
    status: {
      phase: pod.phase ?? 'Running',
      podIP: ips[0],
      podIPs: ips.map((ip) => ({ ip })),
      conditions: [{ type: 'Ready', status: pod.ready ? 'True' : 'False' }],
    },
  })
}

/** A slice as it stood before the step: its endpoints are pods of the world before, or plain addresses. */
export function toSlice(raw: RawSlice, before: World): EndpointSliceRecord {
  const service = toService(before.service)
  const pods = new Map(before.pods.map((pod) => [pod.n, pod]))
  const appProtocols = new Map(service.ports.map(({ name, appProtocol }) => [name, appProtocol]))
  return parseRecord('EndpointSlice', {
    metadata: {
      name: raw.name,
      namespace: service.namespace,
      labels: raw.labels,
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Service', name: service.name, uid: raw.ownedByOtherUID ? 'other-uid' : service.uid },
      ],
    },
    addressType: raw.addressType,
    ports: raw.ports.map((text) => {
      const port = toSlicePort(text)
      return { ...port, appProtocol: appProtocols.get(port.name) }
    }),
    endpoints: raw.pods.map((name) => {
      const pod = pods.get(name)
      const common = { conditions: toConditions(raw.conditions?.[name] ?? 'r1s1t0'), hints: toHints(raw.hints?.[name]) }
      if (!pod) return { ...common, addresses: [name], zone: raw.zones?.[name] }
      const zone = raw.zones ? raw.zones[name] : before.nodes.find(({ n }) => n === pod.node)?.zone
      const addresses = (pod.ips ?? []).filter((ip) => parseIp(ip)?.family === raw.addressType)
      const hostname = pod.subdomain === service.name ? pod.hostname : undefined
      const targetRef = { kind: 'Pod', namespace: service.namespace, name, uid: uidOf(name) }
      return { ...common, addresses, zone, nodeName: pod.node, hostname, targetRef }
    }),
  })
}

/** `name:port/PROTO`. */
function toSlicePort(text: string) {
  const [, name = '', port, protocol] = /^(.*):(\d+)\/(\w+)$/.exec(text) ?? []
  return { name, port: Number(port), protocol }
}

/** `r1s0t?`: a question mark is a condition the endpoint does not have. */
function toConditions(text: string) {
  const value = (mark: string) => (text.includes(`${mark}?`) ? undefined : text.includes(`${mark}1`))
  return { ready: value('r'), serving: value('s'), terminating: value('t') }
}

const NODE_MARK = 'node:'

function toHints(hints: readonly string[] = []) {
  const forNodes = hints
    .filter((hint) => hint.startsWith(NODE_MARK))
    .map((hint) => ({ name: hint.slice(NODE_MARK.length) }))
  const forZones = hints.filter((hint) => !hint.startsWith(NODE_MARK)).map((name) => ({ name }))
  return { forZones, forNodes }
}

const toPorts = (ports: NamedPorts = {}) =>
  Object.entries(ports).map(([key, containerPort]) => {
    const [name, protocol] = key.split('/')
    return { name, protocol, containerPort }
  })

const uidOf = (pod: string) => `uid-${pod}`
