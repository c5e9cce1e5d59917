'use client'

import { useTranslations } from 'next-intl'
import type { ServiceReadiness } from '@/core/readiness/types'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { FallbackNote } from './standing'

/** What is to be known of a Service's endpoints as a whole: the fallback, published addresses, slices that are held up. */
export function ServiceReadinessNotes({ readiness }: { readiness: ServiceReadiness | undefined }) {
  const t = useTranslations('readiness')
  if (!readiness) return null
  const { fallback, lagCause, publishNotReadyAddresses, published } = readiness
  if (!fallback && !lagCause && !publishNotReadyAddresses) return null
  return (
    <div className="flex flex-col gap-1.5 border-b border-line px-5 py-2.5">
      {fallback && <FallbackNote fallback={fallback} />}
      {publishNotReadyAddresses && (
        <p className="text-small text-text-2" data-published={published}>
          {t('publishes', { count: published })}
        </p>
      )}
      {lagCause && (
        <p className="flex items-start gap-2 text-small">
          <SeverityGlyph severity="warn" size={14} className="mt-0.5" />
          <ReasonText reason={lagCause} />
        </p>
      )}
    </div>
  )
}
