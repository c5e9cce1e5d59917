// Seeded randomness: the same seed gives the same cluster, the same names and the same life.

export type Random = {
  /** In [0, 1). */
  next(): number
  /** In [from, to). */
  between(from: number, to: number): number
  pick<T>(items: readonly T[]): T | undefined
  /** The ending Kubernetes gives to generated names: no vowels, so that it spells nothing. */
  suffix(length: number): string
  uuid(): string
  /** An own sequence, so that more draws in one place do not change another. */
  fork(): Random
}

const letters = 'bcdfghjklmnpqrstvwxz2456789'

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  // mulberry32: 32 bits of state, good enough for a demo and quick.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const draw = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('')
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    pick: (items) => items[Math.floor(next() * items.length)],
    suffix: (length) => draw(letters, length),
    uuid() {
      const hex = '0123456789abcdef'
      return `${draw(hex, 8)}-${draw(hex, 4)}-4${draw(hex, 3)}-${draw('89ab', 1)}${draw(hex, 3)}-${draw(hex, 12)}`
    },
    fork: () => createRandom(Math.floor(next() * 2 ** 32)),
  }
}
