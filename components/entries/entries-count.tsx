'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useServiceEntries } from '@/client/use-entries'
import { SeverityGlyph } from '../ui/glyphs'

/** How many rules of Ingresses and routes name a Service, how many of them do not lead there, and the way to all of them. */
export function EntriesCount({ namespace, name }: { namespace: string; name: string }) {
  const t = useTranslations('entries')
  const { change } = usePageQuery()
  const { data, isPlaceholderData } = useServiceEntries({ namespace, name })
  if (!data || isPlaceholderData) return null
  const { count, broken, notKnown } = data
  const none = notKnown.length > 0 ? 'noRulesKnown' : 'noRules'
  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-2" data-entries-count={count} data-entries-broken={broken}>
      {broken > 0 && <SeverityGlyph severity="warn" size={14} />}
      <span className="text-text-2">{count === 0 ? t(none) : t('lead', { count, broken })}</span>
      <button
        type="button"
        onClick={() => change({ tab: 'entries' })}
        className="min-h-6 text-text-2 underline decoration-line-2 underline-offset-2 hover:text-text max-md:min-h-11"
      >
        {t('toTab')}
      </button>
    </p>
  )
}
