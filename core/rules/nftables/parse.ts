// Reads what `nft list table ip kube-proxy`, `ip6 kube-proxy` or `nft list ruleset` prints (checked with nft 1.0.6), with or
// without handles and counters. Tables of others are skipped. Rules N18, N20, N21.

import type { DumpFault } from '../types'
import { elementForm, propertiesForm, ruleForm } from './forms'
import { type Item, type ItemKind, printed } from './items'
import { excerpt, Lexer, Refusal, type Token } from './lexer'

export type NftDump = {
  /** kube-proxy's tables in it: `ip kube-proxy`, `ip6 kube-proxy`. */
  readonly tables: readonly string[]
  readonly items: readonly Item[]
}

/** 64 MiB, counted in characters. */
const MOST_CHARACTERS = 64 * 1024 * 1024

const TABLES = new Set(['ip kube-proxy', 'ip6 kube-proxy'])
const FAMILIES = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'])

/** The dump's items, or the first line that nft would not have printed. Linear in the text's length. */
export function parseNftables(text: string): NftDump | DumpFault {
  if (text.length > MOST_CHARACTERS)
    return { line: 1, reason: { code: 'nft-dump-too-large', values: { mebibytes: 64 } } }
  const reader = new Reader(text)
  try {
    reader.readAll()
  } catch (error) {
    if (error instanceof Refusal) return error.fault
    throw error
  }
  return { tables: reader.tables, items: reader.items }
}

type Block = { readonly kind: ItemKind; readonly table: string; readonly name: string }

class Reader {
  readonly tables: string[] = []
  readonly items: Item[] = []
  readonly #lexer: Lexer
  readonly #seen = new Set<string>()

  constructor(text: string) {
    this.#lexer = new Lexer(text)
  }

