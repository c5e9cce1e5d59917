/**
 * For `static [Symbol.hasInstance]` of an error class that is thrown in one bundle and caught in another: Next compiles the start
 * hook and every route into modules of their own, so the class exists several times, and its instances are known by their name.
 */
export const byName =
  (name: string) =>
  (value: unknown): boolean =>
    value instanceof Error && value.name === name
