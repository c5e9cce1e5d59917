// Where a node's iptables rules differ, in ipvs mode: as in iptables mode, and what that comparison cannot know of this one.
// In iptables mode Services stand side by side in KUBE-SERVICES; here every rule there has its place. Rule V20.

import { canonicalRule } from '../iptables/canonical'
import { compareIptables } from '../iptables/compare'
import { differentRule } from '../iptables/difference'
import type { IptablesDump } from '../iptables/dump'
import { matchRules } from '../iptables/match-rules'
import type { RuleDifference } from '../types'
import { Owners } from './owners'
import type { IpvsPrediction } from './types'

const CHAIN = 'KUBE-SERVICES'

/** The dump is of the prediction's family. */
export function compareTables(
  prediction: Omit<IpvsPrediction, 'rules'>,
  dump: IptablesDump,
): readonly RuleDifference[] {
  const owners = new Owners(prediction)
  const found = compareIptables(prediction.tables, dump).map((one) => withOwner(one, owners))
  return [...found, ...outOfOrder(prediction, dump)]
}

// The only rules that name a Service's address: what keeps the node from it.
function withOwner(difference: RuleDifference, owners: Owners): RuleDifference {
  const address = / --vaddr ([^ /]+)/.exec(difference.found?.text ?? '')?.[1]
  if (difference.kind !== 'extra' || address === undefined) return difference
  return { ...difference, service: owners.ofAddress(address).service }
}

function outOfOrder({ tables }: Pick<IpvsPrediction, 'tables'>, dump: IptablesDump): readonly RuleDifference[] {
  const prefix = `-A ${CHAIN} `
  const expected = tables.flatMap((line) =>
    line.table === 'nat' && line.text.startsWith(prefix)
      ? [{ line, rule: canonicalRule(line.text.slice(prefix.length)) }]
      : [],
  )
  const rules = dump.tables.get('nat')?.get(CHAIN)?.rules ?? []
  const found = rules.map(({ rule, line }) => ({ rule: canonicalRule(rule), text: `${prefix}${rule}`, line }))
  let furthest = -1
  return matchRules(CHAIN, expected, found).same.flatMap(({ expected: one, found: own, at }) => {
    const isLate = at < furthest
    furthest = Math.max(furthest, at)
    return isLate ? [differentRule(one, own, { code: 'rule-out-of-order', values: { chain: CHAIN } })] : []
  })
}
