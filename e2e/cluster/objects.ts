// Objects for the test control plane, as plain data, and the status writes a kubelet would do.
import type {
  DiscoveryV1EndpointPort,
  V1Container,
  V1ContainerPort,
  V1Endpoint,
  V1EndpointSubset,
  V1NodeAddress,
  V1PodSpec,
  V1ServiceSpec,
  V1ServiceStatus,
} from '@kubernetes/client-node'
import type { KubeApi, KubeObject, Metadata, ObjectRef } from './api.ts'

type Meta = Partial<Omit<Metadata, 'name' | 'namespace'>>

export type NodeOptions = {
  zone?: string
  ready?: boolean
  cpu?: string
  /** Addresses beside the Hostname; default one InternalIP. */
  addresses?: V1NodeAddress[]
  podCIDRs?: string[]
  os?: 'linux' | 'windows'
  meta?: Meta
}

/** A node as its kubelet registers it. */
export function node(name: string, options: NodeOptions = {}): KubeObject {
  const { zone, ready = true, cpu = '4', podCIDRs, os = 'linux', meta = {} } = options
  const addresses = options.addresses ?? [{ type: 'InternalIP', address: '192.0.2.10' }]
  const size = { cpu, memory: '16Gi', pods: '110' }
  const labels = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': os,
    'kubernetes.io/arch': 'amd64',
    ...(zone && { 'topology.kubernetes.io/zone': zone }),
    ...meta.labels,
  }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { ...meta, name, labels },
    spec: podCIDRs ? { podCIDR: podCIDRs[0], podCIDRs } : {},
    status: {
      capacity: size,
      allocatable: size,
      addresses: [...addresses, { type: 'Hostname', address: name }],
      conditions: [condition('Ready', ready)],
      nodeInfo: { ...emptyNodeInfo, operatingSystem: os, kubeletVersion: 'v1.36.3', kubeProxyVersion: 'v1.36.3' },
    },
  }
}

export type PodOptions = {
  node: string
  /** One per family, the first is podIP. */
  ips: string[]
  labels?: Record<string, string>
  ready?: boolean
  ports?: V1ContainerPort[]
  readinessProbe?: V1Container['readinessProbe']
  spec?: Partial<V1PodSpec>
  meta?: Meta
}

/** A running pod; `create` writes its status as a kubelet would. */
export function pod(namespace: string, name: string, options: PodOptions): KubeObject {
  const { node: nodeName, ips, labels, ready = true, ports, readinessProbe, spec, meta } = options
  const container = { name: 'app', image: 'app:1', ports, readinessProbe }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...meta, namespace, name, labels: { ...labels, ...meta?.labels } },
    spec: { nodeName, containers: [container], ...spec },
    status: {
      phase: 'Running',
      podIP: ips[0],
      podIPs: ips.map((ip) => ({ ip })),
      conditions: [condition('Initialized', true), condition('PodScheduled', true), ...readiness(ready)],
    },
  }
}

export type ServiceOptions = { spec: V1ServiceSpec; status?: V1ServiceStatus; meta?: Meta }

/** A Service; a status (load balancer addresses) is written as its cloud controller would. */
export function service(namespace: string, name: string, { spec, status, meta }: ServiceOptions): KubeObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { ...meta, namespace, name }, spec, ...(status && { status }) }
}

export type SliceOptions = {
  /** The Service it belongs to, as its label says. */
  service: string
  addressType?: 'IPv4' | 'IPv6' | 'FQDN'
  endpoints: V1Endpoint[]
  ports: DiscoveryV1EndpointPort[]
  meta?: Meta
}

/** A hand-made EndpointSlice. */
export function endpointSlice(namespace: string, name: string, options: SliceOptions): KubeObject {
  const { service: owner, addressType = 'IPv4', endpoints: list, ports, meta } = options
  const labels = { 'kubernetes.io/service-name': owner, ...meta?.labels }
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...meta, namespace, name, labels },
    addressType,
    endpoints: list,
    ports,
  }
}

/** Hand-made Endpoints; the mirroring controller makes slices of them when their Service has no selector. */
export function endpoints(namespace: string, name: string, subsets: V1EndpointSubset[]): KubeObject {
  return { apiVersion: 'v1', kind: 'Endpoints', metadata: { namespace, name }, subsets }
}

export function namespace(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
}

/** Readiness as a kubelet reports it after a probe. */
export async function setPodReady(api: KubeApi, ref: ObjectRef, ready: boolean): Promise<void> {
  await api.patchStatus(ref, { conditions: readiness(ready) })
}

export async function setNodeReady(api: KubeApi, ref: ObjectRef, ready: boolean): Promise<void> {
  await api.patchStatus(ref, { conditions: [condition('Ready', ready)] })
}

/** Starts a pod's end. No kubelet confirms it, so the pod stays terminating until `removePod`. */
export async function terminatePod(api: KubeApi, ref: ObjectRef): Promise<void> {
  await api.delete(ref, { gracePeriodSeconds: 3600 })
}

/** The kubelet's last word: the pod is gone. */
export async function removePod(api: KubeApi, ref: ObjectRef): Promise<void> {
  await api.delete(ref, { gracePeriodSeconds: 0 })
}

export type Grant = { rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[]; namespace?: string }

/** Gives a user rights, in one namespace or in the whole cluster. */
export async function grant(api: KubeApi, user: string, { rules, namespace: within }: Grant): Promise<void> {
  const apiVersion = 'rbac.authorization.k8s.io/v1'
  const prefix = within === undefined ? 'Cluster' : ''
  const metadata = { name: user, ...(within !== undefined && { namespace: within }) }
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: `${prefix}Role`, name: user }
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }]
  await api.create({ apiVersion, kind: `${prefix}Role`, metadata, rules })
  await api.create({ apiVersion, kind: `${prefix}RoleBinding`, metadata, roleRef, subjects })
}

function readiness(ready: boolean): object[] {
  return [condition('ContainersReady', ready), condition('Ready', ready)]
}

function condition(type: string, holds: boolean): object {
  return { type, status: holds ? 'True' : 'False' }
}

// Required by the API, and of no interest here.
const emptyNodeInfo = {
  machineID: '',
  systemUUID: '',
  bootID: '',
  kernelVersion: '6.12.0',
  osImage: 'test',
  containerRuntimeVersion: 'containerd://2.2.0',
  architecture: 'amd64',
}

/** More addresses for Services. */
export function serviceCIDR(name: string, cidrs: readonly string[]): KubeObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: { name }, spec: { cidrs: [...cidrs] } }
}
