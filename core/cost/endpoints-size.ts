// Bytes of a legacy Endpoints object. Follows k8s.io/api core/v1 (generated.proto, types.go) @v0.36.3; rule J1.

import type { EndpointsAddress, EndpointsPort, EndpointsRecord, EndpointsSubset } from '../model/records'
import { metaSize } from './meta-size'
import { targetSize } from './slice-size'
import { type Bytes, documentSize, itemSize, listSize, numberSize, plainTextSize, textSize } from './wire-size'

/** Bytes of the object as a GET answers it, with the annotations and managedFields its controller gives it. */
export function endpointsBytes(endpoints: EndpointsRecord): Bytes {
  const { name, namespace, uid, resourceVersion, labels, overCapacity } = endpoints
  const annotations = new Map([['endpoints.kubernetes.io/last-change-trigger-time', '2026-01-01T00:00:00Z']])
  if (overCapacity !== undefined) annotations.set('endpoints.kubernetes.io/over-capacity', overCapacity)
  const meta = metaSize({
    ...{ name, namespace, uid, resourceVersion, labels, annotations },
    managed: { apiVersion: 'v1', fields: ['subsets'] },
  })
  return documentSize('v1', 'Endpoints', [meta, listSize('subsets', endpoints.subsets.map(subsetSize))])
}

const subsetSize = ({ addresses, notReadyAddresses, ports }: EndpointsSubset): Bytes =>
  itemSize([
    listSize('addresses', addresses.map(addressSize)),
    listSize('notReadyAddresses', notReadyAddresses.map(addressSize)),
    listSize('ports', ports.map(portSize)),
  ])

/** One address of a subset. */
export const addressSize = ({ ip, hostname, nodeName, targetRef }: EndpointsAddress): Bytes =>
  itemSize([
    textSize('ip', ip),
    plainTextSize('hostname', hostname),
    textSize('nodeName', nodeName),
    targetSize(targetRef),
  ])

const portSize = ({ name, port, protocol, appProtocol }: EndpointsPort): Bytes =>
  itemSize([
    plainTextSize('name', name),
    numberSize('port', port),
    textSize('protocol', protocol),
    textSize('appProtocol', appProtocol),
  ])
