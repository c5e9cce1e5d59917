'use client'
// Reasons come from core as data; their sentences are in messages/en/reasons.json, their short forms for cards in map.json.

import { useTranslations } from 'next-intl'
import type { Reason } from '@/core/model/reason'

/** The few words a pod card has room for; a code without a short form gives its sentence. */
export function useShortReason(reason: Reason | undefined): string | undefined {
  const map = useTranslations('map')
  const sentence = useReasonText()
  if (!reason) return undefined
  const key = `why.${reason.code}`
  return map.has(key as never) ? map(key as never, reason.values as never) : sentence(reason)
}

/** Gives the sentence of a reason. */
export function useReasonText(): (reason: Reason) => string {
  const reasons = useTranslations('reasons')
  return (reason) =>
    reasons.has(reason.code as never) ? reasons(reason.code as never, reason.values as never) : reason.code
}
