// Numbers counted where things happen and read by /metrics. On globalThis, because the server in front of Next (plain Node) and
// Next's bundle count together.

import type { TallyName, tallied } from './definitions.ts'

type LabelsOf<Name extends TallyName> = Readonly<Record<(typeof tallied)[Name]['labels'][number], string>>
type Series = { readonly labels: Readonly<Record<string, string>>; value: number }

/** More series than this of one metric are a mistake: what comes after them is counted under `other`. */
export const maxSeries = 500

const place = Symbol.for('triplane.tallies')

function all(): Map<TallyName, Map<string, Series>> {
  const holder = globalThis as { [place]?: Map<TallyName, Map<string, Series>> }
  holder[place] ??= new Map()
  return holder[place]
}

/** Adds to one series (below zero only where the metric is a gauge). */
export function count<Name extends TallyName>(name: Name, labels: LabelsOf<Name>, by = 1): void {
  const known = all().get(name) ?? new Map<string, Series>()
  all().set(name, known)
  const kept = known.size < maxSeries || known.has(keyOf(labels)) ? labels : others(labels)
  const series = known.get(keyOf(kept)) ?? { labels: kept, value: 0 }
  series.value += by
  known.set(keyOf(kept), series)
}

/** Every series of a metric so far. */
export const counted = (name: TallyName): readonly Series[] => [...(all().get(name)?.values() ?? [])]

const keyOf = (labels: Series['labels']) => JSON.stringify(Object.entries(labels).sort())
const others = (labels: Series['labels']) => Object.fromEntries(Object.keys(labels).map((name) => [name, 'other']))
