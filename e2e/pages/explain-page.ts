// A connection explained: the bar with both ends, the verdict, the way, who can and who cannot, the proof.
import type { Page } from '@playwright/test'

export function explainPage(page: Page) {
  const bar = page.getByRole('region', { name: 'What is explained' })
  const region = page.getByRole('region', { name: 'Explain a connection' })
  return {
    bar,
    region,
    verdict: region.locator('header[data-verdict]'),
    sentence: region.getByRole('heading', { level: 1 }),
    /** Row of a candidate, by `ip:port`. */
    row: (endpoint: string) => page.getByRole('row').filter({ has: page.locator(`[data-endpoint="${endpoint}"]`) }),
    /** A fact below the sentence, by what it is about. */
    fact: (of: string) => region.locator(`[data-fact="${of}"]`),
    hops: region.locator('li[data-hop]'),
    stop: region.locator('li[data-hop][data-hop-state="stops"]'),
    candidates: region.locator('[data-endpoint][data-chosen="true"]'),
    excluded: region.locator('li[data-endpoint][data-chosen="false"]'),
    deciders: region.locator('li[data-decider]'),
    claims: region.locator('li[data-claim]'),
    commands: region.locator('pre'),
    zones: region.locator('[data-matrix="zones"]'),
    cell: (from: string, to: string) => region.locator(`tr[data-from-zone="${from}"] td[data-to-zone="${to}"]`),
    nodeRows: region.locator('[data-matrix="nodes"] [data-group]'),
    cut: region.locator('[data-cut]'),
    /** What of the candidates' shares is chosen, and what of that arrives. */
    sum: region.locator('[data-sum]'),
    reach: region.locator('[data-reach-policies]'),
    explainFrom: (node: string) => region.locator(`[data-explain-from="${node}"]`),
    way: bar.locator('[data-way]'),
  }
}
