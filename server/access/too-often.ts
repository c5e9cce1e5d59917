import { byName } from '../by-name'
import type { Denial } from './principal'

/** The reader has used up what one reader may take. */
export class TooOften extends Error {
  override readonly name = 'TooOften'
  static override readonly [Symbol.hasInstance] = byName('TooOften')

  /** `retryAfter`: whole seconds to wait. */
  constructor(readonly retryAfter: number) {
    super(tooOften)
  }
}

const tooOften = 'too-often'

/** The same for a route. */
export const tooOftenDenial = (retryAfter: number): Denial => ({ status: 429, code: tooOften, retryAfter })
