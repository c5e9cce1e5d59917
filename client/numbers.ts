// How numbers, shares and ages are written (section 11 of the design language).

/** `16.7 %`: one decimal, two below 10 %, none when whole; a thin space before the sign. `?` where there is no number. */
export function formatShare(share: number | undefined, locale: string): string {
  if (share === undefined) return '?'
  const percent = share * 100
  const whole = Math.abs(percent - Math.round(percent)) < 0.005
  const digits = whole ? 0 : percent < 10 ? 2 : 1
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(percent)
  return `${number}\u2009%`
}

/** Of two shares that both count; without a number for one there is none for both. */
export function addShares(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b
}

export type AgeUnit = 'tenths' | 's' | 'min' | 'h' | 'd'

/** One unit: tenths of a second below 1 s (value in seconds), then s, min, h, d. Negative ages (clocks differ) are 0. */
export function ageOf(ms: number): { value: number; unit: AgeUnit } {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 1) return { value: Math.round(seconds * 10) / 10, unit: 'tenths' }
  if (seconds < 120) return { value: Math.floor(seconds), unit: 's' }
  if (seconds < 7200) return { value: Math.floor(seconds / 60), unit: 'min' }
  if (seconds < 172_800) return { value: Math.floor(seconds / 3600), unit: 'h' }
  return { value: Math.floor(seconds / 86_400), unit: 'd' }
}
