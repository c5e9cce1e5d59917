// Collects what one table holds and lists it as kube-proxy's transactions write it, in the order of a dump: chains, sets and
// maps by name, then rules chain by chain, then elements. Follows sigs.k8s.io/knftables (Dump) and, for elements that two
// Services claim, nftables/proxier.go (nftElementStorage) @v1.36.3.

import type { IpFamily } from '../../model/records'
import type { PredictedLine } from '../types'

/** What a line is about. */
export type Origin = Omit<PredictedLine, 'table' | 'text'>

export type Element = { readonly key: string; readonly value?: string; readonly comment?: string }

const tableOf = (family: IpFamily) => (family === 'IPv4' ? 'ip kube-proxy' : 'ip6 kube-proxy')

type Stored = { readonly value: string | undefined; readonly line: PredictedLine }

export class Ruleset {
  readonly #table: string
  #declaration: readonly PredictedLine[] = []
  readonly #chains = new Map<string, PredictedLine>()
  readonly #sets = new Map<string, PredictedLine>()
  readonly #maps = new Map<string, PredictedLine>()
  readonly #rules = new Map<string, PredictedLine[]>()
  readonly #elements = new Map<string, Map<string, Stored>>()

  constructor(family: IpFamily) {
    this.#table = tableOf(family)
  }

  addTable(table: { readonly body: string }, origin: Origin): void {
    this.#declaration = [this.#line(`table ${this.#table}${block(table.body)}`, origin)]
  }

  /** `body` is what stands between the braces of the declaration, if anything does. */
  addChain(chain: { readonly name: string; readonly body?: string }, origin: Origin): void {
    this.#chains.set(chain.name, this.#line(`chain ${this.#table} ${chain.name}${block(chain.body)}`, origin))
  }

  addSet(set: { readonly name: string; readonly body: string }, origin: Origin): void {
    this.#sets.set(set.name, this.#line(`set ${this.#table} ${set.name}${block(set.body)}`, origin))
  }

  addMap(map: { readonly name: string; readonly body: string }, origin: Origin): void {
    this.#maps.set(map.name, this.#line(`map ${this.#table} ${map.name}${block(map.body)}`, origin))
  }

  addRule(rule: { readonly chain: string; readonly text: string; readonly comment?: string }, origin: Origin): void {
    const comment = rule.comment === undefined ? '' : ` comment "${rule.comment}"`
    const line = this.#line(`rule ${this.#table} ${rule.chain} ${rule.text}${comment}`, origin)
    const rules = this.#rules.get(rule.chain)
    if (rules) rules.push(line)
    else this.#rules.set(rule.chain, [line])
  }

  /** An element that is there already stays, with its comment; another value takes its place, at the end. */
  putElement(container: string, element: Element, origin: Origin): void {
    const { key, value, comment } = element
    const elements = this.#elements.get(container) ?? new Map<string, Stored>()
    this.#elements.set(container, elements)
    const known = elements.get(key)
    if (known && known.value === value) return
    const body = `${key}${comment === undefined ? '' : ` comment "${comment}"`}${value === undefined ? '' : ` : ${value}`}`
    elements.delete(key)
    elements.set(key, { value, line: this.#line(`element ${this.#table} ${container}${block(body)}`, origin) })
  }

  lines(): readonly PredictedLine[] {
    const holdsValues = (name: string) =>
      [...(this.#elements.get(name)?.values() ?? [])].some((e) => e.value !== undefined)
    const containers = [...this.#elements.keys()].sort()
    return [
      ...this.#declaration,
      ...[this.#chains, this.#sets, this.#maps].flatMap((declared) => sorted(declared).map(([, line]) => line)),
      ...sorted(this.#rules).flatMap(([, rules]) => rules),
      ...[...containers.filter((name) => !holdsValues(name)), ...containers.filter(holdsValues)].flatMap((name) =>
        [...(this.#elements.get(name)?.values() ?? [])].map(({ line }) => line),
      ),
    ]
  }

  #line(text: string, origin: Origin): PredictedLine {
    return { ...origin, table: this.#table, text: `add ${text}` }
  }
}

const block = (body: string | undefined) => (body === undefined ? '' : ` { ${body} }`)

const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
