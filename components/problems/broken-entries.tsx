'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useEntries } from '@/client/use-entries'
import { SeverityGlyph } from '../ui/glyphs'

/**
 * How many Ingresses, routes and Gateways have a broken reference, and the way to them: one that names no Service that is there has no
 * row among the problems of Services.
 */
export function BrokenEntries() {
  const t = useTranslations('problems')
  const { change } = usePageQuery()
  const { data } = useEntries('', 1)
  if (!data || data.broken === 0) return null
  return (
    <button
      type="button"
      data-broken-entries={data.broken}
      onClick={() => change({ view: 'entries', text: '', focus: undefined, tab: undefined })}
      className="flex min-h-6 items-center gap-1.5 text-left text-small text-text-2 underline decoration-line-2 underline-offset-2 hover:text-text max-md:min-h-11"
    >
      <SeverityGlyph severity="warn" size={13} />
      {t('brokenEntries', { count: data.broken })}
    </button>
  )
}
