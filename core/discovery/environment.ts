// Environment variables that tell a container where Services are. Follows pkg/kubelet/envvars/envvars.go and
// pkg/kubelet/kubelet_pods.go (getServiceEnvVarMap) @v1.36.3; rules C11, C12.

import type { ClusterView } from '../model/cluster-view'
import { joinHostPort } from '../model/ip'
import type { ServicePort, ServiceRecord } from '../model/records'

export type Variable = { readonly name: string; readonly value: string }

/** The variables of one Service, in the kubelet's order; none without a cluster IP. */
export function serviceVariables(service: ServiceRecord): readonly Variable[] {
  const { own, links } = variablesByForm(service)
  return [...own, ...links]
}

/** The same apart: Kubernetes' own form, and that of Docker's links, which says it again. */
export function variablesByForm({ name, clusterIP, ports }: ServiceRecord): {
  readonly own: readonly Variable[]
  readonly links: readonly Variable[]
} {
  if (clusterIP === '' || clusterIP === 'None') return { own: [], links: [] }
  const prefix = variableName(name)
  const [first] = ports
  const named = ports.filter((port) => port.name !== '')
  return {
    own: [
      variable(`${prefix}_SERVICE_HOST`, clusterIP),
      ...(first ? [variable(`${prefix}_SERVICE_PORT`, first.port)] : []),
      ...named.map((port) => variable(`${prefix}_SERVICE_PORT_${variableName(port.name)}`, port.port)),
    ],
    links: [
      ...(first ? [variable(`${prefix}_PORT`, urlOf(clusterIP, first))] : []),
      ...ports.flatMap((port) => linkVariables(prefix, clusterIP, port)),
    ],
  }
}

// The form that containers once linked to each other were given.
function linkVariables(prefix: string, clusterIP: string, port: ServicePort): readonly Variable[] {
  const name = `${prefix}_PORT_${port.port}_${port.protocol}`
  return [
    variable(name, urlOf(clusterIP, port)),
    variable(`${name}_PROTO`, port.protocol.toLowerCase()),
    variable(`${name}_PORT`, port.port),
    variable(`${name}_ADDR`, clusterIP),
  ]
}

export type PodVariables = {
  /** By name; of a contested one, a value it may have. */
  readonly values: ReadonlyMap<string, string>
  /** Names that Services give different values: which one the pod got is chance. */
  readonly contested: ReadonlySet<string>
}

/** Whose container it is; `enableServiceLinks` is true unless the pod says otherwise. */
export type PodLinks = { readonly namespace: string; readonly enableServiceLinks: boolean }

/**
 * What a container that starts now is given of Services. A running one keeps what it was given when it started, and its own
 * `env` wins over these.
 */
export function podVariables(view: Pick<ClusterView, 'services'>, pod: PodLinks): PodVariables {
  const values = new Map<string, string>()
  const contested = new Set<string>()
  for (const service of linkedServices(view.services(), pod)) {
    for (const { name, value } of serviceVariables(service)) {
      if (values.has(name) && values.get(name) !== value) contested.add(name)
      values.set(name, value)
    }
  }
  return { values, contested }
}

/** C12: the API server's own Service is told to every pod, unless its namespace has another of that name. */
export const isToldToAll = ({ namespace, name }: Pick<ServiceRecord, 'namespace' | 'name'>): boolean =>
  namespace === 'default' && name === 'kubernetes'

// One for each name: a Service of the pod's namespace called kubernetes takes the place of the API server's own.
function linkedServices(services: Iterable<ServiceRecord>, pod: PodLinks): Iterable<ServiceRecord> {
  const linked = new Map<string, ServiceRecord>()
  for (const service of services) {
    if (service.clusterIP === '' || service.clusterIP === 'None') continue
    const isOwn = service.namespace === pod.namespace && pod.enableServiceLinks
    if (isToldToAll(service) && pod.namespace !== 'default' && linked.has(service.name)) continue
    if (isToldToAll(service) || isOwn) linked.set(service.name, service)
  }
  return linked.values()
}

const urlOf = (ip: string, { protocol, port }: ServicePort) => `${protocol.toLowerCase()}://${joinHostPort(ip, port)}`

const variableName = (name: string) => name.replaceAll('-', '_').toUpperCase()

const variable = (name: string, value: string | number): Variable => ({ name, value: String(value) })
