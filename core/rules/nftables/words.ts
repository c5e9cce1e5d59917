// A dump word by word: statements, which a line end or a semicolon ends, and blocks. What is cut off or out of place is refused.

import { excerpt, Lexer, Refusal, type Token } from './lexer'

export const isMark = (token: Token, mark: string) => !token.quoted && token.text === mark

/** What a refusal says of a token. */
export const found = ({ text }: Token) => ({ found: excerpt(text) })

export class Words {
  readonly text: string
  readonly #lexer: Lexer

  constructor(text: string) {
    this.text = text
    this.#lexer = new Lexer(text)
  }

  get line(): number {
    return this.#lexer.line
  }

  /** The rest of a statement: to the end of the line, or a semicolon; inside braces lines do not end it. */
  statement(): readonly Token[] {
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

  /** An object from behind its keyword. */
  skipObject(): void {
    for (let token = this.need(); !isMark(token, '{'); token = this.need()) {
      if (isMark(token, '}')) throw new Refusal(token.line, 'nft-dump-unexpected', found(token))
    }
    this.skipBlock()
  }

  /** A block from behind its opening brace. */
  skipBlock(): void {
    for (let depth = 1; depth > 0; ) {
      const token = this.need()
      if (isMark(token, '{')) depth++
      if (isMark(token, '}')) depth--
    }
  }

  /** The brace that opens a block. */
  open(): void {
    const token = this.need()
    if (!isMark(token, '{')) throw new Refusal(token.line, 'nft-dump-unexpected', found(token))
  }

  /** The next token that is no line end. */
  token(): Token | undefined {
    let token = this.#lexer.next()
    while (token?.text === '\n' && !token.quoted) token = this.#lexer.next()
    return token
  }

  /** The same where there must be one. */
  need(): Token {
    const token = this.token()
    if (!token) throw new Refusal(this.#lexer.line, 'nft-dump-cut-off')
    return token
  }
}
