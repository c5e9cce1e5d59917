'use client'

import { useCallback } from 'react'
import type { Reason } from '@/core/model/reason'
import { useSentences } from './sentences'
import { visibleText } from './visible-text'

/** The sentence of a reason. A code without a sentence shows itself and its values: less readable, never hidden. */
export function useReasonText(): (reason: Reason) => string {
  const t = useSentences('reasons')
  return useCallback(
    (reason) => {
      const values = Object.fromEntries(
        Object.entries(reason.values).map(([name, value]) => [
          name,
          typeof value === 'string' ? visibleText(value) : value,
        ]),
      )
      if (t.has(reason.code)) return t(reason.code, values)
      const listed = Object.entries(values).map(([name, value]) => `${name}=${value}`)
      return [reason.code, ...listed].join(' ')
    },
    [t],
  )
}

export function ReasonText({ reason }: { reason: Reason }) {
  return <bdi>{useReasonText()(reason)}</bdi>
}
