// A seeded cluster that lives: batches of events, and beside them what must be there afterwards, kept by the plainest
// means (one Map, no indexes), as the oracle a store is compared with.

import type { ClusterEvent } from '../model/events'
import type { ClusterRecord, Endpoint, EndpointSliceRecord, Kind } from '../model/records'
import { entryKinds } from '../model/records-entries'
import type { Random } from './random'
import { NAMESPACES, randomEndpoint, randomRecord } from './random-records'

const KINDS: readonly [Kind, ...Kind[]] = [
  'EndpointSlice',
  'Pod',
  'Service',
  'Node',
  'Endpoints',
  'Namespace',
  'ConfigMap',
  'DaemonSet',
  'ServiceCIDR',
  ...entryKinds,
  'NetworkPolicy',
]
const CLUSTER_SCOPED: readonly Kind[] = ['Node', 'Namespace', 'ServiceCIDR', 'IngressClass', 'GatewayClass']

export type RandomCluster = {
  /** The next batch of events, one to six of them. */
  step(): readonly ClusterEvent[]
  /** Every record that is there now, and the events that say what is known: a list made afresh. */
  records(): readonly ClusterRecord[]
  coverage(): readonly ClusterEvent[]
}

export function createRandomCluster(random: Random): RandomCluster {
  const objects = new Map<string, ClusterRecord>()
  const coverage = new Map<string, ClusterEvent>()
  const textOf = (kind: Kind, key: string) => `${kind} ${key}`

  const fold = (event: ClusterEvent): void => {
    if (event.type === 'put') objects.set(textOf(event.record.kind, event.record.key), event.record)
    else if (event.type === 'remove') {
      const text = textOf(event.kind, event.key)
      if (objects.get(text)?.uid === event.uid) objects.delete(text)
    } else {
      if (event.type === 'unavailable') {
        for (const [text, record] of objects) if (isLost(record, event)) objects.delete(text)
      }
      coverage.set(textOf(event.kind, event.scope), event)
    }
  }
  const isLost = (record: ClusterRecord, { kind, scope }: { kind: Kind; scope: string }): boolean => {
    const namespace = 'namespace' in record ? record.namespace : ''
    if (record.kind !== kind) return false
    if (scope !== '') return namespace === scope
    return namespace === '' || coverage.get(textOf(kind, namespace))?.type !== 'synced'
  }

  const theme = random.pick(THEMES)
  let steps = 0
  return {
    step() {
      // Most clusters soon know most of their kinds; some never do.
      if (steps++ === 1 && random.chance(0.8)) {
        const synced = KINDS.filter(() => random.chance(0.8)).map(
          (kind) => ({ type: 'synced', kind, scope: '' }) as const,
        )
        for (const event of synced) fold(event)
        return synced
      }
      const count = 1 + random.int(6)
      return Array.from({ length: count }, () => {
        const event = randomEvent(random, [...objects.values()], theme)
        fold(event)
        return event
      })
    },
    records: () => [...objects.values()],
    coverage: () => [...coverage.values()],
  }
}

type Theme = (typeof THEMES)[number]

function randomEvent(random: Random, records: readonly ClusterRecord[], theme: Theme): ClusterEvent {
  const existing = random.pickFrom(records)
  const dice = random.next()
  if (existing === undefined || dice < 0.4)
    return { type: 'put', record: randomRecord(random, random.pick(random.chance(0.75) ? theme : KINDS)) }
  if (dice < 0.65) return { type: 'put', record: changed(random, existing) }
  if (dice < 0.7) return { type: 'put', record: { ...existing, resourceVersion: String(random.int(1000)) } }
  if (dice < 0.84) {
    // Now and then a late remove of an object that another has replaced.
    const uid = random.chance(0.8) ? existing.uid : 'stale'
    return { type: 'remove', kind: existing.kind, key: existing.key, uid }
  }
  // Seldom is a kind lost: a cluster that forgets all its pods every now and then has little to be wrong about.
  const kind = random.pick(KINDS)
  const scope = CLUSTER_SCOPED.includes(kind) || random.chance(0.6) ? '' : random.pick(NAMESPACES)
  if (random.chance(0.9)) return { type: 'synced', kind, scope }
  return { type: 'unavailable', kind, scope, why: random.pick(['forbidden', 'unserved']) }
}

// What a run is mostly about: a cluster of everything alike rarely brings the two or three objects together that one rule needs.
const THEMES: readonly [readonly [Kind, ...Kind[]], ...(readonly [Kind, ...Kind[]])[]] = [
  ['EndpointSlice', 'EndpointSlice', 'Pod', 'Pod', 'Service'],
  ['Pod', 'Pod', 'Service'],
  ['Node', 'Node', 'EndpointSlice', 'Service'],
  ['Node', 'Pod', 'ConfigMap', 'DaemonSet'],
  ['Ingress', 'Service', 'IngressClass', 'EndpointSlice'],
  ['HTTPRoute', 'HTTPRoute', 'Gateway', 'Service', 'ReferenceGrant', 'GatewayClass', 'Namespace'],
]

const IDENTITY = new Set(['kind', 'key', 'namespace', 'name', 'uid'])

const OFTEN = new Set([
  'labels',
  'phase',
  'containers',
  'podIPs',
  'nodeName',
  'selector',
  'ports',
  'proxyArgs',
  'zone',
  'data',
])

// The same object with one field different: what most events are.
function changed(random: Random, record: ClusterRecord): ClusterRecord {
  if (record.kind === 'EndpointSlice' && random.chance(0.8))
    return { ...record, endpoints: changedList(random, record) }
  const other = new Map<string, unknown>(Object.entries(randomRecord(random, record.kind)))
  const fields = Object.keys(record).filter((name) => !IDENTITY.has(name))
  const field = random.pickFrom(random.chance(0.5) ? fields : fields.filter((name) => OFTEN.has(name)))
  // A field of another record of the same kind fits.
  return field === undefined ? record : ({ ...record, [field]: other.get(field) } as ClusterRecord)
}

function changedList(random: Random, { endpoints }: EndpointSliceRecord): readonly Endpoint[] {
  const index = random.int(endpoints.length + 1)
  const endpoint = endpoints[index]
  const dice = random.next()
  if (dice < 0.2) return random.shuffle(endpoints)
  if (dice < 0.4) return endpoints.toSpliced(index, 1)
  if (dice < 0.6 && endpoint !== undefined) return endpoints.with(index, { ...endpoint, ready: !endpoint.ready })
  return endpoints.toSpliced(index, 1, randomEndpoint(random))
}
