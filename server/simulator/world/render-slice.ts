// An EndpointSlice as the API server shows it, from the record the controller decided on.

import type { Endpoint, EndpointSliceRecord, SlicePort } from '../../../core/model/records'
import { type ApiObject, type JsonObject, type ObjectMeta, timestamp } from '../api-object'

/** The object of a slice that is created or updated. */
export function renderSlice(slice: EndpointSliceRecord, identity: Identity): ApiObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: metadataOf(slice, identity),
    addressType: slice.addressType,
    endpoints: slice.endpoints.map(renderEndpoint),
    ports: slice.ports.map(renderPort),
  }
}

/** Metadata of the slice that is updated, and what a new one gets. */
export type Identity = {
  readonly before: ObjectMeta | undefined
  readonly fresh: { readonly uid: string; readonly now: number }
}

function metadataOf(slice: EndpointSliceRecord, { before, fresh }: Identity): ObjectMeta {
  const { name, namespace, labels, owner, lastChangeTriggerTime } = slice
  return {
    name,
    generateName: `${slice.serviceName}-`,
    namespace,
    uid: before?.uid ?? fresh.uid,
    generation: (before?.generation ?? 0) + 1,
    creationTimestamp: before?.creationTimestamp ?? timestamp(fresh.now),
    labels: Object.fromEntries(labels),
    annotations:
      lastChangeTriggerTime === undefined
        ? undefined
        : { 'endpoints.kubernetes.io/last-change-trigger-time': timestamp(lastChangeTriggerTime) },
    ownerReferences: owner && [
      {
        apiVersion: 'v1',
        kind: 'Service',
        name: owner.name,
        uid: owner.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  }
}

function renderEndpoint(endpoint: Endpoint): JsonObject {
  const { addresses, ready, serving, terminating, hostname, nodeName, zone, targetRef } = endpoint
  return {
    addresses,
    conditions: { ready, serving, terminating },
    hostname,
    targetRef,
    nodeName,
    zone,
    hints: renderHints(endpoint),
  }
}

function renderHints({ hintZones, hintNodes }: Endpoint): JsonObject | undefined {
  if (hintZones.length === 0 && hintNodes.length === 0) return undefined
  const named = (names: readonly string[]) => (names.length === 0 ? undefined : names.map((name) => ({ name })))
  return { forZones: named(hintZones), forNodes: named(hintNodes) }
}

const renderPort = ({ name, protocol, port, appProtocol }: SlicePort): JsonObject => ({
  name,
  protocol,
  port,
  appProtocol,
})
