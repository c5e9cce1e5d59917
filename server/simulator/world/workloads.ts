// Deployments, StatefulSets, DaemonSets and Jobs: how many pods, of which template, and which go first.

import { createPod, deletePod, retirePod, setFailing } from './pods'
import { renderWorkload } from './render-workload'
import { suits } from './scheduler'
import { keyOf, type SimPod, type SimWorkload, type World, write } from './world'

/** Brings the pods of a workload one step nearer to what is wanted, and writes its status. */
export function reconcileWorkload(world: World, workload: SimWorkload): void {
  const { kind } = workload.spec
  if (kind === 'Deployment') reconcileDeployment(world, workload)
  else if (kind === 'StatefulSet') reconcileStatefulSet(world, workload)
  else if (kind === 'DaemonSet') reconcileDaemonSet(world, workload)
  else if (workload.pods.size === 0) for (let n = 0; n < workload.replicas; n += 1) createPod(world, workload)
  reconcileFailing(world, workload)
  reconcileRetiring(world, workload)
  for (const [resource, object] of renderWorkload(world, workload)) write(world, resource, object)
  dropEmptyReplicaSets(world, workload)
}

/** A new template: its pods replace the present ones step by step. */
export function rollOut(world: World, workload: SimWorkload): void {
  workload.revision = world.random.suffix(9)
  workload.generation += 1
  world.dirty.workloads.add(keyOf(workload.spec))
}

export function scaleTo(world: World, workload: SimWorkload, replicas: number): void {
  if (workload.replicas === replicas) return
  workload.replicas = replicas
  workload.generation += 1
  world.dirty.workloads.add(keyOf(workload.spec))
}

/** Pods that are not on their way out, oldest first. */
export const livePods = ({ pods }: SimWorkload): SimPod[] => [...pods].filter(({ deletion }) => deletion === undefined)

export const isRollingOut = (workload: SimWorkload): boolean =>
  !workload.spec.onDelete && livePods(workload).some(({ revision }) => revision !== workload.revision)

// A quarter more pods may exist, a quarter fewer may be ready: the defaults of a rolling update.
function reconcileDeployment(world: World, workload: SimWorkload) {
  const { replicas } = workload
  const live = livePods(workload)
  const old = live.filter(({ revision }) => revision !== workload.revision)
  const current = live.length - old.length
  if (old.length === 0) {
    for (let n = current; n < replicas; n += 1) createPod(world, workload)
    if (current > replicas) for (const pod of leastMissed(live).slice(0, current - replicas)) deletePod(world, pod)
    return
  }
  const surge = Math.ceil(replicas / 4)
  const mayMiss = Math.floor(replicas / 4)
  const create = Math.min(replicas - current, replicas + surge - live.length)
  for (let n = 0; n < create; n += 1) createPod(world, workload)
  let spare = live.filter(({ ready }) => ready).length - (replicas - mayMiss)
  for (const pod of leastMissed(old)) {
    if (pod.ready && spare <= 0) continue
    if (pod.ready) spare -= 1
    deletePod(world, pod)
  }
}

// Names are kept, so a pod is gone before its successor comes; one at a time, the highest number first.
function reconcileStatefulSet(world: World, workload: SimWorkload) {
  const { pods, replicas } = workload
  const present = new Set([...pods].map(({ ordinal }) => ordinal))
  for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
    if (!present.has(ordinal)) createPod(world, workload, { ordinal })
  }
  const live = livePods(workload).sort((a, b) => (b.ordinal ?? 0) - (a.ordinal ?? 0))
  if (live.length < pods.size) return
  const surplus = live.find(({ ordinal }) => (ordinal ?? 0) >= replicas)
  const old = live.find(({ revision }) => revision !== workload.revision)
  if (surplus !== undefined) return deletePod(world, surplus)
  if (old !== undefined && live.every(({ ready, failing }) => ready || failing)) deletePod(world, old)
}

function reconcileDaemonSet(world: World, workload: SimWorkload) {
  const taken = new Set([...workload.pods].filter(({ retiring }) => !retiring).map(({ wantedNode }) => wantedNode))
  for (const node of world.nodes.values()) {
    const { name } = node.spec
    if (suits(workload, node) && !taken.has(name)) createPod(world, workload, { wantedNode: name })
  }
  const live = livePods(workload)
  const old = live.find(({ revision }) => revision !== workload.revision)
  if (old === undefined || workload.spec.onDelete) return
  if (live.length === workload.pods.size && live.every(({ ready, failing }) => ready || failing)) deletePod(world, old)
}

function reconcileFailing(world: World, workload: SimWorkload) {
  if (workload.failing === 0 && ![...workload.pods].some(({ failing }) => failing)) return
  const newestFirst = livePods(workload).sort(
    (a, b) => (b.ordinal ?? 0) - (a.ordinal ?? 0) || b.createdAt - a.createdAt,
  )
  const failing = newestFirst.filter((pod) => pod.failing)
  const fine = newestFirst.filter((pod) => !pod.failing)
  for (const pod of failing.slice(workload.failing)) setFailing(world, pod, false)
  for (const pod of fine.slice(0, Math.max(0, workload.failing - failing.length))) setFailing(world, pod, true)
}

function reconcileRetiring(world: World, workload: SimWorkload) {
  if (workload.retiring === 0) return
  const live = livePods(workload)
  const retiring = [...workload.pods].filter((pod) => pod.retiring)
  if (retiring.length >= workload.retiring || live.length < workload.replicas || isRollingOut(workload)) return
  const oldest = live.find(({ ready, failing }) => ready && !failing)
  if (oldest !== undefined) retirePod(world, oldest)
}

// Not ready first, then the newest.
const leastMissed = (pods: readonly SimPod[]): SimPod[] =>
  [...pods].sort((a, b) => Number(a.ready) - Number(b.ready) || b.createdAt - a.createdAt)

function dropEmptyReplicaSets(world: World, workload: SimWorkload) {
  const inUse = new Set([...workload.pods].map(({ revision }) => revision))
  for (const hash of workload.replicaSets.keys()) {
    if (hash === workload.revision || inUse.has(hash)) continue
    workload.replicaSets.delete(hash)
    world.cache.remove('replicasets', `${workload.spec.namespace}/${workload.spec.name}-${hash}`)
  }
}
