'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useServerNow } from '@/client/now'
import { ageOf } from '@/client/numbers'

/** `42 s`, `6 min`, `41 d`: how long ago, with the exact time on hover. */
export function Age({ at, className }: { at: number; className?: string }) {
  const format = useFormatter()
  const now = useServerNow()
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={format.dateTime(at, { dateStyle: 'medium', timeStyle: 'long', hourCycle: 'h23' })}
      className={className}
    >
      <Duration ms={now - at} />
    </time>
  )
}

export function Duration({ ms }: { ms: number }) {
  return <>{useAgeText()(ms)}</>
}

/** The text of an age for sentences that contain one. */
export function useAgeText(): (ms: number) => string {
  const t = useTranslations('shell')
  return (ms) => {
    const { value, unit } = ageOf(ms)
    return t(`age.${unit}`, { value })
  }
}
