'use client'

import { useTranslations } from 'next-intl'
import type { ServiceDetail } from '@/core/graph/types'
import { CommandBlock } from '../ui/copy'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { hintsCommand } from './hints-command'

/** Per family: who gave the hints, or why the controller gives none, with the command that would change it. */
export function WhyNoHints({ service }: { service: ServiceDetail }) {
  const t = useTranslations('inspector')
  const without = service.hints.filter((one) => one.state !== 'all' && one.reasons.length > 0)
  if (without.length === 0) return null
  const command = hintsCommand(service)
  const several = service.hints.length > 1
  return (
    <section className="px-5 py-4">
      <h3 className="mb-2 flex items-center gap-2 text-card">
        <SeverityGlyph severity="info" size={15} />
        {t('whyNoHints')}
      </h3>
      {without.map((one) => (
        <ul key={one.family} className="mb-2 flex flex-col gap-1.5 text-text-2">
          {one.reasons.map((reason) => (
            <li key={reason.code} className="wrap-anywhere" data-hint-reason={reason.code}>
              {several && <span className="text-text-3">{one.family}: </span>}
              <ReasonText reason={reason} />
            </li>
          ))}
        </ul>
      ))}
      {command !== undefined && <CommandBlock command={command} />}
    </section>
  )
}
