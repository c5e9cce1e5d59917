'use client'

import { useTranslations } from 'next-intl'
import type { Verdict } from '@/core/explain/types'
import { SeverityGlyph } from '../ui/glyphs'

/** A verdict in a word or two, with the shape of its severity. */
export function VerdictWord({ verdict }: { verdict: Verdict }) {
  const t = useTranslations('explain')
  const isWell = verdict === 'forward' || verdict === 'answered'
  const severity = verdict === 'unknown' || verdict === 'mixed' ? 'warn' : 'crit'
  return (
    <span className="inline-flex items-center gap-1.5" data-verdict={verdict}>
      {!isWell && <SeverityGlyph severity={severity} />}
      <span className={isWell ? 'text-stay' : severity === 'warn' ? 'text-warn' : 'text-crit'}>
        {t(`short.${verdict}`)}
      </span>
    </span>
  )
}
