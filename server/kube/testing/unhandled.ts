import { afterAll, afterEach, beforeAll, expect } from 'vitest'

/** Fails the test during which a promise was rejected and nobody looked: in production that ends the process. */
export function expectNoUnhandledRejection(): void {
  const seen: unknown[] = []
  const note = (reason: unknown) => seen.push(reason)
  beforeAll(() => void process.on('unhandledRejection', note))
  afterAll(() => void process.off('unhandledRejection', note))
  afterEach(async () => {
    await new Promise((resolve) => setImmediate(resolve))
    expect(seen.splice(0)).toEqual([])
  })
}
