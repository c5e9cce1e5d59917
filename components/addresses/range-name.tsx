'use client'

import { useTranslations } from 'next-intl'
import type { RangeFact } from '@/core/addresses/types'
import { PageLink } from '../ui/page-link'
import { DataText } from '../ui/value'
import { OwnerName } from './owner-name'

/** A range, which a press searches for. */
export function RangeName({ cidr }: { cidr: string }) {
  return (
    <PageLink to={{ text: cidr }} className="font-mono font-semibold">
      <DataText>{cidr}</DataText>
    </PageLink>
  )
}

/** Where the range is written down, or that it is inferred. */
export function RangeSource({ range }: { range: RangeFact }) {
  const t = useTranslations('addresses')
  const { source, object } = range
  const node = { kind: 'Node', namespace: '', name: object } as const
  return (
    <span className="text-small text-text-2 wrap-anywhere" data-range-source={source}>
      <bdi>{t.rich(`source.${source}`, { object, node: () => <OwnerName owner={node} /> })}</bdi>
    </span>
  )
}
