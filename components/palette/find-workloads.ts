// Workloads by name: what the owner references of the pods name. Linear in the pods, once per change of them.

import type { PodSummary } from '@/core/graph/types'
import { formatWorkloadRef, type WorkloadRef, workloadOfPod } from '@/core/graph/workload-ref'
import { needleOf } from './needle'

/** `listed`: pods that a slice of a Service lists; `ready`: those of them that are ready there. Of other pods nothing is known here. */
export type FoundWorkload = {
  readonly ref: WorkloadRef
  readonly pods: number
  readonly listed: number
  readonly ready: number
}

/** Every workload with its pods counted, by name. Nodes own their static pods; those are not workloads to search for. */
export function workloadsOf(pods: readonly PodSummary[]): readonly FoundWorkload[] {
  const all = new Map<string, { ref: WorkloadRef; pods: number; listed: number; ready: number }>()
  for (const pod of pods) {
    const ref = workloadOfPod(pod)
    if (!ref || ref.kind === 'Node') continue
    const key = formatWorkloadRef(ref)
    const known = all.get(key) ?? { ref, pods: 0, listed: 0, ready: 0 }
    all.set(key, known)
    known.pods += 1
    if (pod.condition !== 'outside' && pod.condition !== 'unknown') known.listed += 1
    if (pod.condition === 'ready') known.ready += 1
  }
  return [...all.values()].sort((a, b) => (formatWorkloadRef(a.ref) < formatWorkloadRef(b.ref) ? -1 : 1))
}

/** Those whose name, `namespace/name` or `kind/name` is what was typed, begins with it, or holds it; in that order. */
export function findWorkloads(all: readonly FoundWorkload[], raw: string, limit: number): readonly FoundWorkload[] {
  const { text } = needleOf(raw)
  if (text === '') return []
  return all
    .map((found) => ({ found, score: score(found.ref, text) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ found }) => found)
}

function score({ kind, namespace, name }: WorkloadRef, text: string): number {
  const small = kind.toLowerCase()
  const names = [name, `${namespace}/${name}`, `${small}/${name}`, `${small}/${namespace}/${name}`, `${small} ${name}`]
  if (names.includes(text)) return 3
  if (names.some((one) => one.startsWith(text))) return 2
  return names.some((one) => one.includes(text)) ? 1 : 0
}
