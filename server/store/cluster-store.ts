// The living model of the cluster: events in, records and indexes kept, and for every batch the clock and the objects of
// parts that may look different now. One change costs what it touches, never the size of the cluster.

import { deepEqual } from '@/core/graph/deep-equal'
import type { GraphView } from '@/core/graph/graph-view'
import { isRejectOf, watchId } from '@/core/graph/project-status'
import type { ClusterStatus, GraphId, PartKey } from '@/core/graph/types'
import type { ClusterEvent, WatchState } from '@/core/model/events'
import type { Reject } from '@/core/model/from-api'
import type { ClusterRecord, Kind } from '@/core/model/records'
import { ClusterState } from './cluster-state'
import { DirtyParts } from './dirty-parts'
import { markChange, markCoverage, markSelected } from './dirty-rules'
import { StatusBoard } from './status-board'

/** `dirty`: the ids to project again, by part; an id may turn out unchanged, or gone. */
export type StoreChange = {
  readonly clock: number
  readonly dirty: ReadonlyMap<PartKey, ReadonlySet<GraphId>>
}

export interface ClusterStore extends GraphView {
  /** Batches so far. */
  clock(): number
  /** One batch: the clock goes up by one and subscribers are told once. */
  apply(events: readonly ClusterEvent[]): StoreChange
  setWatch(state: WatchState): StoreChange
  setCluster(status: ClusterStatus): StoreChange
  /** Objects refused at the door, to be named beside the watch that met them. */
  reject(rejects: readonly Reject[]): StoreChange
  /** Returns its own unsubscribe. */
  subscribe(listener: (change: StoreChange) => void): () => void
}

export function createClusterStore(): ClusterStore {
  const state = new ClusterState()
  const board = new StatusBoard()
  const listeners = new Set<(change: StoreChange) => void>()
  let clock = 0

  const publish = ({ parts }: DirtyParts): StoreChange => {
    clock += 1
    const change = { clock, dirty: parts }
    for (const listener of [...listeners]) listener(change)
    return change
  }
  const publishStatus = (id: GraphId): StoreChange => {
    const dirty = new DirtyParts()
    dirty.mark('status', id)
    return publish(dirty)
  }

  return {
    ...viewOf(state, board),
    clock: () => clock,
    apply(events) {
      const dirty = new DirtyParts()
      for (const event of events) applyEvent(state, dirty, event)
      for (const service of state.fillSelectors()) markSelected(state, dirty, service)
      return publish(dirty)
    },
    setWatch(watch) {
      board.setWatch(watch)
      return publishStatus(watchId(watch))
    },
    setCluster(status) {
      board.setCluster(status)
      return publishStatus(status.id)
    },
    reject(rejects) {
      const dirty = new DirtyParts()
      for (const reject of rejects) {
        board.addReject(reject)
        for (const watch of board.watches()) if (isRejectOf(watch, reject)) dirty.mark('status', watchId(watch))
      }
      return publish(dirty)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function applyEvent(state: ClusterState, dirty: DirtyParts, event: ClusterEvent): void {
  if (event.type === 'put') put(state, dirty, event.record)
  else if (event.type === 'remove') {
    // A remove of another uid is about an object that has already been replaced under this name.
    const record = state.record(event.kind, event.key)
    if (record?.uid === event.uid) change(state, dirty, { before: record, after: undefined })
  } else if (event.type === 'synced') {
    if (state.coverages.set(event.kind, event.scope, 'synced')) markCoverage(state, dirty, event)
  } else {
    for (const record of recordsInScope(state, event)) change(state, dirty, { before: record, after: undefined })
    if (state.coverages.set(event.kind, event.scope, event.why)) markCoverage(state, dirty, event)
  }
}

function put(state: ClusterState, dirty: DirtyParts, record: ClusterRecord): void {
  const before = state.record(record.kind, record.key)
  if (before !== undefined && isSameButForVersion(before, record)) state.replace(before, record)
  else change(state, dirty, { before, after: record })
}

function change(state: ClusterState, dirty: DirtyParts, states: Parameters<typeof markChange>[2]): void {
  markChange(state, dirty, states)
  state.replace(states.before, states.after)
  markChange(state, dirty, states)
}

// Losing the whole cluster's list says nothing about namespaces that are watched by themselves.
function recordsInScope(state: ClusterState, { kind, scope }: { kind: Kind; scope: string }): readonly ClusterRecord[] {
  return [...state.records(kind)].filter((record) => {
    const namespace = 'namespace' in record ? record.namespace : ''
    return scope === '' ? !state.coverages.isSyncedAlone(kind, namespace) : namespace === scope
  })
}

// Node heartbeats and the like: a new resourceVersion of what we read the same.
function isSameButForVersion(before: ClusterRecord, after: ClusterRecord): boolean {
  return deepEqual({ ...before, resourceVersion: '' }, { ...after, resourceVersion: '' })
}

function viewOf(state: ClusterState, board: StatusBoard): GraphView {
  return {
    coverage: state.coverage,
    service: state.service,
    services: state.services,
    slice: state.slice,
    slices: state.slices,
    slicesOfService: state.slicesOfService,
    node: state.node,
    nodes: state.nodes,
    pod: state.pod,
    pods: state.pods,
    podsOfNode: state.podsOfNode,
    podsOfService: state.podsOfService,
    endpoints: state.endpoints,
    namespace: state.namespace,
    namespaces: state.namespaces,
    servicesOfNamespace: state.servicesOfNamespace,
    slicesOfNamespace: state.slicesOfNamespace,
    podsOfNamespace: state.podsOfNamespace,
    configMaps: state.configMaps,
    daemonSets: state.daemonSets,
    serviceCIDRs: state.serviceCIDRs,
    networkPoliciesOfNamespace: state.networkPoliciesOfNamespace,
    servicesOfNode: state.servicesOfNode,
    servicesOfPod: state.servicesOfPod,
    endpointsOfPod: state.endpointsOfPod,
    ownersOf: state.ownersOf,
    entry: state.entry,
    entries: state.entries,
    entriesOfService: state.entriesOfService,
    cluster: board.cluster,
    watches: board.watches,
    rejectsOf: board.rejectsOf,
  }
}
