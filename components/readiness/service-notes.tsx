'use client'

import { useTranslations } from 'next-intl'
import type { ServiceReadiness } from '@/core/readiness/types'
import { Causes } from './causes'
import { FallbackNote } from './standing'

/** What is to be known of a Service's endpoints as a whole: the fallback, published addresses, selected pods that no slice names. */
export function ServiceReadinessNotes({ readiness }: { readiness: ServiceReadiness | undefined }) {
  const t = useTranslations('readiness')
  if (!readiness) return null
  const { fallback, leftOut, publishNotReadyAddresses, published } = readiness
  if (!fallback && leftOut.length === 0 && !publishNotReadyAddresses) return null
  return (
    <div className="flex flex-col gap-1.5 border-b border-line px-5 py-2.5">
      {fallback && <FallbackNote fallback={fallback} />}
      {publishNotReadyAddresses && (
        <p className="text-small text-text-2" data-published={published}>
          {t('publishes', { count: published })}
        </p>
      )}
      <Causes causes={leftOut.map(({ reason }) => reason)} />
    </div>
  )
}
