// The three sorts of difference.

import type { Reason } from '../../model/reason'
import type { PredictedLine, RuleDifference } from '../types'
import type { DumpLine } from './dump-state'

export const missing = (line: PredictedLine, reason: Reason): RuleDifference => ({
  kind: 'missing',
  table: line.table,
  predicted: line.text,
  found: undefined,
  ...ownerOf(line),
  reason,
})

export const different = (line: PredictedLine, found: DumpLine, reason: Reason): RuleDifference => ({
  kind: 'different',
  table: line.table,
  predicted: line.text,
  found: foundAt(found),
  ...ownerOf(line),
  reason,
})

/** Whose it is, the caller adds. */
export const extra = (
  table: string,
  found: DumpLine,
  reason: Reason,
): Omit<RuleDifference, 'service' | 'port' | 'endpoint'> => ({
  kind: 'extra',
  table,
  predicted: undefined,
  found: foundAt(found),
  reason,
})

const foundAt = ({ number: line, text }: DumpLine) => ({ text, line })

const ownerOf = ({ service, port, endpoint }: PredictedLine) => ({ service, port, endpoint })
