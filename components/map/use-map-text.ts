'use client'
import { useTranslations } from 'next-intl'

/** Sentences of map.json whose key is chosen by data (a plane's fact, a reason's code): the compiler cannot know them. */
export type MapText = {
  (key: string, values?: Readonly<Record<string, string | number>>): string
  has(key: string): boolean
}

export function useMapText(): MapText {
  return useTranslations('map') as unknown as MapText
}
