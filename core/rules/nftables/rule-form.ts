// One form for what nft prints in different ways: versions, options (-n, -y, -a) and its own shortening of sets of addresses
// are evened out, and so are the spellings of kube-proxy's transactions. Rules N18, N19.

import { parseIp } from '../../model/ip'
import { commaParts, type Token } from './lexer'
import { type AddressRange, parseRange, rangesText } from './ranges'

/** Protocols by number. */
export const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
  ['132', 'sctp'],
])
/** Numbers that nft -n prints for names, after the word before them. */
const NUMBERED: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['l4proto', PROTOCOLS],
  ['state', new Map([['0x8', 'new']])],
  ['status', new Map([['0x20', 'dnat']])],
  ['type', new Map([['2', 'local']])],
])
const BITS: ReadonlyMap<string, string> = new Map([
  ['and', '&'],
  ['or', '|'],
  ['xor', '^'],
])

/** A rule. The order of its matches counts, that of addresses in a set and of numbers in a map does not. */
export function ruleForm(tokens: readonly Token[]): string {
  const words: string[] = []
  for (let at = 0; at < tokens.length; ) at = addWord(words, tokens, at)
  return words.join(' ')
}

// Adds what stands at the place, in its one form, and gives the place after it.
function addWord(words: string[], tokens: readonly Token[], at: number): number {
  const text = tokens[at]?.text ?? ''
  const last = words.at(-1)
  const following = (n: number) => tokens[at + n]?.text
  if (text === 'counter') return at + (following(1) === 'packets' ? 5 : 1)
  if (text === 'meta' && following(1) === 'mark') return at + 1
  // The mask of the highest bit alone is printed as a prefix length.
  if (text === '!=' && last === 'mark' && following(1) === '0x00000000/1') {
    words.push('& 0x80000000 != 0x0')
    return at + 2
  }
  if (text === 'addr' && following(1) === '.' && following(2) === 'port') return at + 3
  if (text === 'with' && last === 'reject') return afterReject(tokens, at)
  if (text === 'comment') {
    words.push(`comment ${JSON.stringify(following(1) ?? '')}`)
    return at + 2
  }
  if ((last === 'saddr' || last === 'daddr') && text !== '.' && !text.startsWith('@'))
    return addOperand(words, tokens, at)
  if ((last === 'map' || last === 'vmap') && text === '{') return addMap(words, tokens, at)
  words.push(NUMBERED.get(last ?? '')?.get(text) ?? wordForm(text))
  return at + 1
}

function wordForm(text: string): string {
  const bit = BITS.get(text)
  if (bit !== undefined) return bit
  if (text === '0' || /^0x[\da-f]{1,16}$/i.test(text)) return `0x${BigInt(text).toString(16)}`
  return addressForm(text)
}

// Go and C print the same IPv6 address alike but for ranges with an IPv4 address in them.
export const addressForm = (text: string) =>
  text.includes(':') && text.includes('.') ? (parseIp(text)?.text ?? text) : text

// `reject` alone means port unreachable; some versions print it out: `with icmp [type] port-unreachable`.
function afterReject(tokens: readonly Token[], at: number): number {
  const end = tokens[at + 2]?.text === 'type' ? at + 3 : at + 2
  return tokens[end]?.text.startsWith('port-unreach') ? end + 1 : at + 1
}

// What an address is compared with: an address, a range, or a set of them, perhaps negated.
function addOperand(words: string[], tokens: readonly Token[], start: number): number {
  let at = start
  if (tokens[at]?.text === '!=') {
    words.push('!=')
    at++
  }
  const close = tokens[at]?.text === '{' ? closing(tokens, at) : at
  const texts = tokens.slice(at, close + 1).flatMap(({ text }) => ('{},'.includes(text) ? [] : [text]))
  const ranges = texts.flatMap((text): readonly AddressRange[] => {
    const range = parseRange(text)
    return range ? [range] : []
  })
  words.push(ranges.length === texts.length ? rangesText(ranges) : texts.join(','))
  return close + 1
}

// `{ 0 : a . b , 1 : ... }` sorted by number.
function addMap(words: string[], tokens: readonly Token[], at: number): number {
  const close = closing(tokens, at)
  const entries = commaParts(tokens.slice(at + 1, close)).map(
    (entry) =>
      [
        Number(entry[0]?.text),
        entry
          .map(({ text }) => addressForm(text))
          .slice(1)
          .join(' '),
      ] as const,
  )
  words.push(
    `{ ${entries
      .sort(([a], [b]) => a - b)
      .map(([number, target]) => `${number} ${target}`)
      .join(' , ')} }`,
  )
  return close + 1
}

function closing(tokens: readonly Token[], from: number): number {
  let at = from
  while (at < tokens.length && tokens[at]?.text !== '}') at++
  return at
}
