// Which rule of a dump stands for which predicted one, within one chain. Linear in both.

import type { PredictedLine } from '../types'
import type { CanonicalRule } from './canonical'

export type ExpectedRule = { readonly line: PredictedLine; readonly rule: CanonicalRule }
export type FoundRule = { readonly rule: CanonicalRule; readonly text: string; readonly line: number }

export type Matched = {
  /** Rules that are the same, with their place in the dump's chain. */
  readonly same: readonly { readonly expected: ExpectedRule; readonly found: FoundRule; readonly at: number }[]
  /** Rules for the same thing that say something else about it. */
  readonly different: readonly { readonly expected: ExpectedRule; readonly found: FoundRule }[]
  readonly missing: readonly ExpectedRule[]
  readonly extra: readonly FoundRule[]
}

export function matchRules(chain: string, expected: readonly ExpectedRule[], found: readonly FoundRule[]): Matched {
  const positions = new Map(found.map((one, at) => [one, at]))
  const exact = pairUp(expected, found, ({ rule }) => rule.key)
  const alike = pairUp(exact.missing, exact.extra, ({ rule }) => identity(chain, rule))
  return {
    same: exact.pairs.map((pair) => ({ ...pair, at: positions.get(pair.found) ?? 0 })),
    different: alike.pairs,
    missing: alike.missing,
    extra: alike.extra,
  }
}

/** Pairs those of one key in their order. */
function pairUp(
  expected: readonly ExpectedRule[],
  found: readonly FoundRule[],
  key: (one: { readonly rule: CanonicalRule }) => string,
): {
  readonly pairs: Matched['different']
  readonly missing: readonly ExpectedRule[]
  readonly extra: readonly FoundRule[]
} {
  const waiting = new Map<string, { readonly list: FoundRule[]; next: number }>()
  for (const one of found) {
    const queue = waiting.get(key(one))
    if (queue) queue.list.push(one)
    else waiting.set(key(one), { list: [one], next: 0 })
  }
  const pairs: { expected: ExpectedRule; found: FoundRule }[] = []
  const missing: ExpectedRule[] = []
  const taken = new Set<FoundRule>()
  for (const one of expected) {
    const queue = waiting.get(key(one))
    const partner = queue?.list[queue.next]
    if (queue && partner) {
      queue.next++
      taken.add(partner)
      pairs.push({ expected: one, found: partner })
    } else missing.push(one)
  }
  return { pairs, missing, extra: found.filter((one) => !taken.has(one)) }
}

// What a rule is about, whatever it says of it: an endpoint in a chain of choices, a source in one of ranges, an address and
// port where Services stand side by side, else what it does to which sort of packet.
function identity(chain: string, { target, options }: CanonicalRule): string {
  const values = (...names: readonly string[]) => names.map((name) => `${name} ${options.get(name) ?? ''}`).join(' ')
  if (/^KUBE-SV[CL]-/.test(chain)) return `${target} ${options.has('--rcheck')}`
  if (chain.startsWith('KUBE-FW-')) return values('-s')
  if (chain.startsWith('KUBE-SEP-')) return target
  if (/^KUBE-(SERVICES|NODEPORTS|EXTERNAL-SERVICES|PROXY-FIREWALL)$/.test(chain)) {
    return values('-d', '-p', '--dport', '--dst-type', '--match-set')
  }
  return `${target} ${[...options.keys()].sort().join(' ')}`
}
