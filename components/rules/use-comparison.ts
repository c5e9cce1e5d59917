'use client'

import { useEffect, useState } from 'react'
import type { DumpAnswer } from '@/core/rules/compare-dump'
import type { NodeRules } from '@/core/rules/node-rules'
import type { CompareReply, CompareRequest } from './compare.worker'

export type Comparison =
  | { readonly state: 'none' | 'busy' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'done'; readonly answer: DumpAnswer }

/** Compares in a worker of its own; another text or prediction ends the one before. The dump stays in this browser. */
export function useComparison(rules: NodeRules, text: string | undefined): Comparison {
  const [comparison, setComparison] = useState<Comparison>({ state: 'none' })
  useEffect(() => {
    if (text === undefined || text === '') return setComparison({ state: 'none' })
    setComparison({ state: 'busy' })
    const worker = new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<CompareReply>) => {
      setComparison('answer' in data ? { state: 'done', ...data } : { state: 'failed', message: data.error })
      worker.terminate()
    }
    worker.onerror = ({ message }) => setComparison({ state: 'failed', message })
    worker.postMessage({ rules, text } satisfies CompareRequest)
    return () => worker.terminate()
  }, [rules, text])
  return comparison
}
