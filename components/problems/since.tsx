'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Age } from '../ui/age'

/** Since when, as far as it is known: the newest time of what decides the problem. */
export function Since({ at }: { at: number | null }) {
  const t = useTranslations('problems')
  const format = useFormatter()
  if (at === null) return <span className="text-text-3">{t('sinceUnknown')}</span>
  const time = format.dateTime(at, { dateStyle: 'medium', timeStyle: 'long', hourCycle: 'h23' })
  return (
    <span title={t('sinceMeaning', { time })} className="text-text-2 tabular-nums">
      <Age at={at} />
    </span>
  )
}
