// Puts one difference into words (as data), and finds out whose it is.

import type { Reason } from '../../model/reason'
import type { RuleDifference } from '../types'
import { type ChainOwners, commentOwner, type Owner } from './chain-owners'
import { isServiceChain } from './chains'
import type { ExpectedRule, FoundRule } from './match-rules'

export type Where = { readonly table: string; readonly chain: string; readonly owners: ChainOwners }

/** Nothing where the node may do without the rule. */
export function missingRule(expected: ExpectedRule, { table, chain, owners }: Where): readonly RuleDifference[] {
  const { line, rule } = expected
  if (line.unless) return []
  const endpointChain = [chain, rule.target].find((name) => name.startsWith('KUBE-SEP-'))
  const isUnknown = endpointChain !== undefined && owners.endpointOf(endpointChain) === undefined
  const reason: Reason =
    isUnknown && line.endpoint !== undefined
      ? { code: 'rule-missing-endpoint', values: { endpoint: line.endpoint } }
      : { code: 'rule-missing', values: { chain } }
  const { service, port, endpoint } = line
  return [{ kind: 'missing', table, predicted: line.text, found: undefined, service, port, endpoint, reason }]
}

export function differentRule(expected: ExpectedRule, found: FoundRule, reason: Reason): RuleDifference {
  const { table, text, service, port, endpoint } = expected.line
  return { kind: 'different', table, predicted: text, found: place(found), service, port, endpoint, reason }
}

/** In what two rules about the same thing differ. */
export function whatDiffers({ rule: expected }: ExpectedRule, { rule: found }: FoundRule): Reason {
  const chance = (options: ReadonlyMap<string, string>) => Number(options.get('--probability') ?? 2 ** 31) / 2 ** 31
  const [wanted, actual] = [chance(expected.options), chance(found.options)]
  if (expected.target !== found.target) {
    return { code: 'rule-different-target', values: { expected: expected.target, found: found.target } }
  }
  if (wanted !== actual) {
    return { code: 'rule-different-probability', values: { expectedShare: wanted, foundShare: actual } }
  }
  const seconds = [expected, found].map(({ options }) => options.get('--seconds') ?? '')
  if (seconds[0] !== seconds[1]) {
    return { code: 'rule-different-affinity', values: { expected: seconds[0] ?? '', found: seconds[1] ?? '' } }
  }
  return { code: 'rule-different', values: {} }
}

export function extraRule(found: FoundRule, where: Where): RuleDifference {
  const { table, chain, owners } = where
  const { comment, target, options } = found.rule
  const endpoint = owners.endpointOf(chain) ?? owners.endpointOf(target)
  const owner = ownerOf(found, where)
  const said = commentOwner(comment, options.get('-p'))
  const { service, port } = owner.service === undefined ? said : owner
  const reason = whyExtra(found, where, { endpoint, owner: { service, port } })
  return { kind: 'extra', table, predicted: undefined, found: place(found), service, port, endpoint, reason }
}

/** A chain of a Service that nothing predicts and that holds no rule. */
export function extraChain({ table, chain, owners }: Where, line: number): RuleDifference {
  const found = { text: `:${chain} - [0:0]`, line }
  const reason = { code: 'rule-left-over', values: { chain } }
  const owner = owners.ownerOf(chain)
  return { kind: 'extra', table, predicted: undefined, found, ...owner, endpoint: undefined, reason }
}

// In a Service's own chain the chain tells, in a shared one the chain it leads to.
function ownerOf({ rule }: FoundRule, { chain, owners }: Where): Owner {
  return owners.ownerOf(isServiceChain(chain) ? chain : rule.target)
}

function whyExtra(
  { rule }: FoundRule,
  { chain, owners }: Where,
  { endpoint, owner }: { readonly endpoint: string | undefined; readonly owner: Owner },
): Reason {
  if (isServiceChain(chain) && !owners.isUsed(chain)) return { code: 'rule-left-over', values: { chain } }
  if (owner.service !== undefined && !owners.isPredicted(owner.service)) {
    return { code: 'rule-stale-service', values: { service: owner.service } }
  }
  // In a chain where it should not stand, an endpoint that is used elsewhere is not stale.
  const isStale = ![chain, rule.target].some((name) => name.startsWith('KUBE-SEP-') && owners.isPredictedChain(name))
  if (endpoint !== undefined && isStale) {
    return { code: 'rule-stale-endpoint', values: { endpoint, service: owner.service ?? '' } }
  }
  if (/^KUBE-(EXTERNAL-)?SERVICES$/.test(chain) && (rule.target === 'REJECT' || rule.target === 'DROP')) {
    return { code: 'rule-stale-refusal', values: { service: owner.service ?? '', target: rule.target } }
  }
  const address = rule.options.get('-d')
  if (rule.target === 'KUBE-NODEPORTS' && address !== undefined && !address.startsWith('!')) {
    return { code: 'rule-extra-node-address', values: { address: address.replace(/\/(32|128)$/, '') } }
  }
  return { code: 'rule-extra', values: { chain } }
}

const place = ({ text, line }: FoundRule) => ({ text, line })
