// `npm run bench`: measures, prints, and keeps it in bench/results.md with date and machine. On a busy machine the ratios say
// more than the times. Ends with 1 when something is over its bar (bench/failures.ts).

import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { buildOnce } from '../scripts/build-once.mjs'
import { audienceTable, measureAudiences } from './audiences'
import { type ChangeCost, measureChangeCost, SIZES } from './change-cost'
import { explainTable, measureExplain } from './explain'
import { failures, MAX_RATIO } from './failures'
import { benchFeed, feedTable } from './feed'

const size = ({ nodes, services, podsPerService }: (typeof SIZES)['small' | 'large']) =>
  `${nodes} nodes, ${services * podsPerService} pods, ${services} Services`

function changeCostTable(costs: readonly ChangeCost[]): string {
  const rows = costs.map(({ change, small, large, ratio }) => {
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
const changes = measureChangeCost()
const explained = measureExplain()
const audiences = await measureAudiences()
await buildOnce(process.cwd(), console.log)
const feed = await benchFeed()
const text = `# Measured

\`npm run bench\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), load average ${loadBefore} before, ${load()} after.

## Cost of one change as the cluster grows tenfold (bench/change-cost.ts)

${changeCostTable(changes)}

## An explanation, and all sources at once (bench/explain.ts)

${explainTable(explained)}

## One change for several audiences (bench/audiences.ts)

${audienceTable(audiences)}

## Endpoint change in the API → receipt on every open stream (bench/feed.ts)

${feedTable(feed)}
`
writeFileSync(new URL('results.md', import.meta.url), text)
console.log(text)
const failed = failures({ changes, explained, audiences, feed })
for (const line of failed) console.error(`FAILED: ${line}`)
process.exitCode = failed.length === 0 ? 0 : 1
