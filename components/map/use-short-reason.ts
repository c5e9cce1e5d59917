'use client'
// Reasons come from core as data: sentences in messages/en/reasons.json, the few words a card has room for in map.json.

import { useReasonText } from '@/components/ui/reason'
import type { Reason } from '@/core/model/reason'
import { useMapText } from './use-map-text'

/** The short form of a reason; a code without one gives its sentence. */
export function useShortReason(reason: Reason | undefined): string | undefined {
  const t = useMapText()
  const sentence = useReasonText()
  if (!reason) return undefined
  const key = `why.${reason.code}`
  return t.has(key) ? t(key, reason.values) : sentence(reason)
}
