// Objects as a middling cluster has them, for sums without a cluster: pods named by a Deployment, nodes named by a cloud, one
// named port, a zone. Their sizes are those of the table in fixtures/vectors/endpoints-legacy.json; rule J2.

import { endpointSliceKey, endpointsKey } from '../model/keys'
import type { Endpoint, EndpointSliceRecord, EndpointsRecord, IpFamily } from '../model/records'
import { endpointsBytes } from './endpoints-size'
import { sliceBytes } from './slice-size'
import type { Bytes } from './wire-size'

/** Bytes of a slice of `count` endpoints. */
export const typicalSliceBytes = (count: number, family: IpFamily): Bytes =>
  inLine(count, (few) => sliceBytes(typicalSlice(few, family)))

/** Bytes of an Endpoints object of `count` addresses, however many: no limit is applied. */
export const typicalEndpointsBytes = (count: number, family: IpFamily): Bytes =>
  inLine(count, (few) => endpointsBytes(typicalEndpoints(few, family)))

/** How many addresses an Endpoints object holds when it reaches so many bytes in protobuf, as etcd keeps it. */
export function addressesWithin(bytes: number, family: IpFamily): number {
  const empty = typicalEndpointsBytes(0, family).protobuf
  const each = typicalEndpointsBytes(1000, family).protobuf - empty
  return Math.round(((bytes - empty) / each) * 1000)
}

// Beyond a thousand each further endpoint is as large as the ones before.
function inLine(count: number, sizeOf: (count: number) => Bytes): Bytes {
  if (count <= 1000) return sizeOf(count)
  const [less, more] = [sizeOf(500), sizeOf(1000)]
  const along = (from: number, to: number) => Math.round(to + ((to - from) / 500) * (count - 1000))
  return { json: along(less.json, more.json), protobuf: along(less.protobuf, more.protobuf) }
}

const meta = {
  uid: '00000000-0000-4000-8000-000000000000',
  resourceVersion: '',
  createdAt: undefined,
  deletedAt: undefined,
  namespace: 'default',
}

const PORT = { name: 'http', protocol: 'TCP', port: 8080, appProtocol: undefined } as const

const addressOf = (family: IpFamily, i: number) =>
  family === 'IPv4' ? `10.1.${Math.floor(i / 250)}.${(i % 250) + 1}` : `2001:db8:1:${Math.floor(i / 250)}::${i % 250}`

function endpointOf(family: IpFamily, i: number): Endpoint {
  return {
    addresses: [addressOf(family, i)],
    ready: true,
    serving: true,
    terminating: false,
    absentConditions: [],
    nodeName: `ip-10-0-${i % 4}-${i % 250}.eu-west-1.compute.internal`,
    zone: 'eu-west-1a',
    hostname: undefined,
    hintZones: [],
    hintNodes: [],
    targetRef: { kind: 'Pod', namespace: 'default', name: 'web-7d4b9c6f5d-x2x9q', uid: meta.uid },
  }
}

const endpointsOf = (count: number, family: IpFamily) => Array.from({ length: count }, (_, i) => endpointOf(family, i))

function typicalSlice(count: number, family: IpFamily): EndpointSliceRecord {
  return {
    ...meta,
    kind: 'EndpointSlice',
    key: endpointSliceKey('default', 'web-x2x9q'),
    name: 'web-x2x9q',
    serviceName: 'web',
    managedBy: 'endpointslice-controller.k8s.io',
    addressType: family,
    ports: [PORT],
    endpoints: endpointsOf(count, family),
    labels: new Map([
      ['app', 'web'],
      ['endpointslice.kubernetes.io/managed-by', 'endpointslice-controller.k8s.io'],
      ['kubernetes.io/service-name', 'web'],
    ]),
    owner: { name: 'web', uid: meta.uid },
    lastChangeTriggerTime: 0,
  }
}

function typicalEndpoints(count: number, family: IpFamily): EndpointsRecord {
  const addresses = endpointsOf(count, family).map(({ addresses: [ip = ''], nodeName, targetRef }) => ({
    ip,
    hostname: undefined,
    nodeName,
    targetRef,
  }))
  return {
    ...meta,
    kind: 'Endpoints',
    key: endpointsKey('default', 'web'),
    name: 'web',
    labels: new Map([
      ['app', 'web'],
      ['endpoints.kubernetes.io/managed-by', 'endpoint-controller'],
    ]),
    overCapacity: undefined,
    skipMirror: false,
    subsets: [{ addresses, notReadyAddresses: [], ports: [PORT] }],
  }
}
