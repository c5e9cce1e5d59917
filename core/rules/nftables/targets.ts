// Which endpoints a rule sends to, read from the rule itself.

import { joinHostPort, parseIp } from '../../model/ip'
import type { Item } from './items'
import { commaParts } from './lexer'
import { readName } from './names'
import { tokensOf } from './statement'

/** `ip:port` of every endpoint that a rule with a drawn number, or one that rewrites the address, sends to; else empty. */
export function targetsOf({ kind, text }: Item): readonly string[] {
  if (kind !== 'rule') return []
  const tokens = tokensOf(text)
  const at = tokens.findIndex((token) => token.text === 'map' || token.text === 'vmap')
  if (at >= 0 && tokens[at + 1]?.text === '{') {
    const close = tokens.findIndex(({ text: word }, i) => i > at && word === '}')
    return commaParts(tokens.slice(at + 2, close)).flatMap((entry) => targetOf(entry.map((token) => token.text)))
  }
  const to = tokens.findIndex((token, i) => token.text === 'to' && tokens[i - 1]?.text === 'dnat')
  return to < 0 ? [] : [tokens[to + 1]?.text ?? '']
}

// `0 : 10.1.2.3 . 8080` or `0 : goto endpoint-...`.
function targetOf([, , first = '', second, third]: readonly string[]): readonly string[] {
  if (first === 'goto') {
    const endpoint = readName(second ?? '')?.endpoint
    return endpoint === undefined ? [] : [endpoint]
  }
  return [joinHostPort(parseIp(first)?.text ?? first, Number(third))]
}
