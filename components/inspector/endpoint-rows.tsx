'use client'
// Endpoints as rows of which only those on the screen exist: 1,500 in one Service are as reachable as three.

import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react'
import { addShares } from '@/client/numbers'
import { type PolicyCuts, usePolicyCuts } from '@/client/policy-cuts'
import type { EndpointDetail, SliceDetail } from '@/core/graph/types'
import type { Reason } from '@/core/model/reason'
import type { PortRoute } from '@/core/proxy/route'
import type { EndpointStanding } from '@/core/readiness/types'
import { GroupHeader } from '../readiness/group-header'
import type { Entry } from './endpoint-entries'
import { EndpointRow, type Verdict } from './endpoint-row'

/** Which workloads are folded away. */
type Folds = {
  readonly isOpen: (workload: string) => boolean
  readonly onToggle: (workload: string) => void
}

type EndpointRowsProps = {
  readonly label: string
  readonly entries: readonly Entry[]
  readonly slices: readonly SliceDetail[]
  readonly route: PortRoute | undefined
  /** By `slice#index`: what is told of endpoints that are not simply ready. */
  readonly standings?: ReadonlyMap<string, EndpointStanding>
  readonly folds?: Folds
  readonly empty: ReactNode
}

export function EndpointRows({ label, entries, slices, route, standings, folds, empty }: EndpointRowsProps) {
  const scroller = useRef<HTMLUListElement>(null)
  const stateOf = usePolicyCuts()?.stateOf
  const verdicts = useMemo(() => verdictsByPlace(route, stateOf), [route, stateOf])
  const bySlice = useMemo(() => new Map(slices.map((one) => [`${one.namespace}/${one.name}`, one])), [slices])
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isGroup(entries[index]) ? 60 : 116),
    getItemKey: (index) => entries[index]?.key ?? index,
    overscan: 4,
  })
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Home' && event.key !== 'End') return
    event.preventDefault()
    virtual.scrollToIndex(event.key === 'Home' ? 0 : entries.length - 1)
  }
  if (entries.length === 0) return <p className="flex-1 px-5 py-4 text-text-2">{empty}</p>
  return (
    <ul
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
      data-total={entries.filter((entry) => !isGroup(entry)).length}
      className="relative min-h-60 flex-1 overflow-y-auto -outline-offset-2"
    >
      <li aria-hidden="true" style={{ height: virtual.getTotalSize() }} />
      {virtual.getVirtualItems().map((item) => {
        const entry = entries[item.index]
        if (!entry) return null
        return (
          <li
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-posinset={item.index + 1}
            aria-setsize={entries.length}
            style={{ transform: `translateY(${item.start}px)` }}
            className="absolute inset-x-0 top-0 border-b border-line px-5 py-2.5"
          >
            {'group' in entry ? (
              <GroupHeader
                group={entry.group}
                open={folds?.isOpen(entry.group.workload) ?? true}
                onToggle={() => folds?.onToggle(entry.group.workload)}
              />
            ) : (
              <EndpointRow
                endpoint={entry.endpoint}
                slice={bySlice.get(entry.endpoint.slice)}
                verdict={verdicts.get(placeOf(entry.endpoint))}
                standing={standings?.get(placeOf(entry.endpoint))}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

const isGroup = (entry: Entry | undefined) => entry !== undefined && 'group' in entry

const placeOf = ({ slice, index }: EndpointDetail) => `${slice}#${index}`

// A place in a slice may give several endpoints (a port name twice) or none, then with the reason it was left out.
function verdictsByPlace(
  route: PortRoute | undefined,
  stateOf: PolicyCuts['stateOf'] | undefined,
): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>()
  const add = (
    place: string,
    next: { key?: string; port?: number; probability: number | undefined; chosen: boolean; reason: Reason },
  ) => {
    const known = verdicts.get(place)
    verdicts.set(place, {
      ports: [...(known?.ports ?? []), ...(next.port === undefined ? [] : [next.port])],
      probability: known ? addShares(known.probability, next.probability) : next.probability,
      chosen: known?.chosen || next.chosen,
      reason: known?.chosen ? known.reason : next.reason,
      policy: known?.policy ?? (next.chosen && next.key !== undefined ? stateOf?.(next.key) : undefined),
    })
  }
  for (const one of route?.leftOut ?? []) add(`${one.slice}#${one.index}`, { ...one, probability: 0, chosen: false })
  for (const one of route?.endpoints ?? []) add(`${one.slice}#${one.index}`, one)
  return verdicts
}
