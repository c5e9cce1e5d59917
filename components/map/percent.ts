/** `16.7 %`: one decimal, two below 10, none when whole; a thin space before the sign. */
export function percent(share: number): string {
  const value = share * 100
  const digits = value !== 0 && value < 9.95 ? 2 : 1
  const text = value.toFixed(digits).replace(/\.?0+$/, '')
  return `${value > 0 && text === '0' ? '<0.01' : text}\u2009%`
}
