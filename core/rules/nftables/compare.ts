// Where a node's kube-proxy table differs from what it should hold. Services may come in any order, elements too; the order
// inside a chain counts. Rules N19, N22–N24.

import { cidrHolds } from '../../model/ip'
import type { Reason } from '../../model/reason'
import type { PredictedLine, RuleDifference } from '../types'
import { compareChain } from './compare-chain'
import { different, type Expected, extra, missing } from './differences'
import type { Item } from './items'
import { Owners } from './owners'
import type { NftDump } from './parse'
import { itemOf } from './statement'

/** All differences; none of a table that nothing is predicted for. `predicted` are the base lines and those of all Services. */
export function compareNftables(predicted: readonly PredictedLine[], dump: NftDump): readonly RuleDifference[] {
  const expected = predicted.map((line, at) => ({ line, item: itemOf(line, at) }))
  return [...new Set(predicted.map(({ table }) => table))].flatMap((table) => {
    const own = expected.filter(({ item }) => item.table === table)
    if (dump.tables.includes(table))
      return compareTable(
        own,
        dump.items.filter((item) => item.table === table),
      )
    const declaration = own.find(({ item }) => item.kind === 'table') ?? own[0]
    return declaration ? [missing(declaration, { code: 'nft-missing-table', values: { table } })] : []
  })
}

function compareTable(expected: readonly Expected[], found: readonly Item[]): readonly RuleDifference[] {
  const owners = new Owners([...expected.map(({ item }) => item), ...found])
  const isRule = ({ kind }: Item) => kind === 'rule'
  const standing = expected.filter(({ item }) => !isRule(item))
  const chains = new Map<string, { expected: Expected[]; found: Item[] }>()
  const chain = (name: string) => {
    const known = chains.get(name) ?? { expected: [], found: [] }
    chains.set(name, known)
    return known
  }
  for (const one of expected) if (isRule(one.item)) chain(one.item.name).expected.push(one)
  const known = expected.map(({ line }) => line.about.code)
  for (const item of found) if (isRule(item) && !isUnknown(item, known)) chain(item.name).found.push(item)
  const isLeftOver = (item: Item) =>
    isState(item, expected) || (isServiceChain(item) && !chains.get(item.name)?.found.length)
  const others = found.filter((item) => !isRule(item))
  return [
    ...compareStanding(standing, others, { owners, isLeftOver }),
    ...[...chains.values()].flatMap((both) => compareChain(both.expected, both.found, owners).map(lateRanges)),
  ]
}

// Declarations and elements: each is known by its kind, name and key.
function compareStanding(
  expected: readonly Expected[],
  found: readonly Item[],
  { owners, isLeftOver }: { readonly owners: Owners; readonly isLeftOver: (item: Item) => boolean },
): readonly RuleDifference[] {
  const idOf = ({ kind, name, key }: Item) => `${kind} ${name} ${key}`
  const there = new Map(found.map((item) => [idOf(item), item]))
  // N17: where Services of different pages of the prediction claim one address, either may have it.
  const wanted = new Map<string, Set<string>>()
  for (const { item } of expected) wanted.set(idOf(item), (wanted.get(idOf(item)) ?? new Set()).add(item.form))
  return [
    ...expected.flatMap((one) => {
      const item = there.get(idOf(one.item))
      if (!item) return [missing(one, about('missing', one.item))]
      return wanted.get(idOf(item))?.has(item.form) ? [] : [different(one, item, about('different', one.item))]
    }),
    ...found.flatMap((item) =>
      wanted.has(idOf(item)) || isLeftOver(item) ? [] : [extra(item, owners, about('extra', item))],
    ),
  ]
}

// N23: what the kernel or the node decides. Clients bound to an endpoint come and go; of the addresses that answer node
// ports, the API tells only some.
function isState({ kind, name, key }: Item, expected: readonly Expected[]): boolean {
  if (kind !== 'element') return false
  if (name.startsWith('affinity-')) return true
  if (name !== 'nodeport-ips') return false
  const set = expected.find(({ item }) => item.kind === 'set' && item.name === name)
  const ranges = String(set?.line.about.values.ranges ?? '').split(', ')
  return ranges.some((range) => cidrHolds(range, key))
}

const UNALLOCATED = 'comment "Drop traffic to unallocated ClusterIPs"'

// N7: kube-proxy writes this rule with a full sync only, so ranges that changed in the API are late.
function lateRanges(one: RuleDifference): RuleDifference {
  const isRanges = [one.predicted, one.found?.text].some((text) => text?.endsWith(UNALLOCATED))
  return isRanges ? { ...one, reason: { code: 'nft-ranges-late', values: {} } } : one
}

// N23: while the ranges of cluster IPs are not known, nor is the rule for the rest of them.
const isUnknown = ({ name, form }: Item, predicted: readonly string[]) =>
  name === 'cluster-ips-check' && form.endsWith(UNALLOCATED) && !predicted.includes('nft-drop-unallocated')

// N23: kube-proxy empties the chains of what is gone at once and deletes them when it next writes.
const isServiceChain = ({ kind, name }: Item) => kind === 'chain' && name.includes('/')

const about = (difference: RuleDifference['kind'], { kind, name, key, form }: Item): Reason => ({
  code: `nft-${difference}-${kind}`,
  values: { name, ...(kind === 'element' && { key, value: form }) },
})
