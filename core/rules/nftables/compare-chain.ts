// Where the rules of one chain differ. Rules N19, N24.

import type { RuleDifference } from '../types'
import { different, type Expected, extra, missing } from './differences'
import type { Item } from './items'
import type { Owners } from './owners'
import { targetsOf } from './targets'

/** Rules without a counterpart, those that pair with one of the same shape, and the first that is out of order. */
export function compareChain(
  expected: readonly Expected[],
  found: readonly Item[],
  owners: Owners,
): readonly RuleDifference[] {
  const left = takeEqual(expected, found)
  const pairs = pairByShape(left.expected, left.found, owners)
  return [
    ...outOfOrder(left.equal),
    ...pairs.missing.map((one) => missing(one, { code: 'nft-missing-rule', values: { name: one.item.name } })),
    ...pairs.paired.flatMap(([one, item]) => compareRule(one, item)),
    ...pairs.extra.flatMap((item) => extraRule(item, owners)),
  ]
}

type Equal = readonly (readonly [Expected, Item])[]

function takeEqual(expected: readonly Expected[], found: readonly Item[]) {
  const byForm = groupBy(found, ({ form }) => form)
  const taken = new Map<string, number>()
  const equal: (readonly [Expected, Item])[] = []
  const rest: Expected[] = []
  for (const one of expected) {
    const at = taken.get(one.item.form) ?? 0
    const item = byForm.get(one.item.form)?.[at]
    if (item) {
      taken.set(one.item.form, at + 1)
      equal.push([one, item])
    } else rest.push(one)
  }
  const used = new Set(equal.map(([, item]) => item))
  return { equal, expected: rest, found: found.filter((item) => !used.has(item)) }
}

// The first rule that stands after one which should follow it.
function outOfOrder(equal: Equal): readonly RuleDifference[] {
  for (const [at, [one, item]] of equal.entries()) {
    const next = equal[at + 1]
    if (next && next[1].line < item.line) {
      return [different(one, item, { code: 'nft-different-order', values: { name: item.name } })]
    }
  }
  return []
}

function pairByShape(expected: readonly Expected[], found: readonly Item[], owners: Owners) {
  // A rule of one endpoint pairs only with one of the same; a rule that chooses has several.
  const shape = (item: Item) => `${chooses(item) ? '' : (owners.of(item).endpoint ?? '')} ${shapeOf(item)}`
  const byShape = groupBy(found, shape)
  const paired: (readonly [Expected, Item])[] = []
  const rest: Expected[] = []
  for (const one of expected) {
    const item = byShape.get(shape(one.item))?.shift()
    if (item) paired.push([one, item])
    else rest.push(one)
  }
  const used = new Set(paired.map(([, item]) => item))
  return { paired, missing: rest, extra: found.filter((item) => !used.has(item)) }
}

function groupBy(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

const chooses = ({ form }: Item) => form.includes('numgen ')

// What a rule does, without addresses, numbers, names and comments.
const shapeOf = ({ form }: Item) =>
  form
    .replace(/ comment ".*$/, '')
    .replace(/\{.*\}/, '{}')
    .replace(/iifname (!= )?\S+/, 'iifname $1_')
    .split(' ')
    .map((word) => (/[\d@/]/.test(word) ? '_' : word))
    .join(' ')

// N24: two rules that choose among endpoints are compared by these.
function compareRule(one: Expected, item: Item): readonly RuleDifference[] {
  const [wanted, there] = [targetsOf(one.item), targetsOf(item)]
  const [isWanted, isThere] = [new Set(wanted), new Set(there)]
  const whole = different(one, item, { code: 'nft-different-rule', values: { name: item.name } })
  const differences = (code: string, endpoints: readonly string[]) =>
    endpoints.map((endpoint) => ({ ...whole, reason: { code, values: { endpoint } }, endpoint }))
  const ends = [
    ...differences(
      'nft-still-sends',
      there.filter((target) => !isWanted.has(target)),
    ),
    ...differences(
      'nft-does-not-send',
      wanted.filter((target) => !isThere.has(target)),
    ),
  ]
  return ends.length > 0 ? ends : [whole]
}

function extraRule(item: Item, owners: Owners): readonly RuleDifference[] {
  const whole = extra(item, owners, { code: 'nft-extra-rule', values: { name: item.name } })
  const targets = targetsOf(item)
  if (targets.length === 0) return [whole]
  return targets.map((endpoint) => ({ ...whole, reason: { code: 'nft-still-sends', values: { endpoint } }, endpoint }))
}
