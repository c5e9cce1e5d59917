// The legacy Endpoints controller: core/endpoints decides, this file writes what it decided.

import { legacyLabels, legacySubsets } from '../../../core/endpoints/legacy'
import { truncateSubsets } from '../../../core/endpoints/truncate'
import type {
  EndpointsAddress,
  EndpointsPort,
  EndpointsSubset,
  PodRecord,
  ServiceRecord,
} from '../../../core/model/records'
import { type JsonObject, type ObjectMeta, timestamp } from '../api-object'
import { type World, write } from './world'

/** Writes the Endpoints object of a Service; it is written only when what it says has changed. */
export function syncEndpoints(world: World, service: ServiceRecord, pods: readonly PodRecord[]): void {
  const before = world.cache.get('endpoints', service.key)
  const { subsets: kept, truncated } = truncateSubsets(legacySubsets(service, pods))
  const subsets = kept.length === 0 ? undefined : kept.map(renderSubset)
  const labels = Object.fromEntries(legacyLabels(service))
  if (before && JSON.stringify([before.subsets, before.metadata.labels]) === JSON.stringify([subsets, labels])) return
  const now = timestamp(world.timeline.now())
  const metadata: ObjectMeta = {
    name: service.name,
    namespace: service.namespace,
    uid: before?.metadata.uid ?? world.random.uuid(),
    creationTimestamp: before?.metadata.creationTimestamp ?? now,
    labels,
    annotations: {
      'endpoints.kubernetes.io/last-change-trigger-time': now,
      ...(truncated ? { 'endpoints.kubernetes.io/over-capacity': 'truncated' } : {}),
    },
  }
  write(world, 'endpoints', { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets })
}

const renderSubset = ({ addresses, notReadyAddresses, ports }: EndpointsSubset): JsonObject => ({
  addresses: orAbsent(addresses.map(renderAddress)),
  notReadyAddresses: orAbsent(notReadyAddresses.map(renderAddress)),
  ports: orAbsent(ports.map(renderPort)),
})

// The API leaves empty lists out.
const orAbsent = <T>(list: readonly T[]) => (list.length === 0 ? undefined : list)

const renderAddress = ({ ip, hostname, nodeName, targetRef }: EndpointsAddress): JsonObject => ({
  ip,
  hostname,
  nodeName,
  targetRef,
})

const renderPort = ({ name, port, protocol, appProtocol }: EndpointsPort): JsonObject => ({
  name: name || undefined,
  port,
  protocol,
  appProtocol,
})
