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
import type { RuleDifference } from '../../core/rules/types'
import type { RealMode } from './node-proxy.ts'
import { ruleInput } from './read-cluster.ts'

export type Compared = { readonly predictedLines: number; readonly differences: readonly RuleDifference[] }

/** Differences of a whole dump; empty when every rule is as predicted. A dump that cannot be read is an error. */
export function compareRules(
  dump: string,
  { mode, family, view }: { mode: RealMode; family: IpFamily; view: ClusterView },
): Compared {
  const input = ruleInput(view, family)
  const { settings } = input
  if (mode === 'iptables') {
    const predicted = [...iptablesBase(family, settings, input.node.addresses), ...predictIptables(input)]
    const parsed = parseIptablesSave(dump)
    if ('reason' in parsed) throw new Error(JSON.stringify(parsed))
    return { predictedLines: predicted.length, differences: compareIptables(predicted, parsed) }
  }
  const predicted = [...nftablesBase(family, settings, input.node), ...predictNftables(input)]
  const parsed = parseNftables(dump)
  if ('reason' in parsed) throw new Error(JSON.stringify(parsed))
  return { predictedLines: predicted.length, differences: compareNftables(predicted, parsed) }
}
