'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { type Change, useChanges } from '@/client/changes'
import { useServerNow } from '@/client/now'
import { usePageQuery } from '@/client/url-state'
import { useChurn } from '@/client/use-cost'
import { useLive } from '@/client/use-graph'
import type { EndpointChange } from '@/core/cost/churn'
import type { FocusRef } from '@/core/graph/page-refs'
import type { GraphObject } from '@/core/graph/types'
import { splitKey } from '@/core/model/keys'
import { useEvents } from '../cost/use-events'
import { Duration } from '../ui/age'
import { Button } from '../ui/button'
import { useSentences } from '../ui/sentences'
import { DataText } from '../ui/value'
import { ownChanges } from './own-changes'

const FEW = 8

/** What changed in the last half hour: endpoints, as the server saw them, and the rest since this page opened. */
export function ChangeList() {
  const t = useTranslations('shell.now')
  const cost = useTranslations('cost')
  const { change } = usePageQuery()
  const { rows, isWhole } = useRows()
  const [all, setAll] = useState(false)
  return (
    <section className="px-5 py-4" data-changes={rows.length}>
      <div className="mb-2 flex flex-wrap justify-between gap-x-3 text-text-3">
        <h3 className="text-caption">{t('changes')}</h3>
        <span className="text-small">{t(isWhole ? 'lastHalfHour' : 'sinceOpened')}</span>
      </div>
      <Button className="mb-2" onClick={() => change({ view: 'cost' })}>
        {cost('open')}
      </Button>
      {rows.length === 0 && <p className="text-text-3">{t('noChanges')}</p>}
      <ol className={all ? 'max-h-96 overflow-y-auto' : undefined}>
        {(all ? rows : rows.slice(0, FEW)).map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same object may change twice in one frame
          <ChangeRow key={`${row.name}/${row.at}/${i}`} row={row} />
        ))}
      </ol>
      {rows.length > FEW && (
        <Button className="mt-3" onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('allChanges', { count: rows.length })}
        </Button>
      )}
    </section>
  )
}

type Row = {
  /** The server's time. */
  readonly at: number
  readonly name: string
  readonly focus: FocusRef | undefined
  readonly text: ReactNode
}

// The log of the server knows what happened before the page was opened, and endpoints alone; where it is not told, what the
// page has seen for itself.
function useRows(): { rows: readonly Row[]; isWhole: boolean } {
  const { data: churn } = useChurn()
  const changes = useChanges()
  const { clockOffset } = useLive()
  const own = ownChanges(changes, churn, clockOffset)
  const rows = [
    ...own.map((one) => ({
      at: one.at + clockOffset,
      name: nameOf(one.object),
      focus: refOf(one.object),
      text: <ChangeText change={one} />,
    })),
    ...(churn?.changes ?? []).map((one) => ({
      at: one.at + (churn?.bucketMs ?? 0),
      name: one.service,
      focus: { kind: 'Service', ...splitKey(one.service) } as const,
      text: <EventText change={one} />,
    })),
  ]
  return { rows: rows.sort((a, b) => b.at - a.at), isWhole: churn != null }
}

function ChangeRow({ row: { at, name, focus, text } }: { row: Row }) {
  const now = useServerNow()
  const { change } = usePageQuery()
  return (
    <li className="flex gap-3 py-0.5">
      <span className="w-12 shrink-0 text-text-3">
        <Duration ms={Math.max(0, now - at)} />
      </span>
      <button
        type="button"
        className="min-w-0 text-left hover:underline"
        onClick={() => change({ focus, tab: undefined })}
      >
        <DataText className="wrap-anywhere">{name}</DataText> <span className="text-text-2">{text}</span>
      </button>
    </li>
  )
}

function EventText({ change }: { change: EndpointChange }) {
  const events = useEvents()
  return <>{events(change)}</>
}

function ChangeText({ change }: { change: Change }) {
  const t = useTranslations('shell.change')
  const condition = useSentences('shell.condition')
  const { what } = change
  if (what.code === 'endpoints') return <>{t('endpoints', { from: what.from, to: what.to })}</>
  if (what.code !== 'condition') return <>{t(what.code)}</>
  return <>{t('condition', { from: condition(what.from), to: condition(what.to) })}</>
}

function nameOf(object: GraphObject): string {
  return object.id.slice(object.id.indexOf(':') + 1)
}

function refOf(object: GraphObject): FocusRef | undefined {
  if (object.kind === 'NodeSummary') return { kind: 'Node', name: object.name }
  if (object.kind === 'ServiceSummary') return { kind: 'Service', namespace: object.namespace, name: object.name }
  if (object.kind === 'PodSummary') return { kind: 'Pod', namespace: object.namespace, name: object.name }
  return undefined
}
