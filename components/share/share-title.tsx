'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { formatRef } from '@/core/graph/page-refs'
import { DataText } from '../ui/value'

/** What the page is about, where other pages name their cluster. */
export function ShareTitle() {
  const t = useTranslations('share.view')
  const { query } = usePageQuery()
  const overview = useOverview()
  const names = query.namespaces.length > 0 ? query.namespaces : (overview?.namespaces ?? []).map(({ name }) => name)
  const [only] = names
  return (
    <p className="min-w-0 truncate text-card">
      {query.focus ? (
        <DataText>{formatRef(query.focus).slice(query.focus.kind.length + 1)}</DataText>
      ) : only !== undefined && names.length === 1 ? (
        t.rich('namespace', { name: () => <DataText>{only}</DataText> })
      ) : (
        names.length > 0 && t('namespaces', { count: names.length })
      )}
    </p>
  )
}
