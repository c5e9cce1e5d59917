// Short notation for scenario data.

import type { JsonObject } from '../api-object'
import type { Labels, PortSpec, ServiceSpec, WorkloadSpec } from './types'

type Details = Partial<Omit<WorkloadSpec, 'kind' | 'namespace' | 'name' | 'replicas' | 'ports'>> & {
  readonly ports?: string
}

export const linuxOnly: Labels = { 'kubernetes.io/os': 'linux' }
export const windowsOnly: Labels = { 'kubernetes.io/os': 'windows' }

/** `deployment('shop/cart', 13, { ports: 'http:8080 metrics:9090' })`: the label app is the name unless labels are given. */
export const deployment = (key: string, replicas: number, details: Details = {}): WorkloadSpec =>
  workload(key, { kind: 'Deployment', replicas, ...details })

export const statefulSet = (key: string, replicas: number, details: Details): WorkloadSpec =>
  workload(key, { kind: 'StatefulSet', replicas, serviceName: split(key).name, ...details })

export const daemonSet = (key: string, details: Details): WorkloadSpec =>
  workload(key, { kind: 'DaemonSet', replicas: 0, ...details })

export const job = (key: string, details: Details = {}): WorkloadSpec =>
  workload(key, { kind: 'Job', replicas: 1, probe: false, ...details })

function workload(
  key: string,
  { ports = '', ...details }: Details & Pick<WorkloadSpec, 'kind' | 'replicas'>,
): WorkloadSpec {
  const { namespace, name } = split(key)
  return {
    namespace,
    name,
    ageDays: 3,
    labels: { app: name },
    container: name,
    image: `registry.example.com/${namespace}/${name}:1.4.2`,
    probe: true,
    nodeSelector: linuxOnly,
    hostNetwork: false,
    onDelete: false,
    ports: ports.split(' ').filter(Boolean).map(port),
    ...details,
  }
}

// `http:8080` or `dns:53/UDP`.
function port(text: string): PortSpec {
  const [name = '', number = '', protocol = 'TCP'] = text.split(/[:/]/)
  if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP') throw new Error(`scenario: bad port "${text}"`)
  return { name, number: Number(number), protocol }
}

type More = Partial<Omit<ServiceSpec, 'namespace' | 'name' | 'spec'>>

/** A Service as its author writes it; it selects by app = its name unless the spec says otherwise. */
export function service(key: string, spec: JsonObject, more: More = {}): ServiceSpec {
  const { namespace, name } = split(key)
  const selector = 'selector' in spec ? spec.selector : { app: name }
  return { namespace, name, ageDays: 60, ...more, spec: { ...spec, selector } }
}

/** A port of a Service: `servicePort('http', 80, 8080)`, with appProtocol, nodePort or protocol as `more`. */
export const servicePort = (
  ...[name, number, target, more]: [string, number, (number | string)?, JsonObject?]
): JsonObject => ({
  name,
  port: number,
  targetPort: target ?? number,
  ...more,
})

function split(key: string): { namespace: string; name: string } {
  const [namespace = '', name = ''] = key.split('/')
  return { namespace, name }
}
