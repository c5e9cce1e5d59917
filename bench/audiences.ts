// What one change costs when several audiences read: store → dirty ids → each audience's own → projection → frame. The cost may grow
// with the audiences that read, and must not with those that read once and left.

import { type Audience, everything } from '../core/access/audience'
import { audienceSide } from '../server/access/audience-side'
import { keepPartsMs } from '../server/feed/graph-feed'
import { createSessionFeeds } from '../server/feed/session-feeds'
import { createFakeClock } from '../server/feed/testing/fake-clock'
import { createClusterStore } from '../server/store/cluster-store'
import { endpointChange, median, SIZES } from './change-cost'
import { syntheticCluster } from './synthetic-cluster'

export type AudienceCost = {
  readonly what: string
  /** Microseconds per change, the median of the rounds. */
  readonly time: number
  /** Against one audience that sees everything. */
  readonly ratio: number
  readonly allowed: number
}

const ROUNDS = 12
const CHANGES_PER_ROUND = 150
const key = new Uint8Array(32).fill(1)
const size = SIZES.small

// Every other namespace, nodes and addresses hidden: the dearest there is.
const audience = (index: number): Audience => ({
  id: `audience-${index}`,
  namespaces: new Set(Array.from({ length: 10 }, (_, i) => `team-${i}`).filter((_, i) => (i + index) % 2 === 0)),
  nodes: false,
  show: { addresses: false, nodeNames: false, externalNames: false, labels: [], clusterName: false },
})

const several = (count: number): readonly Audience[] => Array.from({ length: count }, (_, index) => audience(index))

const CASES = [
  { what: 'one audience that sees everything', read: [everything], left: [], allowed: 1 },
  { what: 'one that sees half of it, without nodes and addresses', read: several(1), left: [], allowed: 3 },
  { what: 'five of those', read: several(5), left: [], allowed: 9 },
  { what: 'everything, and fifty that have left', read: [everything], left: several(50), allowed: 1.3 },
] as const

/** One row per case; the cases turn by turn, so that a busy machine is busy for all. */
export async function measureAudiences(): Promise<readonly AudienceCost[]> {
  const worlds = await Promise.all(CASES.map(({ read, left }) => prepare(read, left)))
  const times = CASES.map((): number[] => [])
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, world] of worlds.entries()) {
      const time = world(round)
      // The first round only warms up.
      if (round > 0) times[index]?.push(time)
    }
  }
  const medians = times.map(median)
  return CASES.map(({ what, allowed }, index) => {
    const time = medians[index] ?? Number.NaN
    return { what, time, allowed, ratio: time / (medians[0] ?? Number.NaN) }
  })
}

async function prepare(read: readonly Audience[], left: readonly Audience[]): Promise<(round: number) => number> {
  const cluster = syntheticCluster(size)
  const store = createClusterStore()
  store.apply(cluster.events)
  const clock = createFakeClock()
  let made = 0
  const feeds = createSessionFeeds({
    epoch: 'bench',
    clock,
    sideOf: (one) => audienceSide(store, one, key),
    epochSuffix: () => String(made++),
    onFault: (part, error) => {
      throw new Error(part, { cause: error })
    },
  })
  const parts = [{ key: 'overview' as const, since: undefined }]
  const open = (one: Audience) => feeds.feedOf(one).subscribe({ epoch: undefined, lastEventId: undefined, parts })
  for (const one of left) open(one).end('left')
  clock.advance(3 * keepPartsMs)
  for (const one of read) await open(one).next()
  return (round) => {
    const events = Array.from({ length: CHANGES_PER_ROUND }, (_, i) =>
      endpointChange(cluster, round * CHANGES_PER_ROUND + i),
    )
    const start = performance.now()
    for (const event of events) {
      store.apply([event])
      // One frame per change.
      clock.advance(1000)
    }
    return ((performance.now() - start) * 1000) / events.length
  }
}

/** The rows as a Markdown table. */
export function audienceTable(rows: readonly AudienceCost[]): string {
  const { nodes, services, podsPerService } = size
  return [
    `${nodes} nodes, ${services * podsPerService} pods, ${services} Services; one endpoint of a slice, part overview.`,
    '',
    '| who reads | µs per change | ratio |',
    '|---|---|---|',
    ...rows.map(({ what, time, ratio, allowed }) => {
      const verdict = ratio <= allowed ? 'ok' : `over ${allowed}`
      return `| ${what} | ${time.toFixed(1)} | ${ratio.toFixed(2)} (${verdict}) |`
    }),
  ].join('\n')
}

if (process.argv[1]?.endsWith('audiences.ts')) console.log(audienceTable(await measureAudiences()))
