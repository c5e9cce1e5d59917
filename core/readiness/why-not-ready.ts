// Why a pod is not ready, from its own object. A kubelet writes Ready: all containers and sidecars ready, and every gate's condition
// True (pkg/kubelet/status/generate.go @ v1.36.3). Rules H4 and H5.

import type { Reason } from '../model/reason'
import type { ContainerRecord, PodRecord } from '../model/records'

// What is not said; sentences leave it out.
const NONE = 'none'

const causesOf = new WeakMap<PodRecord, readonly Reason[]>()

/** The causes, the weightiest first; none for a ready pod. Always at least one for a pod that is not. */
export function whyNotReady(pod: PodRecord): readonly Reason[] {
  if (pod.ready) return []
  const known = causesOf.get(pod) ?? causes(pod)
  causesOf.set(pod, known)
  return known
}

/** Since when the pod is ready, or is not; its creation where no condition says. Epoch ms. */
export function readySinceOf(pod: PodRecord): number | undefined {
  if (pod.ready) return pod.readySince
  return pod.conditions.find(({ type }) => type === 'Ready')?.since ?? pod.createdAt
}

/** Since when the pod is being deleted: `deletionTimestamp` is the end of its grace period. Epoch ms. */
export function deletedSinceOf({ deletedAt, deletionGraceSeconds }: PodRecord): number | undefined {
  return deletedAt === undefined || deletionGraceSeconds === undefined
    ? undefined
    : deletedAt - deletionGraceSeconds * 1000
}

function causes(pod: PodRecord): readonly Reason[] {
  if (pod.phase === 'Succeeded') return [say('unready-completed')]
  if (pod.phase === 'Failed') return [say('unready-failed')]
  const leaving = pod.deletedAt === undefined ? [] : [say('unready-terminating')]
  if (pod.nodeName === undefined)
    return [...leaving, say('unready-unscheduled', { reason: reasonOf(pod, 'PodScheduled') })]
  const isInitialized = !pod.conditions.some(({ type }) => type === 'Initialized')
  const blocked = isInitialized ? undefined : pod.containers.find(isHoldingUp)
  const own = pod.containers.filter(({ role, ready }) => role !== 'init' && ready !== true)
  const gates = pod.readinessGates.flatMap((gate) => gateCause(pod, gate) ?? [])
  const found = [
    ...leaving,
    ...(blocked ? [initCause(blocked, pod)] : own.map((one) => containerCause(one, pod))),
    ...gates,
  ]
  if (found.length > 0) return found
  // Every container is ready and every gate is True: the kubelet did not write this.
  const isWritten = pod.conditions.some(({ type }) => type === 'Ready')
  return [say(isWritten ? 'unready-withdrawn' : 'unready-unreported', { node: pod.nodeName })]
}

function gateCause(pod: PodRecord, gate: string): Reason | undefined {
  const condition = pod.conditions.find(({ type }) => type === gate)
  if (condition === undefined) return say('unready-gate-missing', { gate })
  if (condition.status === 'True') return undefined
  return say('unready-gate', { gate, status: condition.status, reason: condition.reason ?? NONE })
}

// Each starts after the one before it: an init container has to end well, a sidecar to have started. A kubelet says `started` of an
// init container that runs, too (pkg/kubelet/prober/prober_manager.go @ v1.36.3).
function isHoldingUp({ role, state, started }: ContainerRecord): boolean {
  if (role === 'init') return state?.phase !== 'terminated' || state.exitCode !== 0
  return role === 'sidecar' && started !== true
}

function initCause(container: ContainerRecord, pod: PodRecord): Reason {
  const cause = containerCause(container, pod)
  if (!notYet.includes(cause.code)) return cause
  return say(container.role === 'init' ? 'unready-init' : 'unready-unreported-container', { container: container.name })
}

const notYet = ['unready-probe', 'unready-probe-port', 'unready-probe-delayed', 'unready-unreported-container']

function containerCause(container: ContainerRecord, pod: PodRecord): Reason {
  const { name, state, started, startupProbe, readinessProbe, lastEnd, restartCount } = container
  const ended = { exitCode: lastEnd?.exitCode ?? NONE, how: lastEnd?.reason ?? NONE }
  if (state === undefined) return say('unready-unreported-container', { container: name })
  const reason = state.reason ?? NONE
  if (state.phase === 'waiting') {
    if (reason === 'CrashLoopBackOff') {
      return say('unready-crash-loop', { container: name, restarts: restartCount ?? 0, ...ended })
    }
    if (imageReasons.includes(reason)) return say('unready-image', { container: name, reason })
    return say('unready-waiting', { container: name, reason })
  }
  if (state.phase === 'terminated') {
    return say('unready-ended', { container: name, how: reason, exitCode: state.exitCode ?? NONE })
  }
  if (started === false && startupProbe) return say('unready-startup', { container: name, kind: startupProbe.kind })
  if (readinessProbe === undefined) return say('unready-unreported-container', { container: name })
  const { kind, port, initialDelaySeconds } = readinessProbe
  if (initialDelaySeconds > 0 && !isKnownToBeAsked(pod, (state.since ?? 0) + initialDelaySeconds * 1000)) {
    const seconds = initialDelaySeconds
    return say('unready-probe-delayed', { container: name, kind, port: String(port ?? NONE), seconds })
  }
  return port === undefined
    ? say('unready-probe', { container: name, kind })
    : say('unready-probe-port', { container: name, kind, port: String(port) })
}

// No clock here: that the delay is over (epoch ms) is known once the pod has a condition that changed after it. Until then what is said
// holds before and after its end (pkg/kubelet/prober/worker.go @ v1.36.3).
const isKnownToBeAsked = ({ conditions }: PodRecord, delayEndsAt: number) =>
  conditions.some(({ since }) => since !== undefined && since > delayEndsAt)

// pkg/kubelet/images/types.go @ v1.36.3.
const imageReasons = [
  ...['ImagePullBackOff', 'ErrImagePull', 'ErrImageNeverPull', 'InvalidImageName'],
  ...['ImageInspectError', 'RegistryUnavailable', 'SignatureValidationFailed'],
]

const reasonOf = (pod: PodRecord, type: string) => pod.conditions.find((one) => one.type === type)?.reason ?? NONE

const say = (code: string, values: Reason['values'] = {}): Reason => ({ code, values })
