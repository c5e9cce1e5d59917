// Reads what `nft list table ip kube-proxy`, `ip6 kube-proxy` or `nft list ruleset` prints (checked with nft 1.0.6), with or
// without handles and counters. Tables of others are skipped. Rules N18, N20, N21.

import { type DumpFault, MAX_DUMP_LENGTH } from '../types'
import { elementForm } from './element-form'
import { type Item, type ItemKind, printed } from './items'
import { Refusal, type Token } from './lexer'
import { propertiesForm } from './properties-form'
import { ruleForm } from './rule-form'
import { found, isMark, Words } from './words'

export type NftDump = {
  readonly kind: 'nftables'
  /** kube-proxy's tables in it: `ip kube-proxy`, `ip6 kube-proxy`. */
  readonly tables: readonly string[]
  readonly items: readonly Item[]
}

const TABLES = new Set(['ip kube-proxy', 'ip6 kube-proxy'])
const FAMILIES = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'])

/** The dump's items, or the first line that nft would not have printed. Linear in the text's length. */
export function parseNftables(text: string): NftDump | DumpFault {
  if (text.length > MAX_DUMP_LENGTH) {
    return { line: 1, reason: { code: 'dump-too-large', values: { mebibytes: MAX_DUMP_LENGTH / 2 ** 20 } } }
  }
  const reader = new Reader(text)
  try {
    reader.readAll()
  } catch (error) {
    if (error instanceof Refusal) return error.fault
    throw error
  }
  return { kind: 'nftables', tables: reader.tables, items: reader.items }
}

type Block = { readonly kind: ItemKind; readonly table: string; readonly name: string }

class Reader {
  readonly tables: string[] = []
  readonly items: Item[] = []
  readonly #words: Words
  readonly #seen = new Set<string>()

  constructor(text: string) {
    this.#words = new Words(text)
  }

  readAll(): void {
    for (let token = this.#words.token(); token; token = this.#words.token()) {
      if (token.text !== 'table' || token.quoted) throw new Refusal(token.line, 'nft-dump-not-nft', found(token))
      this.#table(token.line)
    }
    if (this.#seen.size === 0) throw new Refusal(1, 'nft-dump-empty')
  }

  #table(line: number): void {
    const [family, name] = [this.#words.need(), this.#words.need()]
    if (!FAMILIES.has(family.text)) throw new Refusal(line, 'nft-dump-not-nft', found(family))
    const table = `${family.text} ${name.text}`
    if (this.#seen.has(table)) throw new Refusal(line, 'nft-dump-table-twice', { table })
    this.#seen.add(table)
    this.#words.open()
    if (TABLES.has(table)) {
      this.tables.push(table)
      this.#tableBody(table, line)
    } else this.#words.skipBlock()
  }

  #tableBody(table: string, line: number): void {
    const flags: string[] = []
    for (let token = this.#words.need(); !isMark(token, '}'); token = this.#words.need()) {
      const { text } = token
      if (text === 'set' || text === 'map' || text === 'chain')
        this.#object({ kind: text, table, name: this.#words.need().text })
      else if (text === 'comment') this.#words.statement()
      else if (text === 'flags') flags.push(...this.#words.statement().map((word) => word.text))
      else if (OTHER_OBJECTS.has(text)) this.#words.skipObject()
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
    const { line } = this.#words
    this.#words.open()
    const properties: (readonly Token[])[] = []
    const inside = block.kind === 'chain' ? this.#chainLine : this.#setLine
    for (let token = this.#words.need(); !isMark(token, '}'); token = this.#words.need())
      inside.call(this, block, properties, token)
    const text = properties.map((tokens) => printed(this.#words.text, tokens)).join(' ; ')
    this.items.push({ ...block, key: '', form: propertiesForm(properties), text, line })
  }

  #setLine(block: Block, properties: (readonly Token[])[], first: Token): void {
    if (isMark(first, ';')) return
    if (first.text === 'elements') this.#elements(block)
    else if (SET_WORDS.has(first.text)) properties.push([first, ...this.#words.statement()])
    else throw new Refusal(first.line, 'nft-dump-unexpected', found(first))
  }

  #chainLine(block: Block, properties: (readonly Token[])[], first: Token): void {
    if (isMark(first, ';')) return
    if (isMark(first, ',') || isMark(first, '{')) throw new Refusal(first.line, 'nft-dump-unexpected', found(first))
    const tokens = [first, ...this.#words.statement()]
    const { text: word } = first
    if (word === 'type' || word === 'policy' || (word === 'comment' && tokens.length === 2)) properties.push(tokens)
    else this.#add({ ...block, kind: 'rule' }, tokens, { key: '', form: ruleForm(tokens) })
  }

  #elements(block: Block): void {
    const equals = this.#words.need()
    if (equals.text !== '=') throw new Refusal(equals.line, 'nft-dump-unexpected', found(equals))
    this.#words.open()
    let tokens: Token[] = []
    const flush = () => {
      if (tokens.length === 0) return
      const { key, value } = elementForm(tokens)
      this.#add({ ...block, kind: 'element' }, tokens, { key, form: value })
      tokens = []
    }
    for (let token = this.#words.need(); !isMark(token, '}'); token = this.#words.need()) {
      if (isMark(token, '{') || isMark(token, ';')) throw new Refusal(token.line, 'nft-dump-unexpected', found(token))
      if (isMark(token, ',')) flush()
      else tokens.push(token)
    }
    flush()
  }

  #add(block: Block, tokens: readonly Token[], { key, form }: { readonly key: string; readonly form: string }): void {
    const named = tokens.find(({ quoted }, i) => quoted && tokens[i - 1]?.text === '.')
    if (named) throw new Refusal(named.line, 'nft-dump-service-names', found(named))
    this.items.push({ ...block, key, form, text: printed(this.#words.text, tokens), line: tokens[0]?.line ?? 0 })
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
