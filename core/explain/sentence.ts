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

export function sentenceOf({ outcome, shares, fromZone, start, record, endpoints }: Answer): Reason {
  if (outcome.verdict !== 'forward') return outcome.reason
  const candidates = endpoints.filter(({ chosen }) => chosen).length
  const from = start.kind === 'outside' ? 'outside' : (start.pod?.key ?? record.name)
  const values = { from, node: record.name, zone: fromZone ?? '', candidates, endpoints: endpoints.length }
  if (outcome.decision.local) return { code: 'explain-lands-on-node', values }
  if (fromZone === undefined || shares.leavesZone === undefined) return { code: 'explain-lands', values }
  if (shares.leavesZone === 0) return { code: 'explain-lands-in-zone', values }
  return { code: 'explain-lands-beyond-zone', values: { ...values, share: shares.leavesZone } }
}
