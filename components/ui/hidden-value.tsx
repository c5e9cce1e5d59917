'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { standInKind } from '@/core/model/stand-in'
import { visibleText } from './visible-text'

/** Stands where a value is kept back from this reader: a hatched bar, read out as "hidden". */
function HiddenValue() {
  const t = useTranslations('share')
  return (
    <span className="hidden-value" title={t('hiddenValue')} data-hidden-value>
      <span className="sr-only">{t('hiddenValue')}</span>
    </span>
  )
}

/** A text, or the bar for one that is kept back; what is said in its place differs from reader to reader and tells nothing. */
export function Shown({
  text,
  children = visibleText(text ?? ''),
}: {
  text: string | undefined
  children?: ReactNode
}) {
  return text !== undefined && standInKind(text) !== undefined ? <HiddenValue /> : children
}
