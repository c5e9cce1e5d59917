/** Time and chance, handed in everywhere so that tests own both. */
export type Clock = {
  now(): number
  /** Runs once after `ms`; the result cancels it. */
  after(ms: number, run: () => void): () => void
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}
