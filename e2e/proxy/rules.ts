// The rules on the node against the rules Triplane predicts for it.
import type { ClusterView } from '../../core/model/cluster-view'
import type { IpFamily } from '../../core/model/records'
import { iptablesBase } from '../../core/rules/iptables/base'
import { compareIptables } from '../../core/rules/iptables/compare'
import { parseIptablesSave } from '../../core/rules/iptables/dump'
import { predictIptables } from '../../core/rules/iptables/predict'
import { nftablesBase } from '../../core/rules/nftables/base'
import { compareNftables } from '../../core/rules/nftables/compare'
import { parseNftables } from '../../core/rules/nftables/parse'
import { predictNftables } from '../../core/rules/nftables/predict'
import { ruleInputOf } from '../../core/rules/rule-input'
import type { PredictedLine, RuleDifference } from '../../core/rules/types'
import type { RealMode, RuleCount } from './node-proxy.ts'
import { NODE } from './read-cluster.ts'

type Compared = {
  /** Rules and elements that are predicted. */
  readonly count: RuleCount
  readonly differences: readonly RuleDifference[]
}

/** Differences of a whole dump; empty when every rule is as predicted. A dump that cannot be read is an error. */
export function compareRules(
  dump: string,
  { mode, family, view }: { mode: RealMode; family: IpFamily; view: ClusterView },
): Compared {
  const node = view.node(NODE)
  if (!node) throw new Error(`no node ${NODE}`)
  const { input } = ruleInputOf(view, node, family)
  const { settings } = input
  if (mode === 'iptables') {
    const predicted = [...iptablesBase(family, settings, input.node.addresses), ...predictIptables(input)]
    const parsed = parseIptablesSave(dump)
    if ('reason' in parsed) throw new Error(JSON.stringify(parsed))
    return { count: countLines(predicted), differences: compareIptables(predicted, parsed) }
  }
  const predicted = [...nftablesBase(family, settings, input.node), ...predictNftables(input)]
  const parsed = parseNftables(dump)
  if ('reason' in parsed) throw new Error(JSON.stringify(parsed))
  return { count: countLines(predicted), differences: compareNftables(predicted, parsed) }
}

function countLines(lines: readonly PredictedLine[]): RuleCount {
  const starting = (...starts: readonly string[]) =>
    lines.filter(({ text }) => starts.some((start) => text.startsWith(start))).length
  return { rules: starting('-A ', 'add rule '), elements: starting('add element ') }
}