  readAll(): void {
    for (let token = this.#token(); token; token = this.#token()) {
      if (token.text !== 'table' || token.quoted) throw new Refusal(token.line, 'nft-dump-not-nft', found(token))
      this.#table(token.line)
    }
    if (this.#seen.size === 0) throw new Refusal(1, 'nft-dump-empty')
  }

  #table(line: number): void {
    const [family, name] = [this.#need(), this.#need()]
    if (!FAMILIES.has(family.text)) throw new Refusal(line, 'nft-dump-not-nft', found(family))
    const table = `${family.text} ${name.text}`
    if (this.#seen.has(table)) throw new Refusal(line, 'nft-dump-table-twice', { table })
    this.#seen.add(table)
    this.#open()
    if (TABLES.has(table)) {
      this.tables.push(table)
      this.#tableBody(table, line)
    } else this.#skipBlock()
  }

  #tableBody(table: string, line: number): void {
    const flags: string[] = []
    for (let token = this.#need(); !isMark(token, '}'); token = this.#need()) {
      const { text } = token
      if (text === 'set' || text === 'map' || text === 'chain')
        this.#object({ kind: text, table, name: this.#need().text })
      else if (text === 'comment') this.#statement()
      else if (text === 'flags') flags.push(...this.#statement().map((word) => word.text))
      else if (OTHER_OBJECTS.has(text)) this.#skipObject()
      else throw new Refusal(token.line, 'nft-dump-unexpected', found(token))
    }
    this.items.push({
      kind: 'table',
      table,
      name: '',
      key: '',
      form: flags.includes('dormant') ? 'dormant' : '',
      text: flags.join(' '),
      line,
    })
  }

  #object(block: Block): void {
    const { line } = this.#lexer
    this.#open()
    const properties: (readonly Token[])[] = []
    const inside = block.kind === 'chain' ? this.#chainLine : this.#setLine
    for (let token = this.#need(); !isMark(token, '}'); token = this.#need())
      inside.call(this, block, properties, token)
    const text = properties.map((tokens) => printed(this.#lexer.text, tokens)).join(' ; ')
    this.items.push({ ...block, key: '', form: propertiesForm(properties), text, line })
  }

  #setLine(block: Block, properties: (readonly Token[])[], first: Token): void {
    if (isMark(first, ';')) return
    if (first.text === 'elements') this.#elements(block)
    else if (SET_WORDS.has(first.text)) properties.push([first, ...this.#statement()])
    else throw new Refusal(first.line, 'nft-dump-unexpected', found(first))
  }

  #chainLine(block: Block, properties: (readonly Token[])[], first: Token): void {
    if (isMark(first, ';')) return
    if (isMark(first, ',') || isMark(first, '{')) throw new Refusal(first.line, 'nft-dump-unexpected', found(first))
    const tokens = [first, ...this.#statement()]
    const { text: word } = first
    if (word === 'type' || word === 'policy' || (word === 'comment' && tokens.length === 2)) properties.push(tokens)
    else this.#add({ ...block, kind: 'rule' }, tokens, { key: '', form: ruleForm(tokens) })
  }

  #elements(block: Block): void {
    const equals = this.#need()
    if (equals.text !== '=') throw new Refusal(equals.line, 'nft-dump-unexpected', found(equals))
    this.#open()
    let tokens: Token[] = []
    const flush = () => {
      if (tokens.length === 0) return
      const { key, value } = elementForm(tokens)
      this.#add({ ...block, kind: 'element' }, tokens, { key, form: value })
      tokens = []
    }
    for (let token = this.#need(); !isMark(token, '}'); token = this.#need()) {
      if (isMark(token, '{') || isMark(token, ';')) throw new Refusal(token.line, 'nft-dump-unexpected', found(token))
      if (isMark(token, ',')) flush()
      else tokens.push(token)
    }
    flush()
  }

  #add(block: Block, tokens: readonly Token[], { key, form }: { readonly key: string; readonly form: string }): void {
    const named = tokens.find(({ quoted }, i) => quoted && tokens[i - 1]?.text === '.')
    if (named) throw new Refusal(named.line, 'nft-dump-service-names', found(named))
    this.items.push({ ...block, key, form, text: printed(this.#lexer.text, tokens), line: tokens[0]?.line ?? 0 })
  }

  // The rest of a statement: to the end of the line, or a semicolon; inside braces lines do not end it.
  #statement(): readonly Token[] {
    const tokens: Token[] = []
    let depth = 0
    for (;;) {
      const token = this.#lexer.next()
      if (!token) throw new Refusal(this.#lexer.line, 'nft-dump-cut-off')
      if (token.text === '\n' && !token.quoted) {
        if (depth === 0) return tokens
        continue
      }
      if (isMark(token, '{')) depth++
      if (isMark(token, '}')) depth--
      if (depth < 0) throw new Refusal(token.line, 'nft-dump-unexpected', found(token))
      if (isMark(token, ';') && depth === 0) return tokens
      tokens.push(token)
    }
  }

  #skipObject(): void {
    for (let token = this.#need(); !isMark(token, '{'); token = this.#need()) {
      if (isMark(token, '}')) throw new Refusal(token.line, 'nft-dump-unexpected', found(token))
    }
    this.#skipBlock()
  }

  #skipBlock(): void {
    for (let depth = 1; depth > 0; ) {
      const token = this.#need()
      if (isMark(token, '{')) depth++
      if (isMark(token, '}')) depth--
    }
  }

  #open(): void {
    const token = this.#need()
    if (!isMark(token, '{')) throw new Refusal(token.line, 'nft-dump-unexpected', found(token))
  }

  /** The next token that is no line end. */
  #token(): Token | undefined {
    let token = this.#lexer.next()
    while (token?.text === '\n' && !token.quoted) token = this.#lexer.next()
    return token
  }

  #need(): Token {
    const token = this.#token()
    if (!token) throw new Refusal(this.#lexer.line, 'nft-dump-cut-off')
    return token
  }
}

/** Objects of a table that kube-proxy does not make. */
const OTHER_OBJECTS = new Set([
  'counter',
  'quota',
  'limit',
  'ct',
  'secmark',
  'synproxy',
  'flowtable',
  'meter',
  'tunnel',
])

const SET_WORDS = new Set([
  'type',
  'typeof',
  'flags',
  'timeout',
  'gc-interval',
  'size',
  'policy',
  'auto-merge',
  'comment',
  'counter',
  'quota',
  'limit',
])

const isMark = (token: Token, mark: string) => !token.quoted && token.text === mark

const found = ({ text }: Token) => ({ found: excerpt(text) })
