// A plain cluster of any size for measurements: Services of 20 pods, 5 pods of one Service per node on average, three zones.

import type { ClusterEvent } from '../core/model/events'
import type { EndpointSliceRecord, PodRecord } from '../core/model/records'
import { endpointOf, namespace, node, pod, service, slice } from '../core/testing/builders'
import { readKinds } from '../core/testing/kinds'

export type SyntheticSize = { readonly nodes: number; readonly services: number; readonly podsPerService: number }
export type SyntheticCluster = {
  readonly events: readonly ClusterEvent[]
  readonly slices: readonly EndpointSliceRecord[]
  readonly pods: readonly PodRecord[]
}

const SERVICES_PER_NAMESPACE = 25
const ZONES = ['a', 'b', 'c'] as const

export function syntheticCluster({ nodes, services, podsPerService }: SyntheticSize): SyntheticCluster {
  const events: ClusterEvent[] = readKinds.map((kind) => ({ type: 'synced', kind, scope: '' }))
  const slices: EndpointSliceRecord[] = []
  const pods: PodRecord[] = []
  for (let index = 0; index < nodes; index++) {
    const zone = ZONES[index % ZONES.length]
    events.push({ type: 'put', record: node({ name: nodeName(index), zone }) })
  }
  for (let index = 0; index < services; index++) {
    const of = { namespace: `team-${Math.floor(index / SERVICES_PER_NAMESPACE)}`, name: `service-${index}` }
    if (index % SERVICES_PER_NAMESPACE === 0) events.push({ type: 'put', record: namespace({ name: of.namespace }) })
    const members = Array.from({ length: podsPerService }, (_, member) => {
      const place = index * podsPerService + member
      return pod({
        namespace: of.namespace,
        name: `${of.name}-${member}`,
        labels: { app: of.name },
        nodeName: nodeName(place % nodes),
        podIPs: [`10.${(place >> 16) & 255}.${(place >> 8) & 255}.${place & 255}`],
        workload: { kind: 'Deployment', name: of.name, uid: '' },
      })
    })
    const endpoints = members.map((member) => endpointOf(member))
    const record = slice({ namespace: of.namespace, name: `${of.name}-a1b2c`, serviceName: of.name, endpoints })
    pods.push(...members)
    slices.push(record)
    events.push({ type: 'put', record: service({ ...of, selector: { app: of.name } }) }, { type: 'put', record })
    for (const member of members) events.push({ type: 'put', record: member })
  }
  return { events, slices, pods }
}

const nodeName = (index: number) => `node-${index}`
