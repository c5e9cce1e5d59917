'use client'

import { ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { usePageFilter } from '@/client/use-page-filter'
import { isShown } from '@/core/graph/page-filter'
import { Button } from '../ui/button'

/** Over a map whose filter leaves no Service and no pod: otherwise it would look like an empty cluster. */
export function EmptyFilter() {
  const t = useTranslations('shell.emptyFilter')
  const { query, change } = usePageQuery()
  const overview = useOverview()
  const { focus } = query
  const filter = usePageFilter()
  const isEmpty = useMemo(() => {
    if (!overview || (filter.namespaces.length + filter.labels.length === 0 && !filter.scope)) return false
    return ![...overview.services, ...overview.pods].some((object) => isShown(object, filter))
  }, [overview, filter])
  // A Service in focus is shown whatever the filter says.
  if (!isEmpty || focus) return null
  return (
    <section
      aria-label={t('title')}
      data-empty-filter
      className="absolute top-[18%] left-1/2 z-10 flex w-[min(480px,calc(100%-32px))] -translate-x-1/2 gap-3 rounded-dialog border border-line-2 bg-surface p-5 shadow-2"
    >
      <ListFilter size={20} strokeWidth={1.75} className="mt-0.5 shrink-0 text-text-2" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-3">
        <h2 className="text-title">{t('title')}</h2>
        <p className="text-text-2">{t('rest')}</p>
        <Button look="primary" onClick={() => change({ namespaces: [], labels: [], workload: undefined })}>
          {t('clear')}
        </Button>
      </div>
    </section>
  )
}
