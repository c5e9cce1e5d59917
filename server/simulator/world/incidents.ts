// What happens to nodes and zones: cordons, drains, outages, evictions, and the way back.

import { refreshNode, refreshPodsOf } from './nodes'
import { closePod, deletePod } from './pods'
import { after, type SimNode, type SimPod, type World } from './world'

/** How long a node may be silent before its pods are replaced elsewhere: the usual toleration. */
const evictAfterSeconds = 300

export function setUnschedulable(world: World, node: SimNode, unschedulable: boolean): void {
  node.unschedulable = unschedulable
  refreshNode(world, node.spec.name)
}

/** Cordons a node and evicts its pods one after the other; DaemonSets stay. */
export function drain(world: World, node: SimNode): void {
  setUnschedulable(world, node, true)
  evictNext(world, node)
}

function evictNext(world: World, node: SimNode) {
  const [next] = evictable(world, node)
  if (next === undefined || !node.unschedulable) return
  if (next.retiring) closePod(world, next)
  else deletePod(world, next)
  after(world, 0.8, () => evictNext(world, node))
}

/** Pods a drain would evict. */
export const evictable = (world: World, node: SimNode): SimPod[] =>
  [...world.pods.values()].filter(
    (pod) =>
      pod.nodeName === node.spec.name &&
      pod.workload.spec.kind !== 'DaemonSet' &&
      pod.phase !== 'Succeeded' &&
      (pod.deletion === undefined || pod.retiring),
  )

/** A node falls silent: it and its pods are not ready; after a while its pods are replaced elsewhere. */
export function failNode(world: World, node: SimNode): void {
  if (node.downSince !== undefined) return
  const since = world.timeline.now()
  node.downSince = since
  refreshNode(world, node.spec.name)
  refreshPodsOf(world, node.spec.name)
  after(world, evictAfterSeconds, () => {
    if (node.downSince !== since) return
    for (const pod of evictable(world, node)) if (!pod.retiring) deletePod(world, pod)
  })
}

/** The node answers again: its pods become ready, and what its kubelet had to do is done. */
function healNode(world: World, node: SimNode): void {
  if (node.downSince === undefined) return
  node.downSince = undefined
  node.readyChangedAt = world.timeline.now()
  refreshNode(world, node.spec.name)
  refreshPodsOf(world, node.spec.name)
  const { waiting } = node
  node.waiting = []
  for (const happen of waiting) after(world, world.random.between(0.5, 4), happen)
}

export const nodesOfZone = (world: World, zone: string): SimNode[] =>
  [...world.nodes.values()].filter(({ spec }) => spec.zone === zone)

/** The nodes of a zone fall silent one after the other within some seconds. */
export function failZone(world: World, zone: string): void {
  for (const node of nodesOfZone(world, zone)) next(world, node, { within: 3, happen: () => failNode(world, node) })
}

export function healZone(world: World, zone: string): void {
  for (const node of nodesOfZone(world, zone)) next(world, node, { within: 8, happen: () => healNode(world, node) })
}

// What was to happen to the node before does not happen any more: the last word counts, whichever would have come first.
function next(world: World, node: SimNode, turn: { readonly within: number; readonly happen: () => void }): void {
  node.turn = turn
  after(world, world.random.between(0, turn.within), () => {
    if (node.turn === turn) turn.happen()
  })
}
