'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useOverview } from '@/client/use-overview'
import { steadyIds, steadyWorst } from '@/core/graph/steady-problems'
import { needsSomebody, troubledOf } from '@/core/graph/troubled'
import { unread } from '../status/unread'
import { useStream } from '../status/use-stream'
import { useSteady } from './use-steady'

/** How many problems need somebody, on its icon in the navigation. Steady while pods are replaced, quiet at none, and a dash while that is not known. */
export function ProblemCount() {
  const t = useTranslations('problems')
  const overview = useOverview()
  const { watches } = useStream()
  const found = useMemo(() => overview && troubledOf(overview).filter(needsSomebody), [overview])
  const steady = useSteady(found)
  const known = steady !== undefined && unread(watches).state === 'none'
  const count = steady ? steadyIds(steady).length : 0
  const worst = steady && steadyWorst(steady)
  return (
    <>
      <span
        aria-hidden="true"
        data-problems={known ? count : ''}
        className={clsx(
          'absolute -top-2 left-2.5 flex h-4 min-w-4 items-center justify-center rounded-full border px-1 text-caption leading-none tabular-nums',
          worst === 'crit' && 'border-crit bg-crit text-bg',
          worst === 'warn' && 'border-warn bg-warn-fill text-warn-ink',
          worst === undefined && 'border-line bg-surface text-text-3',
        )}
      >
        {known || count > 0 ? (count > 99 ? '99+' : count) : '–'}
      </span>
      <span className="sr-only">{known ? t('count', { count }) : t('countUnknown')} </span>
    </>
  )
}
