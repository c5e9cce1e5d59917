'use client'

import { useTranslations } from 'next-intl'
import { Fragment, type ReactNode } from 'react'
import { aroundStandIns, standInKind } from '@/core/model/stand-in'
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

/** A text, with the bar for what is kept back in it; what is said in its place differs from reader to reader and tells nothing. */
export function Shown({
  text,
  children = visibleText(text ?? ''),
}: {
  text: string | undefined
  children?: ReactNode
}) {
  const parts = text === undefined ? [] : aroundStandIns(text)
  if (!parts.some((part) => standInKind(part) !== undefined)) return children
  return parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
    <Fragment key={at}>{standInKind(part) === undefined ? visibleText(part) : <HiddenValue />}</Fragment>
  ))
}
