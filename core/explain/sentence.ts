// The whole answer in one sentence: how many can receive it and whether it stays in the zone, or why it goes nowhere.

import type { Reason } from '../model/reason'
import type { NodeRecord } from '../model/records'
import type { Outcome } from './outcome'
import type { Start } from './start'
import type { ExplainedEndpoint, Shares } from './types'

type Answer = {
  readonly outcome: Outcome
  readonly shares: Shares
  readonly fromZone: string | undefined
  readonly start: Start
  readonly record: NodeRecord
  readonly endpoints: readonly ExplainedEndpoint[]
}

// What is chosen because nothing is ready.
const LAST_RESORT: ReadonlySet<string> = new Set(['endpoint-last-resort', 'endpoint-local-last-resort'])

export function sentenceOf({ outcome, shares, fromZone, start, record, endpoints }: Answer): Reason {
  if (outcome.verdict !== 'forward') return outcome.reason
  const chosen = endpoints.filter((one) => one.chosen)
  const candidates = chosen.length
  const from = start.kind === 'outside' ? 'outside' : (start.pod?.key ?? record.name)
  const values = { from, node: record.name, zone: fromZone ?? '', candidates, endpoints: endpoints.length }
  if (chosen.every(({ reason }) => LAST_RESORT.has(reason.code))) return { code: 'explain-lands-last-resort', values }
  if (outcome.decision.local) return { code: 'explain-lands-on-node', values }
  if (fromZone === undefined || shares.leavesZone === undefined) return { code: 'explain-lands', values }
  if (shares.leavesZone === 0) return { code: 'explain-lands-in-zone', values }
  return { code: 'explain-lands-beyond-zone', values: { ...values, share: shares.leavesZone } }
}
