// A predicted line, which is written as kube-proxy's transactions are, as an item that can be compared with a dump's.

import type { PredictedLine } from '../types'
import { elementForm } from './element-form'
import { type Item, type ItemKind, printed } from './items'
import { Lexer, type Token } from './lexer'
import { propertiesForm } from './properties-form'
import { ruleForm } from './rule-form'

/** The item of a line that `nftablesBase` or `predictNftables` made; `line` is its place among them. */
export function itemOf({ text }: PredictedLine, line: number): Item {
  const tokens = tokensOf(text)
  const [, kind, family, table, name] = tokens.map((token) => token.text)
  const block = {
    kind: kind as ItemKind,
    table: `${family} ${table}`,
    name: kind === 'table' ? '' : (name ?? ''),
    line,
  }
  if (kind === 'rule') {
    const rest = tokens.slice(5)
    return { ...block, key: '', form: ruleForm(rest), text: printed(text, rest) }
  }
  const inside = tokens.slice(kind === 'table' ? 5 : 6, -1)
  const body = printed(text, inside)
  if (kind !== 'element') {
    return { ...block, key: '', form: kind === 'table' ? '' : propertiesForm(statements(inside)), text: body }
  }
  const { key, value } = elementForm(inside)
  return { ...block, key, form: value, text: body }
}

/** All words of a text of ours. */
export function tokensOf(text: string): readonly Token[] {
  const lexer = new Lexer(text)
  const tokens: Token[] = []
  for (let token = lexer.next(); token; token = lexer.next()) tokens.push(token)
  return tokens
}

function statements(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const list: Token[][] = [[]]
  for (const token of tokens) {
    if (token.text === ';' && !token.quoted) list.push([])
    else list.at(-1)?.push(token)
  }
  return list
}
