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

/** What a Service, or one port of it, with nothing ready lives on, and until when. */
export function FallbackNote({ fallback }: { fallback: Fallback }) {
  const t = useTranslations('readiness')
  const { endpoints, endsBy, port } = fallback
  return (
    <p className="text-small wrap-anywhere" data-fallback={endpoints}>
      {port === null ? t('fallback', { count: endpoints }) : t('fallbackOfPort', { port, count: endpoints })}{' '}
      {endsBy !== null && t.rich('fallbackEnds', { time: () => <Moment at={endsBy} /> })}
    </p>
  )
}
