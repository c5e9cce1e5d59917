// `npm run bench`: measures, prints, and keeps it in bench/results.md with date and machine. On a busy machine the ratios say
// more than the times.

import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { buildOnce } from '../scripts/build-once.mjs'
import { measureChangeCost, SIZES } from './change-cost'
import { explainTable, measureExplain } from './explain'
import { benchFeed, feedTable } from './feed'

const MAX_RATIO = 1.3

const size = ({ nodes, services, podsPerService }: (typeof SIZES)['small' | 'large']) =>
  `${nodes} nodes, ${services * podsPerService} pods, ${services} Services`

function changeCostTable(): string {
  const rows = measureChangeCost().map(({ change, small, large, ratio }) => {
    const verdict = ratio <= MAX_RATIO ? 'ok' : `over ${MAX_RATIO}`
    return `| ${change} | ${small.toFixed(1)} | ${large.toFixed(1)} | ${ratio.toFixed(2)} (${verdict}) |`
  })
  return [
    `${size(SIZES.small)} → ${size(SIZES.large)}.`,
    '',
    '| change | small, µs | large, µs | ratio |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

const load = () => loadavg()[0]?.toFixed(1)
const loadBefore = load()
const costs = changeCostTable()
const explained = explainTable(measureExplain())
await buildOnce(process.cwd(), console.log)
const feed = feedTable(await benchFeed())
const text = `# Measured

\`npm run bench\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), load average ${loadBefore} before, ${load()} after.

## Cost of one change as the cluster grows tenfold (bench/change-cost.ts)

${costs}

## An explanation, and all sources at once (bench/explain.ts)

${explained}

## Endpoint change in the API → receipt on every open stream (bench/feed.ts)

${feed}
`
writeFileSync(new URL('results.md', import.meta.url), text)
console.log(text)
