// biome-ignore-all lint/a11y/useSemanticElements: rows of a table element cannot be placed one by one over a scroller
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
'use client'
// A table of which only the rows on the screen exist, however many there are. Arrows move, Enter opens, a heading sorts.

import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { PHONE, useMedia } from '@/client/media'
import { collator } from '@/client/overview-index'
import { preferences } from '@/client/preferences'
import { select, selection } from '@/client/selection'
import { pressed } from '../ui/shortcuts'
import { inNextGroup, stepOf } from './row-steps'

export type Column<Row> = {
  readonly id: string
  readonly title: string
  /** Width as a grid track, e.g. `minmax(160px, 1.5fr)`. */
  readonly width: string
  readonly cell: (row: Row) => ReactNode
  /** What the column is sorted by; without it, it is not. */
  readonly sortBy?: (row: Row) => string | number
  readonly numeric?: boolean
  /** Where it stands on a card, the form of a row on a phone; without it, it is left out there. */
  readonly card?: 'lead' | 'side' | 'below'
}

type DataTableProps<Row> = {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowId: (row: Row) => string
  readonly onOpen?: (row: Row) => void
  readonly isCurrent?: (row: Row) => boolean
  /** What `[` and `]` step over: a node's zone. */
  readonly groupOf?: (row: Row) => string | null
  readonly rowHeight?: number
  /** In a panel: its parent scrolls no further than `maxHeight`. */
  readonly className?: string
  readonly empty: ReactNode
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, rowId, onOpen, isCurrent, groupOf, rowHeight = 40 } = props
  const phone = useMedia(PHONE)
  const columns = props.columns
  const [sort, setSort] = useState<{ id: string; descending: boolean }>()
  const [active, setActive] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const sorted = useMemo(
    () =>
      sortRows(
        rows,
        props.columns.find((column) => column.id === sort?.id),
        sort?.descending,
      ),
    [rows, props.columns, sort],
  )
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (phone ? 64 : rowHeight),
    getItemKey: (index) => {
      const row = sorted[index]
      return row === undefined ? index : rowId(row)
    },
    overscan: 8,
  })
  // A list that a key chose is entered at once: the next key moves in it.
  useEffect(() => {
    if (!selection().entering) return
    select({ entering: false })
    scroller.current?.focus({ preventScroll: true })
  }, [])
  const tracks = { gridTemplateColumns: columns.map((column) => column.width).join(' ') }

  function onKeyDown(event: KeyboardEvent) {
    const found = pressed('list', event, preferences().letters)
    if (!found || event.target instanceof HTMLInputElement) return
    const row = sorted[active]
    if (found.id === 'open') {
      if (row !== undefined && event.target === event.currentTarget) onOpen?.(row)
      return
    }
    const next =
      found.id === 'zone'
        ? inNextGroup(sorted, { from: active, step: found.key === ']' ? 1 : -1, groupOf })
        : Math.min(sorted.length - 1, Math.max(0, active + stepOf(found.key, sorted.length)))
    if (next === undefined) return
    event.preventDefault()
    setActive(next)
    virtual.scrollToIndex(next)
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={sorted.length + 1}
      aria-activedescendant={sorted[active] !== undefined ? cellId(label, active) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={clsx('group/grid min-h-0 flex-1 overflow-auto -outline-offset-2', props.className)}
    >
      <div style={phone ? undefined : { minWidth: leastWidth(columns) }}>
        {!phone && (
          <div
            role="row"
            aria-rowindex={1}
            style={tracks}
            className="sticky top-0 z-1 grid items-center gap-x-3 border-b border-line bg-surface px-4 text-text-3"
          >
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={setSort} />
            ))}
          </div>
        )}
        {sorted.length === 0 && (
          <div role="row" tabIndex={-1}>
            <div role="gridcell" tabIndex={-1} className="p-6 text-text-2">
              {props.empty}
            </div>
          </div>
        )}
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = sorted[item.index]
            if (row === undefined) return null
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid, which has the focus
              <div
                key={item.key}
                ref={virtual.measureElement}
                id={cellId(label, item.index)}
                data-index={item.index}
                data-row={rowId(row)}
                role="row"
                tabIndex={-1}
                aria-rowindex={item.index + 2}
                aria-selected={isCurrent?.(row) ?? false}
                onClick={() => {
                  setActive(item.index)
                  onOpen?.(row)
                }}
                style={{ ...(phone ? {} : tracks), transform: `translateY(${item.start}px)` }}
                className={clsx(
                  'absolute inset-x-0 top-0 border-b border-line px-4 py-2',
                  phone
                    ? 'grid min-h-16 grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1'
                    : 'grid items-center gap-x-3',
                  onOpen && 'cursor-pointer hover:bg-raised',
                  isCurrent?.(row) && 'bg-raised shadow-[inset_3px_0_0_var(--ink)]',
                  item.index === active &&
                    'group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 group-focus-visible/grid:outline-ring',
                )}
              >
                {phone
                  ? CARD_PLACES.map((place) => (
                      <div
                        key={place}
                        role="gridcell"
                        className={clsx('min-w-0', place === 'side' && 'text-right', place === 'below' && 'col-span-2')}
                      >
                        {columns
                          .filter((column) => column.card === place)
                          .map((column) => (
                            <div key={column.id}>{column.cell(row)}</div>
                          ))}
                      </div>
                    ))
                  : columns.map((column) => (
                      <div key={column.id} role="gridcell" className={clsx('min-w-0', column.numeric && 'text-right')}>
                        {column.cell(row)}
                      </div>
                    ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

const CARD_PLACES = ['lead', 'side', 'below'] as const

type Sort = { readonly id: string; readonly descending: boolean } | undefined
type HeaderCellProps<Row> = {
  readonly column: Column<Row>
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const own = sort?.id === column.id ? sort : undefined
  const Arrow = own?.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-sort={own ? (own.descending ? 'descending' : 'ascending') : undefined}
      className={clsx('flex min-h-9 min-w-0 items-center text-caption leading-3.5', column.numeric && 'justify-end')}
    >
      {column.sortBy ? (
        <button
          type="button"
          className="flex min-h-7 min-w-0 items-center gap-1 hover:text-text"
          onClick={() => onSort(own?.descending ? undefined : { id: column.id, descending: own !== undefined })}
        >
          <span className="min-w-0 text-left">{column.title}</span>
          {own && <Arrow size={12} strokeWidth={2} aria-hidden="true" className="shrink-0" />}
        </button>
      ) : (
        <span className="min-w-0">{column.title}</span>
      )}
    </div>
  )
}

function sortRows<Row>(rows: readonly Row[], column: Column<Row> | undefined, descending = false): readonly Row[] {
  const by = column?.sortBy
  if (!by) return rows
  const compare = (a: Row, b: Row) => {
    const [x, y] = [by(a), by(b)]
    return typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y))
  }
  return [...rows].sort((a, b) => (descending ? -compare(a, b) : compare(a, b)))
}

// The narrowest the tracks may get, with their gaps and the row's padding; below that the table scrolls sideways.
function leastWidth(columns: readonly { readonly width: string }[]): number {
  const tracks = columns.map(({ width }) => Number(/(\d+)px/.exec(width)?.[1] ?? 0))
  return tracks.reduce((sum, track) => sum + track + 12, 20)
}

function cellId(label: string, index: number): string {
  return `${label.replace(/\W+/g, '-')}-row-${index}`
}
