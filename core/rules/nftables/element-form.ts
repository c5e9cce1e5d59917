// An element of a set or map in one form. Rules N18, N19.

import type { Token } from './lexer'
import { addressForm, PROTOCOLS } from './rule-form'

/** An element's key, value and comment. Timeouts and counters are state of the kernel, not written by kube-proxy. */
export function elementForm(tokens: readonly Token[]): {
  readonly key: string
  readonly value: string
  readonly comment: string | undefined
} {
  const colon = tokens.findIndex(({ text, quoted }) => text === ':' && !quoted)
  const before = colon < 0 ? tokens : tokens.slice(0, colon)
  const state = before.findIndex(({ text, quoted }) => !quoted && STATE.has(text))
  const comment = before.findIndex(({ text, quoted }) => !quoted && text === 'comment')
  const words = (state < 0 ? before : before.slice(0, state)).map(({ text }) => addressForm(text))
  // `address . protocol . port`: the protocol is the last word but two.
  const key = words.map((word, at) => (at === words.length - 3 ? (PROTOCOLS.get(word) ?? word) : word)).join(' ')
  const value = colon < 0 ? [] : tokens.slice(colon + 1).map(({ text }) => text)
  return {
    key,
    value: value.join(' '),
    comment: comment < 0 ? undefined : before[comment + 1]?.text,
  }
}

const STATE = new Set(['comment', 'timeout', 'expires', 'counter', 'last', 'quota', 'limit'])
