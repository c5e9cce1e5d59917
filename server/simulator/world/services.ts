// Services as the API server shows them: what their author wrote, with its defaults filled in.

import type { IpFamily } from '../../../core/model/records'
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
  write(world, 'services', renderService(service, world.scenario.families))
  world.dirty.services.add(keyOf(service.spec))
}

function renderService(
  { spec: service, uid, createdAt, editedAt }: SimService,
  families: readonly IpFamily[],
): ApiObject {
  const { namespace, name, labels, annotations, loadBalancer } = service
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...{ name, namespace, uid, creationTimestamp: timestamp(createdAt), labels, annotations },
      managedFields: managedFields({ createdAt, editedAt }),
    },
    spec: withDefaults(service.spec, families),
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

function withDefaults(spec: JsonObject, families: readonly IpFamily[]): JsonObject {
  const type = spec.type ?? 'ClusterIP'
  const common = { ...spec, type, sessionAffinity: spec.sessionAffinity ?? 'None', ports: ports(spec.ports) }
  if (type === 'ExternalName') return common
  const external = type === 'NodePort' || type === 'LoadBalancer' || spec.externalIPs !== undefined
  return {
    ...common,
    ...addresses(spec, families),
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

// The address of one family is written in the scenario; that of the other one follows from it. What is not said is filled in as
// initIPFamilyFields does (pkg/registry/core/service/storage/alloc.go @v1.36.3).
function addresses(spec: JsonObject, families: readonly IpFamily[]): JsonObject {
  const clusterIP = typeof spec.clusterIP === 'string' ? spec.clusterIP : 'None'
  // Headless and without selector: both families by default, whatever the cluster has.
  const isFree = clusterIP === 'None' && spec.selector === undefined
  const policy = spec.ipFamilyPolicy ?? (isFree ? 'RequireDualStack' : 'SingleStack')
  const asked = Array.isArray(spec.ipFamilies) ? (spec.ipFamilies as IpFamily[]) : families.slice(0, 1)
  const grows = policy !== 'SingleStack' && asked.length === 1 && (isFree || families.length === 2)
  const ipFamilies = grows ? [...asked, asked[0] === 'IPv4' ? 'IPv6' : 'IPv4'] : asked
  const address = (family: string) =>
    family === 'IPv6' && !clusterIP.includes(':') ? clusterIPv6(clusterIP) : clusterIP
  const clusterIPs = clusterIP === 'None' ? ['None'] : ipFamilies.map(address)
  return { clusterIP: clusterIPs[0], clusterIPs, ipFamilies, ipFamilyPolicy: policy }
}
