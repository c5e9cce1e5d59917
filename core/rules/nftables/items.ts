// What a table holds, one item per declaration, rule and element: the same from a dump and from a prediction, so that the two
// can be compared.

import type { Token } from './lexer'

export type ItemKind = 'table' | 'chain' | 'set' | 'map' | 'rule' | 'element'

export type Item = {
  readonly kind: ItemKind
  /** `ip kube-proxy` or `ip6 kube-proxy`. */
  readonly table: string
  /** The chain, set or map that it is or stands in; '' for a table. */
  readonly name: string
  /** Of an element. */
  readonly key: string
  /** Equal for equal meaning, however it was printed. */
  readonly form: string
  /** As it was printed, without handle. */
  readonly text: string
  readonly line: number
}

/** The item as kube-proxy's transaction would write it. */
export function statementOf({ kind, table, name, text }: Item): string {
  if (kind === 'table') return `add table ${table}`
  if (kind === 'rule') return `add rule ${table} ${name} ${text}`
  if (kind === 'element') return `add element ${table} ${name} { ${text} }`
  return `add ${kind} ${table} ${name}${text === '' ? '' : ` { ${text} }`}`
}

/** What the tokens spanned in their text, on one line. */
export function printed(text: string, tokens: readonly Token[]): string {
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (!first || !last) return ''
  const span = text.slice(first.from, last.to)
  return first.line === last.line ? span : span.replaceAll(/\s+/g, ' ')
}
