// Pods that the policies at hand cannot tell apart: they ask for some labels, and perhaps for the names of ports.

import type { LabelSelector, NetworkPolicyRecord, PodRecord, PolicyRule } from '../model/records'

/** What policies may ask of a pod that is called. */
export type Asked = { readonly keys: readonly string[]; readonly portNames: boolean }

/** `binding` may bind the pod that is called; `egress` are rules of the pod that calls. */
export function askedOf(binding: readonly NetworkPolicyRecord[], egress: readonly PolicyRule[]): Asked {
  const keys = new Set<string>()
  const add = (selector: LabelSelector | undefined) => {
    for (const key of selector?.labels.keys() ?? []) keys.add(key)
    for (const { key } of selector?.expressions ?? []) keys.add(key)
  }
  for (const { podSelector } of binding) add(podSelector)
  for (const { peers } of egress) for (const { podSelector } of peers) add(podSelector)
  const rules = [...binding.flatMap(({ ingress }) => ingress), ...egress]
  const portNames = rules.some(({ ports }) => ports.some(({ port }) => typeof port === 'string'))
  return { keys: [...keys], portNames }
}

/** A text that pods alike share. No label holds a line break. */
export function groupOf(pod: PodRecord, { keys, portNames }: Asked): string {
  let text = `${pod.namespace}\n${pod.hostNetwork}\n${portNames ? portsText(pod) : ''}`
  for (const key of keys) {
    const value = pod.labels.get(key)
    text += value === undefined ? '\n' : `\n=${value}`
  }
  return text
}

const known = new WeakMap<PodRecord, string>()

function portsText(pod: PodRecord): string {
  const found = known.get(pod)
  if (found !== undefined) return found
  const ports = pod.containers.flatMap(({ role, ports: own }) =>
    own.map(({ name, protocol, containerPort }) => [role, name, protocol, containerPort]),
  )
  const text = JSON.stringify(ports)
  known.set(pod, text)
  return text
}
