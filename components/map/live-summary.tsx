'use client'
import { useTranslations } from 'next-intl'
import { useChangeCounts } from '@/client/change-rate'

const everyFiveSeconds = { windowMs: 5000, above: 0 }

/** Read out, never drawn: one sentence per five seconds however much changes. */
export function LiveSummary() {
  const t = useTranslations('map')
  const counts = useChangeCounts(everyFiveSeconds)
  const count = [...counts.values()].reduce((sum, one) => sum + one, 0)
  return (
    <p className="sr-only" role="status" data-live-summary="">
      {count > 0 && t('live', { count })}
    </p>
  )
}
