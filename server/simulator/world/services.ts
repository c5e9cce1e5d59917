// Services as the API server shows them: what their author wrote, with its defaults filled in.

import { type ApiObject, type JsonObject, timestamp } from '../api-object'
import type { Labels, ServiceSpec } from '../scenarios/types'
import { clusterIPv6 } from './addresses'
import { keyOf, type SimService, type World, write } from './world'

export function createService(world: World, spec: ServiceSpec): void {
  const service: SimService = {
    uid: world.random.uuid(),
    createdAt: world.timeline.now(),
    editedAt: undefined,
    spec,
    hintState: undefined,
  }
  world.services.set(keyOf(spec), service)
  refreshService(world, service)
}

/** Changes fields of a Service's spec; `undefined` takes one away. */
export function patchService(world: World, service: SimService, patch: JsonObject): void {
  service.spec = { ...service.spec, spec: { ...service.spec.spec, ...patch } }
  service.editedAt = world.timeline.now()
  refreshService(world, service)
}

/** What the load balancer's controller says of its addresses. */
export function setLoadBalancer(world: World, service: SimService, loadBalancer: readonly JsonObject[]): void {
  service.spec = { ...service.spec, loadBalancer }
  refreshService(world, service)
}

export function annotateService(world: World, service: SimService, annotations: Labels): void {
  service.spec = { ...service.spec, annotations: { ...service.spec.annotations, ...annotations } }
  service.editedAt = world.timeline.now()
  refreshService(world, service)
}

function refreshService(world: World, service: SimService) {
  write(world, 'services', renderService(service))
  world.dirty.services.add(keyOf(service.spec))
}

function renderService({ spec: service, uid, createdAt, editedAt }: SimService): ApiObject {
  const { namespace, name, labels, annotations, loadBalancer } = service
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...{ name, namespace, uid, creationTimestamp: timestamp(createdAt), labels, annotations },
      managedFields: managedFields({ createdAt, editedAt }),
    },
    spec: withDefaults(service.spec),
    status: { loadBalancer: loadBalancer === undefined ? {} : { ingress: loadBalancer } },
  }
}

// Who wrote it when; which fields is more than anybody here reads.
function managedFields({ createdAt, editedAt }: Pick<SimService, 'createdAt' | 'editedAt'>): JsonObject[] {
  const write = (manager: string, time: number): JsonObject => ({
    ...{ manager, operation: 'Update', apiVersion: 'v1', time: timestamp(time) },
    ...{ fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': {} } },
  })
  const created = write('kubectl-client-side-apply', createdAt)
  return editedAt === undefined ? [created] : [created, write('kubectl-edit', editedAt)]
}

function withDefaults(spec: JsonObject): JsonObject {
  const type = spec.type ?? 'ClusterIP'
  const common = { ...spec, type, sessionAffinity: spec.sessionAffinity ?? 'None', ports: ports(spec.ports) }
  if (type === 'ExternalName') return common
  const external = type === 'NodePort' || type === 'LoadBalancer' || spec.externalIPs !== undefined
  return {
    ...common,
    ...addresses(spec),
    sessionAffinityConfig:
      spec.sessionAffinity === 'ClientIP'
        ? (spec.sessionAffinityConfig ?? { clientIP: { timeoutSeconds: 10_800 } })
        : undefined,
    internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster',
    externalTrafficPolicy: external ? (spec.externalTrafficPolicy ?? 'Cluster') : undefined,
    allocateLoadBalancerNodePorts: type === 'LoadBalancer' ? (spec.allocateLoadBalancerNodePorts ?? true) : undefined,
  }
}

function ports(list: JsonObject['ports']): JsonObject['ports'] {
  if (!Array.isArray(list)) return undefined
  return (list as readonly JsonObject[]).map((port) => ({
    ...port,
    name: port.name || undefined,
    protocol: port.protocol ?? 'TCP',
    targetPort: port.targetPort ?? port.port,
  }))
}

// The first family's address is written in the scenario; the second one's follows from it.
function addresses(spec: JsonObject): JsonObject {
  const clusterIP = typeof spec.clusterIP === 'string' ? spec.clusterIP : 'None'
  const policy = spec.ipFamilyPolicy ?? 'SingleStack'
  const ipFamilies = policy === 'SingleStack' ? (spec.ipFamilies ?? ['IPv4']) : ['IPv4', 'IPv6']
  const both = Array.isArray(ipFamilies) && ipFamilies.length === 2
  const first =
    Array.isArray(ipFamilies) && ipFamilies[0] === 'IPv6' && clusterIP !== 'None' ? clusterIPv6(clusterIP) : clusterIP
  return {
    clusterIP: first,
    clusterIPs: clusterIP === 'None' ? ['None'] : both ? [clusterIP, clusterIPv6(clusterIP)] : [first],
    ipFamilies,
    ipFamilyPolicy: policy,
  }
}
