// Words of nft's language, as `nft list` prints it and as kube-proxy's transactions write it. One pass, nothing is looked at twice.

import type { DumpFault } from '../types'

export type Token = {
  readonly text: string
  /** It stood in quotes; `text` is without them. */
  readonly quoted: boolean
  /** 1-based. */
  readonly line: number
  /** Where it starts and ends in the text, quotes included. */
  readonly from: number
  readonly to: number
}

/** What ends the reading of a text; never leaves this folder. */
export class Refusal extends Error {
  readonly fault: DumpFault

  constructor(line: number, code: string, values: DumpFault['reason']['values'] = {}) {
    super(`line ${line}: ${code}`)
    this.fault = { line, reason: { code, values } }
  }
}

/** Longest piece of the text that a fault quotes. */
const MOST_QUOTED = 60

export const excerpt = (text: string) => (text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text)

const TAB = 9
const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const QUOTE = 34
const HASH = 35
const COMMA = 44
const SEMICOLON = 59
const OPEN = 123
const CLOSE = 125

const isPunctuation = (code: number) => code === COMMA || code === SEMICOLON || code === OPEN || code === CLOSE

/** A line end is the token `\n`, a comment is left out with its handle. */
export class Lexer {
  readonly text: string
  line = 1
  #at = 0

  constructor(text: string) {
    this.text = text
  }

  /** The next token; undefined at the end. Throws a `Refusal` where the text is none of nft's. */
  next(): Token | undefined {
    this.#skipBlanks()
    if (this.#at >= this.text.length) return undefined
    const from = this.#at
    const line = this.line
    const code = this.text.charCodeAt(from)
    if (code === NEWLINE) {
      this.#at++
      this.line++
      return { text: '\n', quoted: false, line, from, to: from + 1 }
    }
    if (code === QUOTE) return this.#quoted(from)
    if (isPunctuation(code)) this.#at++
    else this.#skipWord()
    return { text: this.text.slice(from, this.#at), quoted: false, line, from, to: this.#at }
  }

  #skipBlanks(): void {
    for (; this.#at < this.text.length; this.#at++) {
      const code = this.text.charCodeAt(this.#at)
      if (code === HASH) {
        const end = this.text.indexOf('\n', this.#at)
        this.#at = (end < 0 ? this.text.length : end) - 1
      } else if (code !== SPACE && code !== TAB && code !== RETURN) return
    }
  }

  #skipWord(): void {
    for (; this.#at < this.text.length; this.#at++) {
      const code = this.text.charCodeAt(this.#at)
      if (code === SPACE || code === TAB || code === NEWLINE || code === RETURN || code === QUOTE) return
      if (isPunctuation(code)) return
      if (code < SPACE || code === 0xfffd) throw new Refusal(this.line, 'nft-dump-not-text')
    }
  }

  #quoted(from: number): Token {
    let end = from + 1
    for (; end < this.text.length; end++) {
      const code = this.text.charCodeAt(end)
      if (code === QUOTE) {
        this.#at = end + 1
        return { text: this.text.slice(from + 1, end), quoted: true, line: this.line, from, to: end + 1 }
      }
      if (code < SPACE && code !== TAB) break
    }
    throw new Refusal(this.line, 'nft-dump-quote-open')
  }
}

/** The comma-separated parts between braces. */
export function commaParts(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const entries: Token[][] = [[]]
  for (const token of tokens) {
    if (token.text === ',' && !token.quoted) entries.push([])
    else entries.at(-1)?.push(token)
  }
  return entries.filter((entry) => entry.length > 0)
}
