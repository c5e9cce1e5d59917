// Writes one iptables rule with what it comes from. Rules look into sets, so that few of them name a Service.

import type { IpFamily } from '../../model/records'
import type { PredictedLine, ProxySettings, RuleFact } from '../types'
import type { ClosedAddress, SetEntries } from './collect'
import { type SetName, setFacts, setName } from './sets'

export type Table = 'filter' | 'nat'

export type RuleContext = {
  readonly family: IpFamily
  readonly settings: ProxySettings
  readonly sets: SetEntries
  readonly closed: readonly ClosedAddress[]
}

/** A line, and whether it is there whatever the Services. */
export type Rule = { readonly line: PredictedLine; readonly always: boolean }

/** Every part of a rule but the match of a set. */
export type Target = { readonly rule: string; readonly about: string; readonly facts?: readonly RuleFact[] }

export const setting = (field: string): RuleFact => ({ kind: 'ProxySettings', id: '', field })

/** A line that no Service brings. */
export const NO_SERVICE = { service: undefined, port: undefined, endpoint: undefined } as const
export const MODE = setting('mode')

/** What a rule says before its target: the set it looks into, if it does. */
type Match = { readonly set?: SetName; readonly by?: string; readonly comment?: boolean; readonly before?: string }

export class Writer {
  readonly #context: RuleContext

  constructor(context: RuleContext) {
    this.#context = context
  }

  get mark(): string {
    return `0x${(2 ** this.#context.settings.masqueradeBit).toString(16).padStart(8, '0')}`
  }

  get loopback(): string {
    return this.#context.family === 'IPv4' ? '127.0.0.0/8' : '::1/128'
  }

  /** A rule that is always there. `rule` may look into a set. */
  always(place: readonly [Table, string], rule: string, about: string): Rule {
    const facts = rule.includes('0x') ? [setting('masqueradeBit')] : [MODE]
    return { always: true, line: this.#line(place, rule, { facts, about }) }
  }

  /** Rules that are there while the set has an entry. */
  ifAny(set: SetName, rules: () => readonly Omit<Rule, 'always'>[]): readonly Rule[] {
    return this.#context.sets.has(set) ? rules().map((rule) => ({ ...rule, always: false })) : []
  }

  /** One rule that looks into the set, which has an entry. */
  into(
    place: readonly [Table, string],
    match: Match & { readonly set: SetName },
    target: Target,
  ): Omit<Rule, 'always'> {
    const [first] = this.#context.sets.get(match.set) ?? []
    const facts = [...(first?.facts ?? []), ...(target.facts ?? [])]
    return { line: this.#line(place, `${this.matching(match)} ${target.rule}`, { facts, about: target.about }) }
  }

  /** `-m set --match-set …`, with the set's comment before it unless told otherwise. */
  matching({ set, by = 'dst,dst', comment = true, before }: Match & { readonly set: SetName }): string {
    return [
      ...(before ? [before] : []),
      ...(comment ? [`-m comment --comment "${setFacts(set).comment}"`] : []),
      `-m set --match-set ${setName(set, this.#context.family)} ${by}`,
    ].join(' ')
  }

  shutOut({ service, port, facts, about, ip, protocol, number }: ClosedAddress): Rule {
    const match = `-s ${ip} -m ipvs --vaddr ${ip} --vproto ${protocol} --vport ${number}`
    const text = `-A KUBE-IPVS-OUT-FILTER ${match} -j DROP`
    return { always: false, line: { table: 'filter', text, service, port, endpoint: undefined, facts, about } }
  }

  #line(
    [table, chain]: readonly [Table, string],
    rule: string,
    { facts, about }: { readonly facts: readonly RuleFact[]; readonly about: string },
  ): PredictedLine {
    return { ...NO_SERVICE, table, text: `-A ${chain} ${rule}`, facts, about: { code: about, values: {} } }
  }
}
