// The life of a pod: created, scheduled, started, ready; then terminating and still serving, closed, gone.

import { assignAddresses, releaseAddresses } from './addresses'
import { renderPod } from './render-pod'
import { chooseNode } from './scheduler'
import { podLabels, servicesSelecting } from './selection'
import { after, erase, keyOf, type SimPod, type SimWorkload, type World, write } from './world'

type NewPod = { readonly ordinal?: number; readonly wantedNode?: string }

const usualGraceSeconds = 30
const retiringGraceSeconds = 3600

/** Makes a pod of the workload's present template. It gets its node when the world settles. */
export function createPod(world: World, workload: SimWorkload, { ordinal, wantedNode }: NewPod = {}): SimPod {
  const now = world.timeline.now()
  const pod: SimPod = {
    namespace: workload.spec.namespace,
    name: podName(world, workload, ordinal),
    uid: world.random.uuid(),
    workload,
    revision: workload.revision,
    ordinal,
    createdAt: now,
    wantedNode,
    nodeName: undefined,
    addressNumber: undefined,
    podIPs: [],
    scheduledAt: undefined,
    startedAt: undefined,
    phase: 'Pending',
    warm: false,
    failing: false,
    ready: false,
    readyChangedAt: now,
    deletion: undefined,
    closed: false,
    retiring: false,
  }
  world.pods.set(keyOf(pod), pod)
  workload.pods.add(pod)
  world.dirty.scheduling = true
  refreshPod(world, pod)
  return pod
}

/** Gives pending pods a node where there is one, and starts them there. */
export function schedulePending(world: World): void {
  world.dirty.scheduling = false
  for (const pod of world.pods.values()) {
    if (pod.nodeName !== undefined || pod.deletion !== undefined) continue
    const node = chooseNode(world, pod)
    if (node === undefined) continue
    pod.nodeName = node.spec.name
    pod.scheduledAt = world.timeline.now()
    refreshPod(world, pod)
    onItsNode(world, pod, { seconds: world.random.between(1.2, 3), happen: () => startPod(world, pod) })
  }
}

function startPod(world: World, pod: SimPod) {
  const node = world.nodes.get(pod.nodeName ?? '')
  if (node === undefined || pod.deletion !== undefined) return
  assignAddresses(pod, node)
  pod.phase = 'Running'
  pod.startedAt = world.timeline.now()
  pod.warm = !pod.workload.spec.probe
  refreshPod(world, pod)
  if (pod.workload.spec.kind === 'Job') {
    onItsNode(world, pod, { seconds: 40, happen: () => finishPod(world, pod) })
  } else if (!pod.warm) {
    onItsNode(world, pod, { seconds: world.random.between(1.5, 4), happen: () => warmUp(world, pod) })
  }
}

function warmUp(world: World, pod: SimPod) {
  pod.warm = true
  refreshPod(world, pod)
}

// A finished pod stays as an object; its network is gone and its address free again.
function finishPod(world: World, pod: SimPod) {
  const node = world.nodes.get(pod.nodeName ?? '')
  if (node !== undefined) releaseAddresses(pod, node)
  pod.phase = 'Succeeded'
  refreshPod(world, pod)
}

/** Starts a pod's termination: it serves on for some seconds, closes its port and is gone. */
export function deletePod(world: World, pod: SimPod): void {
  if (pod.deletion !== undefined) return
  markDeleted(world, pod, usualGraceSeconds)
  if (pod.nodeName === undefined) removePod(world, pod)
  else onItsNode(world, pod, { seconds: world.random.between(3, 6), happen: () => closePod(world, pod) })
}

/** Starts the termination of a pod that goes on serving until `closePod`. */
export function retirePod(world: World, pod: SimPod): void {
  pod.retiring = true
  markDeleted(world, pod, retiringGraceSeconds)
}

/** A terminating pod closes its port; soon after it is gone. */
export function closePod(world: World, pod: SimPod): void {
  pod.closed = true
  pod.retiring = false
  refreshPod(world, pod)
  onItsNode(world, pod, { seconds: world.random.between(1, 2), happen: () => removePod(world, pod) })
}

/** Whether the pod's readiness probe is answered well. */
export function setFailing(world: World, pod: SimPod, failing: boolean): void {
  if (pod.failing === failing) return
  pod.failing = failing
  refreshPod(world, pod)
}

/** Writes the pod as it is now, and marks who has to look at it. */
export function refreshPod(world: World, pod: SimPod): void {
  const node = world.nodes.get(pod.nodeName ?? '')
  const ready = pod.phase === 'Running' && pod.warm && !pod.failing && !pod.closed && node?.downSince === undefined
  if (ready !== pod.ready) pod.readyChangedAt = world.timeline.now()
  pod.ready = ready
  write(world, 'pods', renderPod(world, pod))
  markDirty(world, pod)
}

function markDeleted(world: World, pod: SimPod, graceSeconds: number) {
  pod.deletion = { deadline: world.timeline.now() + graceSeconds * 1000, graceSeconds }
  refreshPod(world, pod)
}

function removePod(world: World, pod: SimPod) {
  const node = world.nodes.get(pod.nodeName ?? '')
  if (node !== undefined) releaseAddresses(pod, node)
  world.pods.delete(keyOf(pod))
  pod.workload.pods.delete(pod)
  erase(world, 'pods', renderPod(world, pod))
  world.dirty.scheduling = true
  markDirty(world, pod)
}

function markDirty(world: World, pod: SimPod) {
  world.dirty.workloads.add(keyOf(pod.workload.spec))
  for (const key of servicesSelecting(world, pod.namespace, podLabels(pod))) world.dirty.services.add(key)
}

// What a kubelet does waits while nothing is heard of its node, and is dropped when the pod is gone by then.
function onItsNode(world: World, pod: SimPod, { seconds, happen }: { seconds: number; happen: () => void }) {
  const attempt = () => {
    const node = world.nodes.get(pod.nodeName ?? '')
    if (world.pods.get(keyOf(pod)) !== pod || node === undefined) return
    if (node.downSince === undefined) happen()
    else node.waiting.push(attempt)
  }
  after(world, seconds, attempt)
}

function podName(world: World, { spec, revision }: SimWorkload, ordinal: number | undefined): string {
  if (ordinal !== undefined) return `${spec.name}-${ordinal}`
  const base = spec.kind === 'Deployment' ? `${spec.name}-${revision}` : spec.name
  for (;;) {
    const name = `${base}-${world.random.suffix(5)}`
    if (!world.pods.has(`${spec.namespace}/${name}`)) return name
  }
}
