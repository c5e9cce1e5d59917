import type { FieldReader, Identity } from './from-api-reader'
import { PROTOCOLS } from './from-api-service'
import { parseTargetRef } from './from-api-slice'
import { endpointsKey } from './keys'
import type { EndpointsAddress, EndpointsRecord, EndpointsSubset } from './records'

const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity'
const LEADER = 'control-plane.alpha.kubernetes.io/leader'
const SKIP_MIRROR = 'endpointslice.kubernetes.io/skip-mirror'

/** Legacy Endpoints record; `skipMirror` by the mirroring controller's rule (pkg/controller/endpointslicemirroring/utils.go@v1.36.3). */
export function parseEndpoints(object: FieldReader, identity: Identity): EndpointsRecord {
  const metadata = object.child('metadata')
  const labels = metadata.map('labels')
  const annotations = metadata.map('annotations', (name) => name === OVER_CAPACITY || name === LEADER)
  return {
    ...identity,
    kind: 'Endpoints',
    key: endpointsKey(identity.namespace, identity.name),
    labels,
    overCapacity: annotations.get(OVER_CAPACITY),
    skipMirror: labels.get(SKIP_MIRROR) === 'true' || annotations.has(LEADER),
    subsets: object.children('subsets').map(parseSubset),
  }
}

function parseSubset(subset: FieldReader): EndpointsSubset {
  return {
    addresses: subset.children('addresses').map(parseAddress),
    notReadyAddresses: subset.children('notReadyAddresses').map(parseAddress),
    ports: subset.children('ports').map((port) => {
      if (!port.has('port')) port.fault('port', 'missing')
      return {
        name: port.string('name') ?? '',
        protocol: port.oneOf('protocol', PROTOCOLS) ?? 'TCP',
        port: port.port('port') ?? 0,
        appProtocol: port.text('appProtocol'),
      }
    }),
  }
}

function parseAddress(address: FieldReader): EndpointsAddress {
  if (!address.has('ip')) address.fault('ip', 'missing')
  return {
    ip: address.string('ip') ?? '',
    hostname: address.text('hostname'),
    nodeName: address.text('nodeName'),
    targetRef: parseTargetRef(address),
  }
}
