/** Time and chance, handed in everywhere so that tests own both. */
export type Clock = {
  /** Epoch ms, for what people read and what servers say. It may jump. */
  now(): number
  /** Milliseconds that only ever grow, for every duration. */
  elapsed(): number
  /** Runs once after `ms`; the result cancels it. */
  after(ms: number, run: () => void): () => void
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}
