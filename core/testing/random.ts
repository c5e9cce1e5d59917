// A small seeded generator (mulberry32), so that a failing run is told by one number.

export type Random = {
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, below). */
  int(below: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly [T, ...T[]]): T
  pickFrom<T>(list: readonly T[]): T | undefined
  shuffle<T>(list: readonly T[]): readonly T[]
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const int = (below: number) => Math.floor(next() * below)
  const pickFrom = <T>(list: readonly T[]) => list[int(list.length)]
  return {
    next,
    int,
    pickFrom,
    chance: (probability) => next() < probability,
    pick: (list) => pickFrom(list) ?? list[0],
    shuffle: (list) => {
      const rest = [...list]
      return list.flatMap(() => rest.splice(int(rest.length), 1))
    },
  }
}
