'use client'

import { useFormatter, useTranslations } from 'next-intl'

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `16.6 kB`: three digits, in powers of a thousand. */
export function useBytes(): (bytes: number) => string {
  const t = useTranslations('cost.bytes')
  const format = useFormatter()
  return (bytes) => {
    const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
    const value = format.number(bytes / 1000 ** power, { maximumSignificantDigits: 3 })
    return t(units[power] ?? 'B', { value })
  }
}

/** `16.6 kB/s`. */
export function useByteRate(): (bytes: number) => string {
  const t = useTranslations('cost.bytes')
  const size = useBytes()
  return (bytes) => t('perSecond', { size: size(bytes) })
}
