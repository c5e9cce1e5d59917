'use client'

import { useTranslations } from 'next-intl'
import type { Beside } from '@/core/endpoints/beside'
import { SeverityGlyph } from '../ui/glyphs'
import { ScrollRegion } from '../ui/scroll-region'
import { DataText } from '../ui/value'

/** How many addresses shows at once; the rest is a number. */
const SHOWN = 200

/** What only one list has: the count and the reason first, the addresses behind it. */
export function BesideDifferences({ beside: { differences, unknown } }: { beside: Beside }) {
  const t = useTranslations('cost.beside')
  if (unknown.length > 0) return null
  if (differences.length === 0) return <p className="text-text-2">{t('same')}</p>
  return (
    <ul className="flex flex-col gap-2">
      {differences.map(({ side, code, isExpected, count, addresses }) => (
        <li key={`${side} ${code}`} data-difference={code} data-count={count}>
          <p className="flex items-start gap-2">
            <span className="mt-0.5">
              <SeverityGlyph severity={isExpected ? 'info' : 'warn'} size={14} />
            </span>
            <span className="min-w-0">
              <span className="sr-only">{t(isExpected ? 'expected' : 'unexpected')}: </span>
              {t(`difference.${code}`, { count })}
            </span>
          </p>
          <details className="ml-6">
            <summary className="cursor-pointer text-small text-text-2 hover:text-text">{t('which')}</summary>
            <ScrollRegion aria-label={t('which')} className="mt-1 max-h-60">
              <ul className="font-mono text-small">
                {addresses.slice(0, SHOWN).map((address) => (
                  <li key={address} data-address="">
                    <DataText className="wrap-anywhere">{address}</DataText>
                  </li>
                ))}
              </ul>
            </ScrollRegion>
            {count > SHOWN && <p className="text-small text-text-3">{t('more', { count: count - SHOWN })}</p>}
          </details>
        </li>
      ))}
    </ul>
  )
}
