'use client'

import { useFormatter } from 'next-intl'

/** A moment to come, or past, as a time of day in the reader's own zone. */
export function Moment({ at }: { at: number }) {
  const format = useFormatter()
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={format.dateTime(at, { dateStyle: 'medium', timeStyle: 'long', hourCycle: 'h23' })}
      className="tabular-nums"
    >
      {format.dateTime(at, { timeStyle: 'medium', hourCycle: 'h23' })}
    </time>
  )
}
