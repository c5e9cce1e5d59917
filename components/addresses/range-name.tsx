'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import type { RangeFact } from '@/core/addresses/types'
import { DataText } from '../ui/value'

/** A range, which a press searches for. */
export function RangeName({ cidr }: { cidr: string }) {
  const { change } = usePageQuery()
  return (
    <button
      type="button"
      onClick={() => change({ text: cidr })}
      className="min-h-6 text-left font-mono font-semibold underline decoration-line-2 underline-offset-2 wrap-anywhere hover:decoration-current max-md:min-h-11"
    >
      <DataText>{cidr}</DataText>
    </button>
  )
}

/** Where the range is written down, or that it is inferred. */
export function RangeSource({ range }: { range: RangeFact }) {
  const t = useTranslations('addresses')
  return (
    <span className="text-small text-text-2 wrap-anywhere" data-range-source={range.source}>
      <bdi>{t(`source.${range.source}`, { object: range.object })}</bdi>
    </span>
  )
}
