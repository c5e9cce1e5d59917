// Bytes of an EndpointSlice. Follows k8s.io/api discovery/v1 (generated.proto, types.go) @v0.36.3; rule J1.

import type { Endpoint, EndpointSliceRecord, SlicePort, TargetRef } from '../model/records'
import { metaSize } from './meta-size'
import {
  type Bytes,
  booleanSize,
  documentSize,
  itemSize,
  listSize,
  nothing,
  numberSize,
  objectSize,
  plainTextSize,
  textItemSize,
  textSize,
} from './wire-size'

const known = new WeakMap<EndpointSliceRecord, Bytes>()

/**
 * Bytes of the slice as a GET answers it. What the record does not keep (the generation, other annotations) is taken as the
 * controller writes it: within 2 % of the real API server. Kept per record.
 */
export function sliceBytes(slice: EndpointSliceRecord): Bytes {
  const found = known.get(slice) ?? sizeOf(slice)
  known.set(slice, found)
  return found
}

function sizeOf(slice: EndpointSliceRecord): Bytes {
  const { name, namespace, uid, resourceVersion, labels, owner, serviceName, lastChangeTriggerTime } = slice
  const isMirror = slice.managedBy === MIRROR
  const meta = metaSize({
    ...{ name, namespace, uid, resourceVersion, labels },
    annotations: lastChangeTriggerTime === undefined ? new Map() : LAST_CHANGE,
    generateName: owner || isMirror ? `${serviceName}-` : undefined,
    generation: 10,
    owner: owner
      ? { kind: 'Service', ...owner }
      : isMirror
        ? { kind: 'Endpoints', name: serviceName ?? '', uid }
        : undefined,
    managed: { apiVersion: API, fields: ['addressType', 'endpoints', 'ports'] },
  })
  return documentSize(API, 'EndpointSlice', [
    meta,
    textSize('addressType', slice.addressType),
    listSize('endpoints', slice.endpoints.map(endpointSize)),
    listSize('ports', slice.ports.map(portSize)),
  ])
}

const API = 'discovery.k8s.io/v1'
const MIRROR = 'endpointslicemirroring-controller.k8s.io'
const LAST_CHANGE: ReadonlyMap<string, string> = new Map([
  ['endpoints.kubernetes.io/last-change-trigger-time', '2026-01-01T00:00:00Z'],
])

function endpointSize(endpoint: Endpoint): Bytes {
  const { addresses, absentConditions, hostname, targetRef, nodeName, zone, hintZones, hintNodes } = endpoint
  const condition = (name: 'ready' | 'serving' | 'terminating') =>
    absentConditions.includes(name) ? nothing : booleanSize(name, endpoint[name])
  const names = (key: string, all: readonly string[]) =>
    listSize(
      key,
      all.map((one) => itemSize([textSize('name', one)])),
    )
  const hasHints = hintZones.length + hintNodes.length > 0
  return itemSize([
    listSize('addresses', addresses.map(textItemSize)),
    objectSize('conditions', [condition('ready'), condition('serving'), condition('terminating')]),
    textSize('hostname', hostname),
    targetSize(targetRef),
    textSize('nodeName', nodeName),
    textSize('zone', zone),
    hasHints ? objectSize('hints', [names('forZones', hintZones), names('forNodes', hintNodes)]) : nothing,
  ])
}

/** The reference to a pod; protobuf writes its three unused fields empty. */
export function targetSize(target: TargetRef | undefined): Bytes {
  if (target === undefined) return nothing
  const { kind, namespace, name, uid } = target
  const unused = [plainTextSize('apiVersion'), plainTextSize('resourceVersion'), plainTextSize('fieldPath')]
  return objectSize('targetRef', [
    ...[plainTextSize('kind', kind), plainTextSize('namespace', namespace), plainTextSize('name', name)],
    ...[plainTextSize('uid', uid), ...unused],
  ])
}

const portSize = ({ name, protocol, port, appProtocol }: SlicePort): Bytes =>
  itemSize([
    textSize('name', name),
    textSize('protocol', protocol),
    port === undefined ? nothing : numberSize('port', port),
    textSize('appProtocol', appProtocol),
  ])
