'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useOverview } from '@/client/use-overview'
import { needsSomebody, troubledOf } from '@/core/graph/troubled'
import { unread } from '../status/unread'
import { useStream } from '../status/use-stream'

/** How many problems need somebody, on its icon in the navigation. Quiet at none, and a dash while that is not known. */
export function ProblemCount() {
  const t = useTranslations('problems')
  const overview = useOverview()
  const { watches } = useStream()
  const found = useMemo(() => (overview ? troubledOf(overview).filter(needsSomebody) : []), [overview])
  const known = overview !== undefined && unread(watches).state === 'none'
  const worst = found[0]?.severity
  return (
    <>
      <span
        aria-hidden="true"
        data-problems={known ? found.length : ''}
        className={clsx(
          'absolute -top-2 left-2.5 flex h-4 min-w-4 items-center justify-center rounded-full border px-1 text-caption leading-none tabular-nums',
          worst === 'crit' && 'border-crit bg-crit text-bg',
          worst === 'warn' && 'border-warn bg-warn-fill text-warn-ink',
          worst === undefined && 'border-line bg-surface text-text-3',
        )}
      >
        {known || found.length > 0 ? (found.length > 99 ? '99+' : found.length) : '–'}
      </span>
      <span className="sr-only">{known ? t('count', { count: found.length }) : t('countUnknown')} </span>
    </>
  )
}
