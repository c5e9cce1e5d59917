// What the embedded cluster consists of. The modules beside this file are functions over it: each writes what it owns
// into the watch cache and marks what others have to look at; `settle` runs the controllers until nothing is marked.

import type { HintState } from '../../../core/slices/settle-hints'
import { type ApiObject, objectKeyOf } from '../api-object'
import { type ResourceName, resources } from '../resources'
import type { FailsBy, NodeSpec, Scenario, ServiceSpec, WorkloadSpec } from '../scenarios/types'
import type { WatchCache } from '../watch-cache'
import type { Random } from './random'
import type { Timeline } from './timeline'

export type SimNode = {
  readonly spec: NodeSpec
  readonly uid: string
  readonly createdAt: number
  unschedulable: boolean
  /** Since when nothing is heard of it; undefined while it is fine. */
  downSince: number | undefined
  /** The failure or return that was asked for last; an earlier one that is still to come does not happen. */
  turn: object | undefined
  readyChangedAt: number
  /** The address handed out last: addresses are not used again at once. */
  addressCursor: number
  readonly addressesInUse: Set<number>
  /** What its kubelet will do once it is back. */
  waiting: (() => void)[]
}

export type SimWorkload = {
  readonly spec: WorkloadSpec
  readonly uid: string
  readonly createdAt: number
  replicas: number
  /** What scaling by itself comes back to. */
  usualReplicas: number
  /** The template's hash; pods of another one are replaced. */
  revision: string
  /** Uids of the ReplicaSets that still have pods, by hash. */
  readonly replicaSets: Map<string, string>
  generation: number
  /** So many of its pods fail their readiness probe. */
  failing: number
  /** How those fail that do. */
  failsBy: FailsBy
  /** So many of its pods are terminating and still serving. */
  retiring: number
  readonly pods: Set<SimPod>
}

export type SimPod = {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly workload: SimWorkload
  readonly revision: string
  readonly ordinal: number | undefined
  readonly createdAt: number
  /** DaemonSet pods are made for a node. */
  readonly wantedNode: string | undefined
  nodeName: string | undefined
  addressNumber: number | undefined
  podIPs: readonly string[]
  scheduledAt: number | undefined
  startedAt: number | undefined
  phase: 'Pending' | 'Running' | 'Succeeded'
  /** Its probe has passed once since it started. */
  warm: boolean
  failing: boolean
  ready: boolean
  readyChangedAt: number
  deletion: { readonly deadline: number; readonly graceSeconds: number } | undefined
  /** Terminating and the process has closed its port. */
  closed: boolean
  retiring: boolean
}

export type SimService = {
  readonly uid: string
  readonly createdAt: number
  /** When somebody last changed what it asks for; undefined as long as it is as it was made. */
  editedAt: number | undefined
  spec: ServiceSpec
  /** What the EndpointSlice controller remembers about its hints. */
  hintState: HintState | undefined
}

type StoppedProxy = {
  readonly at: number
  readonly services: readonly ApiObject[]
  readonly slices: readonly ApiObject[]
}

/** An object to be written again. */
type Kept = { readonly resource: ResourceName; readonly object: ApiObject }

export type World = {
  readonly scenario: Scenario
  readonly cache: WatchCache
  readonly timeline: Timeline
  readonly random: Random
  readonly nodes: Map<string, SimNode>
  readonly workloads: Map<string, SimWorkload>
  readonly pods: Map<string, SimPod>
  readonly services: Map<string, SimService>
  /** By node: what its kube-proxy had read when it stopped writing rules. */
  readonly stoppedProxies: Map<string, StoppedProxy>
  /** What stood in the Gateway API when its CRDs were removed; undefined while they are installed. */
  removedGatewayApi: readonly Kept[] | undefined
  /** What the controllers still have to look at. */
  readonly dirty: {
    readonly workloads: Set<string>
    readonly services: Set<string>
    scheduling: boolean
    nodes: boolean
  }
  /** Services whose slices and Endpoints are written when their batch period ends. */
  readonly batched: Set<string>
  /** How much faster than life things happen. */
  pace: number
}

/** All zones are of one region. */
export const region = 'eu-1'

export const keyOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }) =>
  `${namespace}/${name}`

/** Lets something happen after so many seconds of the world's own pace. */
export function after(world: World, seconds: number, happen: () => void): void {
  world.timeline.at(world.timeline.now() + Math.round((seconds * 1000) / world.pace), happen)
}

/** Writes an object, or nothing when it says what is already there. */
export function write(world: World, resource: ResourceName, object: ApiObject): ApiObject {
  return world.cache.put(resource, object)
}

/** Removes the object of this key, if there is one. */
export function erase(
  world: World,
  resource: ResourceName,
  object: { readonly metadata: ApiObject['metadata'] },
): void {
  const { kind } = resources[resource]
  world.cache.remove(resource, objectKeyOf({ apiVersion: '', kind, metadata: object.metadata }))
}
