'use client'

import { useLocale, useTranslations } from 'next-intl'
import { formatShare } from '@/client/numbers'
import { toldParts } from '@/core/explain/arrival'
import type { ShownExplanation } from '@/core/explain/shown'

/** Whether policies make what arrives another thing than what is chosen, or may do so. */
export const isLimited = ({ policy: { state } }: Pick<ShownExplanation, 'policy'>): boolean =>
  state === 'denied' || state === 'mixed' || state === 'unknown'

/** What becomes of what is chosen, in a few words: arrives 66 %, cut 33 %. Endpoints are counted where there are no shares. */
export function useArrivalText(): (explanation: Pick<ShownExplanation, 'arrival' | 'policy'>) => string {
  const t = useTranslations('explain')
  const locale = useLocale()
  return ({ arrival, policy: { counts } }) => {
    const said = toldParts(counts).map((part) => {
      const share = arrival[part]
      const to = t('endpoints', { count: counts[part] })
      return t(`arrival.${part}`, { share: share === undefined ? to : formatShare(share, locale) })
    })
    return said.join(', ')
  }
}
