'use client'

import { useTranslations } from 'next-intl'
import { SeverityGlyph } from '../ui/glyphs'

const codes = [
  'shares-off',
  'share-nothing-to-see',
  'share-too-large',
  'share-not-found',
  'share-no-owner',
  'share-store-full',
  'share-store-busy',
  'share-store-unavailable',
  'share-too-many',
  'too-often',
] as const

/** Why the server did not do it. */
export function Refusal({ error }: { error: Error | null }) {
  const t = useTranslations('share.refusal')
  if (!error) return null
  return (
    <p role="alert" className="flex items-start gap-2 text-text">
      <SeverityGlyph severity="crit" size={15} className="mt-0.5" />
      {t(codes.find((code) => code === error.message) ?? 'other')}
    </p>
  )
}
