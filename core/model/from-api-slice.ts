import { type FieldReader, type Identity, parseTime } from './from-api-reader'
import { PROTOCOLS } from './from-api-service'
import { endpointSliceKey } from './keys'
import type { ConditionName, Endpoint, EndpointSliceRecord, SlicePort, TargetRef } from './records'

const SERVICE_NAME = 'kubernetes.io/service-name'
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
const LAST_CHANGE = 'endpoints.kubernetes.io/last-change-trigger-time'
const CONDITIONS: readonly ConditionName[] = ['ready', 'serving', 'terminating']

/** EndpointSlice record; nil conditions as kube-proxy reads them (pkg/proxy/endpointslicecache.go@v1.36.3). */
export function parseEndpointSlice(object: FieldReader, identity: Identity): EndpointSliceRecord {
  const metadata = object.child('metadata')
  const labels = metadata.map('labels')
  const addressType = object.oneOf('addressType', ['IPv4', 'IPv6', 'FQDN'])
  if (!object.has('addressType')) object.fault('addressType', 'missing')
  const owner = metadata.children('ownerReferences').find((reference) => reference.raw('kind') === 'Service')
  const changed = metadata.map('annotations', (name) => name === LAST_CHANGE).get(LAST_CHANGE)
  return {
    ...identity,
    kind: 'EndpointSlice',
    key: endpointSliceKey(identity.namespace, identity.name),
    serviceName: labels.get(SERVICE_NAME) || undefined,
    managedBy: labels.get(MANAGED_BY) || undefined,
    addressType: addressType ?? 'IPv4',
    ports: object.children('ports').map(parsePort),
    endpoints: object.children('endpoints').map(parseEndpoint),
    labels,
    owner: owner && { name: owner.string('name') ?? '', uid: owner.string('uid') ?? '' },
    lastChangeTriggerTime: changed === undefined ? undefined : parseTime(changed),
  }
}

const parsePort = (port: FieldReader): SlicePort => ({
  name: port.string('name'),
  protocol: port.oneOf('protocol', PROTOCOLS) ?? 'TCP',
  port: port.port('port'),
  appProtocol: port.text('appProtocol'),
})

function parseEndpoint(endpoint: FieldReader): Endpoint {
  const conditions = endpoint.child('conditions')
  const hints = endpoint.child('hints')
  return {
    addresses: endpoint.strings('addresses'),
    ready: conditions.boolean('ready') ?? true,
    serving: conditions.boolean('serving') ?? true,
    terminating: conditions.boolean('terminating') ?? false,
    absentConditions: CONDITIONS.filter((name) => !conditions.has(name)),
    nodeName: endpoint.text('nodeName'),
    zone: endpoint.text('zone'),
    hostname: endpoint.text('hostname'),
    hintZones: hints.children('forZones').map((zone) => zone.string('name') ?? ''),
    hintNodes: hints.children('forNodes').map((node) => node.string('name') ?? ''),
    targetRef: parseTargetRef(endpoint),
  }
}

/** The `targetRef` of an endpoint or of a legacy address. */
export function parseTargetRef(endpoint: FieldReader): TargetRef | undefined {
  if (!endpoint.has('targetRef')) return undefined
  const target = endpoint.child('targetRef')
  return {
    kind: target.string('kind') ?? '',
    namespace: target.string('namespace') ?? '',
    name: target.string('name') ?? '',
    uid: target.string('uid') ?? '',
  }
}
