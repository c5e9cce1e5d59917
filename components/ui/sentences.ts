'use client'

import { useTranslations } from 'next-intl'

/** Sentences by codes that arrive as data: which ones exist is not known to the compiler, so `has` comes first. */
export type Sentences = {
  (code: string, values?: Readonly<Record<string, string | number>>): string
  has(code: string): boolean
}

export function useSentences(
  area:
    | 'reasons'
    | 'fields'
    | 'errors'
    | 'addresses.finding'
    | 'ports.finding'
    | 'status.reason'
    | 'shell.condition'
    | 'demo.action',
): Sentences {
  return useTranslations(area) as unknown as Sentences
}
