// How a node's tables differ from what its kube-proxy should have written. Order of Services is free, order inside a Service's
// own chain counts; chains of others (CNI, kubelet, docker) are not looked at. Rules R19–R21.

import type { PredictedLine, RuleDifference } from '../types'
import { canonicalRule } from './canonical'
import { type ChainOwners, chainOwners } from './chain-owners'
import { isServiceChain } from './chains'
import { differentRule, extraChain, extraRule, missingRule, type Where, whatDiffers } from './difference'
import type { DumpChain, IptablesDump } from './dump'
import { type ExpectedRule, type FoundRule, type Matched, matchRules } from './match-rules'

/**
 * Differences chain by chain. `predicted` is the base and all the Services' lines together. A table that the dump does not hold
 * (`iptables-save -t nat`) is one difference.
 */
export function compareIptables(predicted: readonly PredictedLine[], dump: IptablesDump): readonly RuleDifference[] {
  const chains = byChain(predicted)
  const tables = [...new Set(predicted.map(({ table }) => table))]
  const read = new Map(tables.map((table) => [table, readTable(table, dump.tables.get(table), chains)]))
  const owners = chainOwners(predicted, read.get('nat') ?? new Map())
  return tables.flatMap((table) => {
    const dumped = dump.tables.get(table)
    const found = read.get(table)
    if (!dumped || !found) return [absentTable(table)]
    const own = [...chains.values()].filter((one) => one.table === table)
    const left = [...found].filter(([chain]) => isServiceChain(chain) && !chains.has(`${table} ${chain}`))
    return [
      ...own.flatMap((one) => compareChain(one, found.get(one.chain), owners)),
      ...left.flatMap(([chain, rules]) => leftOver({ table, chain, owners }, rules, dumped.get(chain)?.line ?? 0)),
    ]
  })
}

type PredictedChain = {
  readonly table: string
  readonly chain: string
  declared: PredictedLine | undefined
  readonly rules: ExpectedRule[]
}

function byChain(predicted: readonly PredictedLine[]): ReadonlyMap<string, PredictedChain> {
  const chains = new Map<string, PredictedChain>()
  for (const line of predicted) {
    const [, declares, chain = '', text = ''] = /^(?:(:)|-A )(\S+)(?: (.*))?$/.exec(line.text) ?? []
    const key = `${line.table} ${chain}`
    const known = chains.get(key) ?? { table: line.table, chain, declared: undefined, rules: [] }
    chains.set(key, known)
    if (declares === undefined) known.rules.push({ line, rule: canonicalRule(text) })
    else known.declared = line
  }
  return chains
}

function compareChain(
  { table, chain, declared, rules }: PredictedChain,
  dumped: readonly FoundRule[] | undefined,
  owners: ChainOwners,
): readonly RuleDifference[] {
  const where = { table, chain, owners }
  if (!dumped && rules.length === 0 && declared) {
    return missingRule({ line: declared, rule: canonicalRule('') }, where)
  }
  const found = dumped ?? []
  const matched = matchRules(chain, rules, found)
  return [
    ...matched.missing.flatMap((expected) => missingRule(expected, where)),
    ...matched.different.map(({ expected, found: one }) => differentRule(expected, one, whatDiffers(expected, one))),
    ...(isForeign(chain) ? [] : matched.extra.map((one) => extraRule(one, where))),
    ...misplaced(matched, found, where),
  ]
}

/** The rules of the chains that matter: those that are predicted, and any of a Service. */
function readTable(
  table: string,
  dumped: ReadonlyMap<string, DumpChain> | undefined,
  chains: ReadonlyMap<string, PredictedChain>,
): ReadonlyMap<string, readonly FoundRule[]> | undefined {
  if (!dumped) return undefined
  const own = [...dumped].filter(([chain]) => isServiceChain(chain) || chains.has(`${table} ${chain}`))
  return new Map(
    own.map(([chain, { rules }]) => [
      chain,
      rules.map(({ rule, line }) => ({ rule: canonicalRule(rule), text: `-A ${chain} ${rule}`, line })),
    ]),
  )
}

/** Into the kernel's own chains anybody writes, into KUBE-FIREWALL the kubelet. */
const isForeign = (chain: string) => !chain.startsWith('KUBE-') || chain === 'KUBE-FIREWALL'

/** Chains where Services stand side by side, in no order. */
const SHARED = [
  'KUBE-SERVICES',
  'KUBE-NODEPORTS',
  'KUBE-EXTERNAL-SERVICES',
  'KUBE-PROXY-FIREWALL',
  'KUBE-IPVS-OUT-FILTER',
]

// Of rules that are all there, those that stand before one they should follow; in shared chains only the jump to the node
// ports has a place, the last.
function misplaced({ same }: Matched, found: readonly FoundRule[], { chain }: Where): readonly RuleDifference[] {
  if (isForeign(chain)) return []
  if (SHARED.includes(chain)) {
    const lastOther = found.findLastIndex(({ rule }) => rule.target !== 'KUBE-NODEPORTS')
    return same
      .filter(({ expected, at }) => expected.rule.target === 'KUBE-NODEPORTS' && at < lastOther)
      .map(({ expected, found: one }) => differentRule(expected, one, { code: 'rule-not-last', values: { chain } }))
  }
  let furthest = -1
  return same.flatMap(({ expected, found: one, at }) => {
    const isLate = at < furthest
    furthest = Math.max(furthest, at)
    return isLate ? [differentRule(expected, one, { code: 'rule-out-of-order', values: { chain } })] : []
  })
}

// A chain of a Service that nothing predicts: its rules, or itself if it holds none.
function leftOver(where: Where, rules: readonly FoundRule[], line: number): readonly RuleDifference[] {
  return rules.length === 0 ? [extraChain(where, line)] : rules.map((one) => extraRule(one, where))
}

const absentTable = (table: string): RuleDifference => ({
  ...{ kind: 'missing', table, predicted: `*${table}`, found: undefined },
  ...{ service: undefined, port: undefined, endpoint: undefined },
  reason: { code: 'rule-table-absent', values: { table } },
})
