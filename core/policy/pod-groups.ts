// Pods that policies cannot tell apart: the same namespace, labels, named ports and network.

import type { PodRecord } from '../model/records'

const known = new WeakMap<PodRecord, string>()

/** A text that equal pods share; kept by record. */
export function groupOf(pod: PodRecord): string {
  const found = known.get(pod)
  if (found !== undefined) return found
  const ports = pod.containers.flatMap(({ role, ports: own }) =>
    own.map(({ name, protocol, containerPort }) => [role, name, protocol, containerPort]),
  )
  const labels = [...pod.labels].sort(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([pod.namespace, pod.hostNetwork, labels, ports])
  known.set(pod, text)
  return text
}
