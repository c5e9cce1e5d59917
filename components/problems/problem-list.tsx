'use client'

import { CircleCheck, CircleSlash, Loader } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { usePageFilter } from '@/client/use-page-filter'
import { type Troubled, troubledOf } from '@/core/graph/troubled'
import type { ServiceSummary } from '@/core/graph/types'
import type { Severity } from '@/core/model/reason'
import { DataTable } from '../lists/data-table'
import { filterNodes, filterServices } from '../lists/filter'
import { ListHeader } from '../lists/list-header'
import { unread } from '../status/unread'
import { useCluster, useStream } from '../status/use-stream'
import { Button } from '../ui/button'
import { SeverityGlyph } from '../ui/glyphs'
import { BrokenEntries } from './broken-entries'
import { focusOf } from './focus-of'
import { useProblemColumns } from './problem-columns'

/** Every problem as a row, the worst first. Opening one explains it beside the list. */
export function ProblemList() {
  const t = useTranslations('problems')
  const lists = useTranslations('lists')
  const overview = useOverview()
  const { query, change } = usePageQuery()
  const { focus } = query
  const filter = usePageFilter()
  const all = useMemo(() => (overview ? troubledOf(overview) : []), [overview])
  const rows = useMemo(() => {
    if (!overview) return []
    return troubledOf({
      services: filterServices(overview.services, filter),
      nodes: filterNodes(overview.nodes, filter),
    })
  }, [overview, filter])
  const columns = useProblemColumns(overview?.services ?? none)
  return (
    <>
      <ListHeader title={t('title')} shown={rows.length} total={all.length}>
        <Tally rows={rows} />
        <BrokenEntries />
      </ListHeader>
      <DataTable
        label={t('title')}
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        isCurrent={(row) => JSON.stringify(row.focus) === JSON.stringify(focus)}
        onOpen={(row) => change(focusOf(row))}
        empty={all.length > 0 ? lists('noMatch') : <NoProblems />}
      />
    </>
  )
}

const none: readonly ServiceSummary[] = []

const severities: readonly Severity[] = ['crit', 'warn', 'info']

function Tally({ rows }: { rows: readonly Troubled[] }) {
  const t = useTranslations('problems.tally')
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-small text-text-2">
      {severities.map((severity) => {
        const count = rows.filter((row) => row.severity === severity).length
        return count === 0 ? null : (
          <li key={severity} data-tally={severity} className="flex items-center gap-1.5">
            <SeverityGlyph severity={severity} size={13} />
            {t(severity, { count })}
          </li>
        )
      })}
    </ul>
  )
}

// Nodes that the demo has something to compare for; in front of a real cluster every node's page leads there.
function CompareLinks() {
  const t = useTranslations('problems')
  const cluster = useCluster()
  const { change } = usePageQuery()
  return cluster?.demoDumps.map((name) => (
    <Button key={name} onClick={() => change({ view: 'rules', focus: { kind: 'Node', name }, tab: undefined })}>
      {t('compareNode', { node: name })}
    </Button>
  ))
}

/** Nothing found is good news only where everything could be looked at. */
function NoProblems() {
  const t = useTranslations('problems')
  const overview = useOverview()
  const { watches } = useStream()
  const { state, kinds } = unread(watches)
  const services = overview?.services.length ?? 0
  const said = {
    none: { icon: CircleCheck, tone: 'text-stay', title: t('none'), text: t('noneMeaning', { services }) },
    loading: { icon: Loader, tone: 'text-info', title: t('reading'), text: t('readingMeaning') },
    unseen: {
      ...{ icon: CircleSlash, tone: 'text-warn', title: t('unseen') },
      text: t('unseenMeaning', { kinds: kinds.map((kind) => `${kind}s`).join(', ') }),
    },
  }[overview ? state : 'loading']
  const Icon = said.icon
  return (
    <div
      data-no-problems={overview ? state : 'loading'}
      className="mx-auto flex max-w-130 flex-col items-center gap-2 px-2 py-14 text-center max-md:py-8"
    >
      <Icon size={28} strokeWidth={1.5} className={said.tone} aria-hidden="true" />
      <p className="text-title text-text">{said.title}</p>
      <p>{said.text}</p>
      {state === 'none' && <CompareLinks />}
    </div>
  )
}
