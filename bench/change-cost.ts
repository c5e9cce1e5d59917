// What one change costs from the event to the delta, in a cluster and in one ten times its size: the cost must follow what
// the change touches, not what there is. Measured is the server's own way: store → dirty ids → projection → delta, for the
// overview, the Service, the node and the namespace of the change, as if somebody looked at each of them.

import { applyInto, diffObject, type ObjectChange, toDelta } from '../core/graph/delta'
import { project, projectObject } from '../core/graph/project'
import type { GraphId, GraphObject, PartKey } from '../core/graph/types'
import type { ClusterEvent } from '../core/model/events'
import { type ClusterStore, createClusterStore, type StoreChange } from '../server/store/cluster-store'
import { type SyntheticCluster, syntheticCluster } from './synthetic-cluster'

export type ChangeCost = {
  readonly change: string
  /** Microseconds per change, the median of the rounds. */
  readonly small: number
  readonly large: number
  /** large / small. */
  readonly ratio: number
}

export const SIZES = {
  small: { nodes: 100, services: 250, podsPerService: 20 },
  large: { nodes: 1000, services: 2500, podsPerService: 20 },
} as const

const ROUNDS = 15
const CHANGES_PER_ROUND = 400

export type Maker = (cluster: SyntheticCluster, turn: number) => ClusterEvent

const CHANGES: Readonly<Record<string, Maker>> = {
  'one endpoint of a slice': endpointChange,
  'readiness of one pod': podChange,
}

/** Measures every kind of change at both sizes, the sizes turn by turn so that a busy machine is busy for both. */
export function measureChangeCost(): readonly ChangeCost[] {
  const clusters = [SIZES.small, SIZES.large].map((size) => prepare(syntheticCluster(size)))
  return Object.entries(CHANGES).map(([change, make]) => {
    const times = clusters.map((): number[] => [])
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [index, prepared] of clusters.entries()) {
        const time = measureRound(prepared, make, round)
        // The first round only warms up.
        if (round > 0) times[index]?.push(time)
      }
    }
    const [small = 0, large = 0] = times.map(median)
    return { change, small, large, ratio: large / small }
  })
}

type Prepared = {
  readonly cluster: SyntheticCluster
  readonly store: ClusterStore
  readonly parts: Map<PartKey, Map<GraphId, GraphObject>>
}

function prepare(cluster: SyntheticCluster): Prepared {
  const store = createClusterStore()
  store.apply(cluster.events)
  return { cluster, store, parts: new Map() }
}

function measureRound(prepared: Prepared, make: Maker, round: number): number {
  const { cluster, store, parts } = prepared
  const events = Array.from({ length: CHANGES_PER_ROUND }, (_, index) =>
    make(cluster, round * CHANGES_PER_ROUND + index),
  )
  // Parts that nobody had looked at are loaded before the clock runs; a browser pays for its snapshot, not for the change.
  for (const event of events) for (const key of partsAround(event)) loadPart(prepared, key)
  const start = performance.now()
  for (const event of events) follow(store, parts, store.apply([event]))
  return ((performance.now() - start) * 1000) / events.length
}

function follow(store: ClusterStore, parts: Prepared['parts'], { dirty }: StoreChange): void {
  for (const [key, ids] of dirty) {
    const objects = parts.get(key)
    if (objects === undefined) continue
    const changes: ObjectChange[] = []
    for (const id of ids) {
      const change = diffObject(objects.get(id), projectObject(store, key, id))
      if (change !== undefined) changes.push(change)
    }
    applyInto(objects, toDelta(changes))
  }
}

function loadPart({ store, parts }: Prepared, key: PartKey): void {
  if (!parts.has(key)) parts.set(key, new Map(project(store, key).objects))
}

function partsAround(event: ClusterEvent): readonly PartKey[] {
  if (event.type !== 'put') return ['overview']
  const { record } = event
  if (record.kind === 'EndpointSlice') {
    const node = record.endpoints[0]?.nodeName
    const near: readonly PartKey[] = node === undefined ? [] : [`node/${node}`]
    return ['overview', `namespace/${record.namespace}`, `service/${record.namespace}/${record.serviceName}`, ...near]
  }
  if (record.kind !== 'Pod') return ['overview']
  return ['overview', `namespace/${record.namespace}`, `node/${record.nodeName}`]
}

// Each turn takes another slice, far from the last one, and turns the readiness of one of its endpoints.
export function endpointChange({ slices }: SyntheticCluster, turn: number): ClusterEvent {
  const record = slices[(turn * 7) % slices.length]
  if (record === undefined) throw new Error('the synthetic cluster has no slices')
  const index = turn % record.endpoints.length
  const ready = Math.floor(turn / slices.length) % 2 === 1
  const endpoints = record.endpoints.map((endpoint, at) => (at === index ? { ...endpoint, ready } : endpoint))
  return { type: 'put', record: { ...record, endpoints, resourceVersion: String(turn) } }
}

function podChange({ pods }: SyntheticCluster, turn: number): ClusterEvent {
  const record = pods[(turn * 7) % pods.length]
  if (record === undefined) throw new Error('the synthetic cluster has no pods')
  const ready = Math.floor(turn / pods.length) % 2 === 1
  return { type: 'put', record: { ...record, ready, readySince: turn, resourceVersion: String(turn) } }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
