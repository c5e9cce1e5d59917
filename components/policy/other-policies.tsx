'use client'

import { useTranslations } from 'next-intl'
import { useCluster } from '../status/use-stream'
import { SeverityGlyph } from '../ui/glyphs'
import { visibleText } from '../ui/visible-text'

/** That the cluster serves policies of other kinds, which are not read. */
export function OtherPolicies({ className = '' }: { className?: string }) {
  const t = useTranslations('policy')
  const kinds = useCluster()?.otherPolicies ?? []
  if (kinds.length === 0) return null
  return (
    <p className={`flex max-w-prose items-start gap-2 text-text-2 ${className}`} data-other-policies={kinds.length}>
      <SeverityGlyph severity="warn" className="mt-0.5" />
      {t('otherKinds', { kinds: kinds.map(visibleText).join(', ') })}
    </p>
  )
}
