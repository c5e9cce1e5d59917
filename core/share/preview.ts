// Exactly what a link lets out, by name: read through the same audience as the link itself, so that nothing can be in the one and
// not in the other.

import type { GraphView } from '../graph/graph-view'

/** Names as the link's readers see them; stand-ins where a name is hidden. */
export type SharePreview = {
  readonly namespaces: readonly string[]
  readonly services: readonly string[]
  readonly slices: readonly string[]
  readonly pods: readonly string[]
  readonly nodes: readonly string[]
  readonly zones: readonly string[]
  /** Label keys of what is above, with the number of objects that carry each. */
  readonly labels: readonly { readonly key: string; readonly count: number }[]
}

/** What can be seen in a view. Hand in the view of the link's audience. */
export function previewOf(view: GraphView): SharePreview {
  const services = [...view.services()]
  const slices = [...view.slices()]
  const pods = [...view.pods()]
  const nodes = [...view.nodes()]
  return {
    namespaces: sorted([...view.namespaces()].map(({ name }) => name)),
    services: sorted(services.map(({ key }) => key)),
    slices: sorted(slices.map(({ key }) => key)),
    pods: sorted(pods.map(({ key }) => key)),
    nodes: sorted(nodes.map(({ name }) => name)),
    zones: sorted(nodes.flatMap(({ zone }) => (zone === undefined ? [] : [zone]))),
    labels: labelCounts([...services, ...slices, ...pods, ...nodes]),
  }
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort()

function labelCounts(records: readonly { readonly labels: ReadonlyMap<string, string> }[]): SharePreview['labels'] {
  const counts = new Map<string, number>()
  for (const { labels } of records) for (const key of labels.keys()) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
}
