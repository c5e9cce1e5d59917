'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useServerNow } from '@/client/now'
import { Duration } from '../ui/age'

/** Since when, as far as it is known: the newest time of what decides the problem. */
export function Since({ at }: { at: number | null }) {
  const t = useTranslations('problems')
  const format = useFormatter()
  const now = useServerNow()
  if (at === null) return <span className="text-text-3">{t('sinceUnknown')}</span>
  const time = format.dateTime(at, { dateStyle: 'medium', timeStyle: 'long', hourCycle: 'h23' })
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={t('sinceMeaning', { time })}
      className="text-text-2 tabular-nums"
    >
      <Duration ms={now - at} />
    </time>
  )
}
