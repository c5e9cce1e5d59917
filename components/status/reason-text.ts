'use client'

import { useSentences } from '../ui/sentences'
import { visibleText } from '../ui/visible-text'

/** Sentence of a reason: of the stream to this tab, or of a watch of the cluster. An unknown code shows itself and its detail. */
export function useWatchReason(between: 'tab' | 'cluster'): (reason: { code: string; detail: string }) => string {
  const own = useSentences('status.reason')
  const errors = useSentences('errors')
  const sentences = between === 'tab' ? own : errors
  return ({ code, detail }) => {
    const shown = visibleText(detail)
    return sentences.has(code) ? sentences(code, { detail: shown }).trim() : [code, shown].filter(Boolean).join(': ')
  }
}
