'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { formatShare } from '@/client/numbers'
import type { Reason } from '@/core/model/reason'
import { wordForStandIns } from '@/core/model/stand-in'
import { useSentences } from './sentences'
import { visibleText } from './visible-text'

/** The sentence of a reason; its shares (`share`, `…Share`, 0 to 1) are written as everywhere, and what is kept back from this reader is said to be hidden. A code without a sentence shows itself and its values: less readable, never hidden. */
export function useReasonText(): (reason: Reason) => string {
  const t = useSentences('reasons')
  const hidden = useTranslations('share')('hiddenInText')
  const locale = useLocale()
  return useCallback(
    (reason) => {
      const values = Object.fromEntries(
        Object.entries(reason.values).map(([name, value]) => [
          name,
          typeof value === 'string'
            ? visibleText(wordForStandIns(value, hidden))
            : isShare(name)
              ? formatShare(value, locale)
              : value,
        ]),
      )
      if (t.has(reason.code)) return t(reason.code, values)
      const listed = Object.entries(values).map(([name, value]) => `${name}=${value}`)
      return [reason.code, ...listed].join(' ')
    },
    [t, locale, hidden],
  )
}

const isShare = (name: string) => name === 'share' || name.endsWith('Share')

export function ReasonText({ reason }: { reason: Reason }) {
  return <bdi>{useReasonText()(reason)}</bdi>
}
