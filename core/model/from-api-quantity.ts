const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/

const FACTORS = new Map<string, number>([
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['E', 1e18],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
  ['Ei', 2 ** 60],
])

/** A Kubernetes quantity (`4`, `3920m`, `2e3`) in thousandths, rounded up as MilliValue does (apimachinery resource/quantity.go@v0.36.3). */
export function quantityMilli(value: unknown): number | undefined {
  const match = typeof value === 'number' || typeof value === 'string' ? QUANTITY.exec(String(value)) : null
  if (match === null) return undefined
  const [, digits, exponent, suffix] = match
  const factor = suffix === undefined ? 10 ** Number(exponent ?? 0) : (FACTORS.get(suffix) ?? Number.NaN)
  // The product is cut to 6 decimals first: 0.1 * 3 * 1000 must not become 301.
  const milli = Math.ceil(Number((Number(digits) * factor * 1000).toFixed(6)))
  return Number.isSafeInteger(milli) ? milli : undefined
}
