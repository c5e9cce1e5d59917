// The three sorts of difference, with the Service, port and endpoint they concern.

import type { Reason } from '../../model/reason'
import type { PredictedLine, RuleDifference } from '../types'
import { type Item, statementOf } from './items'
import type { Owners } from './owners'

export type Expected = { readonly line: PredictedLine; readonly item: Item }

export const missing = ({ line }: Expected, reason: Reason): RuleDifference => ({
  kind: 'missing',
  table: line.table,
  predicted: line.text,
  found: undefined,
  ...ownerOf(line),
  reason,
})

export const different = ({ line }: Expected, item: Item, reason: Reason): RuleDifference => ({
  kind: 'different',
  table: line.table,
  predicted: line.text,
  found: { text: statementOf(item), line: item.line },
  ...ownerOf(line),
  reason,
})

export const extra = (item: Item, owners: Owners, reason: Reason): RuleDifference => ({
  kind: 'extra',
  table: item.table,
  predicted: undefined,
  found: { text: statementOf(item), line: item.line },
  ...owners.of(item),
  reason,
})

const ownerOf = ({ service, port, endpoint }: PredictedLine) => ({ service, port, endpoint })
