// The lines of a prediction in the order in which they are read: Service by Service, what stands without any at the end.

import type { PredictedLine } from '@/core/rules/types'

export type LineRow =
  | { readonly kind: 'head'; readonly service: string | undefined; readonly count: number }
  /** `number`: its place in the prediction, which is the order of the dump. */
  | { readonly kind: 'line'; readonly line: PredictedLine; readonly number: number }

/** Each Service's lines below its head; those of no Service come last, and only their head while `folded`. */
export function lineRows(lines: readonly PredictedLine[], folded: boolean): readonly LineRow[] {
  const groups = new Map<string | undefined, LineRow[]>()
  for (const [at, line] of lines.entries()) {
    const row: LineRow = { kind: 'line', line, number: at + 1 }
    const own = groups.get(line.service)
    if (own) own.push(row)
    else groups.set(line.service, [row])
  }
  const base = groups.get(undefined)
  groups.delete(undefined)
  const rows: LineRow[] = []
  const add = (service: string | undefined, own: readonly LineRow[], open: boolean) => {
    rows.push({ kind: 'head', service, count: own.length })
    if (open) for (const row of own) rows.push(row)
  }
  for (const service of [...groups.keys()].sort()) add(service, groups.get(service) ?? [], true)
  if (base) add(undefined, base, !folded)
  return rows
}
