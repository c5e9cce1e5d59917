// The figures that the cost page works out, as its URL says them: `sum=pods:20000,nodes:3000`. What is left out is as the page begins.

/** Numbers of the sum: what they may be, and what they are while nobody says. */
export const sumFigures = {
  /** Kubernetes is made for at most 150,000 pods and 5,000 nodes in one cluster. */
  pods: { start: 1000, min: 1, max: 150_000, decimals: 0 },
  nodes: { start: 100, min: 1, max: 5000, decimals: 0 },
  /** Endpoints per slice: the range of --max-endpoints-per-slice. */
  perSlice: { start: 100, min: 1, max: 1000, decimals: 0 },
  /** Pod changes per second. */
  changes: { start: 1, min: 0.1, max: 100, decimals: 1 },
} as const

type Figure = keyof typeof sumFigures

const choices = {
  families: ['ipv4', 'ipv6', 'dual'],
  /** Whether the Endpoints object is cut at a thousand addresses. */
  limit: ['cut', 'uncut'],
  encoding: ['protobuf', 'json'],
} as const

type Choices = { readonly [K in keyof typeof choices]: (typeof choices)[K][number] }

export type PageSum = Readonly<Record<Figure, number>> &
  Choices & {
    /** Watchers that the live numbers are multiplied by; undefined: the nodes that are there. */
    readonly watchers: number | undefined
  }

/** What the page begins with. */
export const startSum: PageSum = {
  pods: sumFigures.pods.start,
  nodes: sumFigures.nodes.start,
  perSlice: sumFigures.perSlice.start,
  changes: sumFigures.changes.start,
  families: 'ipv4',
  limit: 'cut',
  encoding: 'protobuf',
  watchers: undefined,
}

/** `name:value` of what differs from the start, joined by commas; empty when nothing does. */
export function formatSum(sum: PageSum | undefined): string {
  if (sum === undefined) return ''
  return names
    .filter((name) => sum[name] !== undefined && sum[name] !== startSum[name])
    .map((name) => `${name}:${sum[name]}`)
    .join(',')
}

/** The whole sum; undefined when a figure is unknown, given twice, out of its range or no number. */
export function parseSum(value: string): PageSum | undefined {
  const read = new Map<string, number | string>()
  for (const item of value.split(',')) {
    const [name = '', text = '', ...more] = item.split(':')
    const one = more.length === 0 && !read.has(name) ? parseOne(name, text) : undefined
    if (one === undefined) return undefined
    read.set(name, one)
  }
  return { ...startSum, ...Object.fromEntries(read) }
}

/** The nearest number that the figure may be. */
export function toFigure(figure: Figure | 'watchers', wish: number): number {
  const { min, max, decimals } = rangeOf(figure)
  return Number(Math.min(max, Math.max(min, wish)).toFixed(decimals))
}

// Watchers are more than nodes where others watch too.
const rangeOf = (figure: Figure | 'watchers') =>
  figure === 'watchers' ? { min: 1, max: 100_000, decimals: 0 } : sumFigures[figure]

const names = ['pods', 'nodes', 'perSlice', 'changes', 'families', 'limit', 'encoding', 'watchers'] as const

function parseOne(name: string, text: string): number | string | undefined {
  if (name === 'families' || name === 'limit' || name === 'encoding') return choices[name].find((one) => one === text)
  const figure = name === 'watchers' ? name : figures.find((one) => one === name)
  if (figure === undefined || !/^\d{1,6}(\.\d)?$/.test(text)) return undefined
  const wish = Number(text)
  return toFigure(figure, wish) === wish ? wish : undefined
}

const figures = ['pods', 'nodes', 'perSlice', 'changes'] as const satisfies readonly Figure[]
