// Where a key leads in a list.

/** How many rows a key of the list steps. */
export function stepOf(key: string, rows: number): number {
  return { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -rows, End: rows }[key] ?? 0
}

type GroupStep<Row> = {
  readonly from: number
  readonly step: 1 | -1
  readonly groupOf: ((row: Row) => string | null) | undefined
}

/** The first row, in the order shown, of the next or previous group; undefined in a list without groups, or beyond its last. */
export function inNextGroup<Row>(rows: readonly Row[], { from, step, groupOf }: GroupStep<Row>): number | undefined {
  const row = rows[from]
  if (!groupOf || row === undefined) return undefined
  const groups = [...new Set(rows.map(groupOf))]
  const wanted = groups[groups.indexOf(groupOf(row)) + step]
  return wanted === undefined ? undefined : rows.findIndex((one) => groupOf(one) === wanted)
}
