'use client'

import { usePageQuery } from '@/client/url-state'
import { type PageSum, startSum } from '@/core/graph/page-sum'

/** The figures of the page, which live in its URL, and how to change some. Trying numbers makes no steps for Back. */
export function useSum(): { sum: PageSum; set: (part: Partial<PageSum>) => void } {
  const { query, change } = usePageQuery()
  const sum = query.sum ?? startSum
  return { sum, set: (part) => change({ sum: { ...sum, ...part } }, 'replace') }
}
