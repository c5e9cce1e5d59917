'use client'

import { useSentences } from '../ui/sentences'
import { visibleText } from '../ui/visible-text'

/** Sentence of a watch's or the stream's reason; an unknown code shows the code and what came with it. */
export function useWatchReason(): (reason: { code: string; detail: string }) => string {
  const own = useSentences('status.reason')
  const errors = useSentences('errors')
  return ({ code, detail }) => {
    const shown = visibleText(detail)
    if (own.has(code)) return own(code, { detail: shown })
    if (errors.has(code)) return errors(code, { detail: shown })
    return [code, shown].filter(Boolean).join(': ')
  }
}
