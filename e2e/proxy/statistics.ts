// Whether observed counts fit predicted probabilities: Pearson's chi-square test.

/**
 * The one rule for retries: random counts miss p > 0.001 once in a thousand cases, and there are hundreds of cases. So a case
 * that misses it is run once more, with new connections, twice as many; it fails if it misses it again.
 */
export const SIGNIFICANCE = 0.001

/** A cell of the test must be expected this often; smaller ones are pooled, in the order given. */
const LEAST_EXPECTED = 20

export type Cell = { readonly observed: number; readonly probability: number }

/** The probability that chance alone differs from the prediction at least this much. Probabilities sum to 1. */
export function goodnessOfFit(cells: readonly Cell[]): number {
  const total = cells.reduce((sum, { observed }) => sum + observed, 0)
  const pooled = pool(cells, total)
  if (pooled.length < 2) return 1
  const chiSquare = pooled.reduce((sum, { observed, expected }) => sum + (observed - expected) ** 2 / expected, 0)
  return upperGamma((pooled.length - 1) / 2, chiSquare / 2)
}

function pool(cells: readonly Cell[], total: number): { observed: number; expected: number }[] {
  const pooled: { observed: number; expected: number }[] = []
  for (const { observed, probability } of cells) {
    const last = pooled.at(-1)
    if (last && last.expected < LEAST_EXPECTED) {
      last.observed += observed
      last.expected += probability * total
    } else pooled.push({ observed, expected: probability * total })
  }
  const [rest, before] = [pooled.at(-1), pooled.at(-2)]
  if (rest && before && rest.expected < LEAST_EXPECTED) {
    before.observed += rest.observed
    before.expected += rest.expected
    pooled.pop()
  }
  return pooled
}

/** Regularised upper incomplete gamma function Q(a, x): a series below a + 1, else a continued fraction (Lentz). */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 1000 && term > sum * 1e-15; n++) {
      term *= x / (a + n)
      sum += term
    }
    return 1 - scale * sum
  }
  let b = x + 1 - a
  let c = Number.MAX_VALUE
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 1000; n++) {
    const factor = n * (a - n)
    b += 2
    d = 1 / (factor * d + b)
    c = b + factor / c
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return scale * fraction
}

/** By Stirling's series, after moving the argument up to where it is exact to 1e-12. */
function logGamma(value: number): number {
  let shift = 0
  let x = value
  for (; x < 12; x++) shift -= Math.log(x)
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
  return shift + (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series
}
