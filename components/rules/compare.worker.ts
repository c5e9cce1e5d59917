// Reads and compares a dump beside the page, so that 64 MiB of it hold nothing up.

import { compareDump, type DumpAnswer } from '@/core/rules/compare-dump'
import type { NodeRules } from '@/core/rules/node-rules'

export type CompareRequest = { readonly rules: NodeRules; readonly text: string }
export type CompareReply = { readonly answer: DumpAnswer } | { readonly error: string }

self.onmessage = ({ data: { rules, text } }: MessageEvent<CompareRequest>) => {
  self.postMessage(answerOf(rules, text))
}

function answerOf(rules: NodeRules, text: string): CompareReply {
  try {
    return { answer: compareDump(rules, text) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
