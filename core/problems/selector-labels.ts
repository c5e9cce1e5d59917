// Which label of a selector nobody has: told where the pods of the namespace are at hand, which is the page and view.json, not the
// check. A check would have to be asked again for every pod of the namespace.

import type { Reason } from '../model/reason'
import type { Problem } from './types'

type Labels = readonly (readonly [name: string, value: string])[]
type Labelled = { readonly namespace: string; readonly labels: Labels }

/** Whether the counts of labels belong to this problem's evidence. */
export const isDeadSelector = ({ code }: Pick<Problem, 'code'>): boolean => code === 'service-selects-no-pods'

/** The problem with the counts as its first evidence, if it is one of a selector that selects nothing. */
export function withLabelCounts(problem: Problem, counts: readonly Reason[]): Problem {
  return isDeadSelector(problem) && counts.length > 0
    ? { ...problem, evidence: [...counts, ...problem.evidence] }
    : problem
}

/** For each label of the selector, how many pods of the namespace carry it; the rarest first. */
export function labelCounts(selector: Labels, pods: Iterable<Labelled>, namespace: string): readonly Reason[] {
  const counts = selector.map(([name, value]) => ({ name, value, pods: 0 }))
  for (const pod of pods) {
    if (pod.namespace !== namespace) continue
    for (const label of counts) {
      if (pod.labels.some(([name, value]) => name === label.name && value === label.value)) label.pods += 1
    }
  }
  return counts
    .sort((a, b) => a.pods - b.pods)
    .map(({ name, value, pods: count }) => ({
      code: 'evidence-label-count',
      values: { label: `${name}=${value}`, pods: count },
    }))
}
