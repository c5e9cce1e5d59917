// Pods that the policies at hand cannot tell apart: they ask for some labels, and perhaps for the names of ports.

import type { LabelSelector, NetworkPolicyRecord, PodRecord, PolicyRule } from '../model/records'

/** What policies may ask of a pod that is called. */
export type Asked = {
  readonly keys: readonly string[]
  readonly portNames: boolean
  /** Equal for equal questions. */
  readonly id: string
}

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
  return { keys: [...keys], portNames, id: `${portNames}\n${[...keys].join('\n')}` }
}

/** A text that pods alike share. No label holds a line break. */
export function groupOf(pod: PodRecord, asked: Asked): string {
  const found = known.get(pod)
  if (found?.asked === asked.id) return found.text
  const text = textOf(pod, asked)
  known.set(pod, { asked: asked.id, text })
  return text
}

// A question is mostly the one of last time.
const known = new WeakMap<PodRecord, { readonly asked: string; readonly text: string }>()

function textOf(pod: PodRecord, { keys, portNames }: Asked): string {
  let text = `${pod.namespace}\n${pod.hostNetwork}\n${portNames ? portsText(pod) : ''}`
  for (const key of keys) {
    const value = pod.labels.get(key)
    text += value === undefined ? '\n' : `\n=${value}`
  }
  return text
}

function portsText({ containers }: PodRecord): string {
  return JSON.stringify(
    containers.flatMap(({ role, ports }) =>
      ports.map(({ name, protocol, containerPort }) => [role, name, protocol, containerPort]),
    ),
  )
}
