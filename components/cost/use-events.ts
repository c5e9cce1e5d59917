'use client'

import { useTranslations } from 'next-intl'
import type { EndpointEvents } from '@/core/cost/slice-change'

const kinds = ['added', 'removed', 'becameReady', 'becameUnready', 'terminating'] as const

/** `2 added, 1 became ready`: what became of endpoints. */
export function useEvents(): (events: EndpointEvents) => string {
  const t = useTranslations('cost.events')
  return (events) =>
    kinds
      .filter((kind) => events[kind] > 0)
      .map((kind) => t(kind, { count: events[kind] }))
      .join(', ')
}
