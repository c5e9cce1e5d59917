'use client'

import { useTranslations } from 'next-intl'
import type { EndpointLag, Fallback } from '@/core/readiness/types'
import { Age } from '../ui/age'
import { Moment } from './moment'

/** The slice says something else than the pod: what, and since when each. */
export function Lag({ lag }: { lag: EndpointLag }) {
  const t = useTranslations('readiness')
  const { expected, podChangedAt, sliceChangedAt } = lag
  return (
    <p className="text-small text-text-2 wrap-anywhere" data-lag>
      {t('lag', {
        ready: String(expected.ready),
        serving: String(expected.serving),
        terminating: String(expected.terminating),
      })}{' '}
      {podChangedAt !== null && t.rich('lagPod', { age: () => <Age at={podChangedAt} /> })}{' '}
      {sliceChangedAt !== null && t.rich('lagSlice', { age: () => <Age at={sliceChangedAt} /> })}
    </p>
  )
}

/** What a Service with nothing ready lives on, and until when. */
export function FallbackNote({ fallback }: { fallback: Fallback }) {
  const t = useTranslations('readiness')
  const { endpoints, endsBy } = fallback
  return (
    <p className="text-small wrap-anywhere" data-fallback={endpoints}>
      {t('fallback', { count: endpoints })}{' '}
      {endsBy !== null && t.rich('fallbackEnds', { time: () => <Moment at={endsBy} /> })}
    </p>
  )
}
