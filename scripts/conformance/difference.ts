/** The first place where two JSON values differ, as a sentence, or undefined. Every field counts, on both sides. */
export function difference(expected: unknown, actual: unknown, path = ''): string | undefined {
  if (Object.is(expected, actual)) return undefined
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      if (!Object.hasOwn(expected, key)) return `${path}.${key}: not expected, got ${JSON.stringify(actual[key])}`
      if (!Object.hasOwn(actual, key)) return `${path}.${key}: expected ${JSON.stringify(expected[key])}, got nothing`
      const inner = difference(expected[key], actual[key], `${path}.${key}`)
      if (inner) return inner
    }
    return undefined
  }
  return `${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Undefined if the value equals one of those listed; else the difference to the first of them. */
export function differenceToAny(listed: readonly unknown[], actual: unknown): string | undefined {
  const differences = listed.map((expected) => difference(expected, actual))
  if (differences.length === 0) return 'the vector lists no answer'
  return differences.some((found) => found === undefined) ? undefined : differences[0]
}
