// One form for what nft prints in different ways: versions, options (-n, -y, -a) and its own shortening of sets of addresses
// are evened out, and so are the spellings of kube-proxy's transactions. Rules N18, N19.

import { parseIp } from '../../model/ip'
import type { Token } from './lexer'
import { type AddressRange, parseRange, rangesText } from './ranges'

const PROTOCOLS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '132': 'sctp' }
const PRIORITIES: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
}
/** Numbers that nft -n prints for names, after the word before them. */
const NUMBERED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  l4proto: PROTOCOLS,
  state: { '0x8': 'new', '0x00000008': 'new' },
  status: { '0x20': 'dnat', '0x00000020': 'dnat' },
  type: { '2': 'local' },
}
const BITS: Readonly<Record<string, string>> = { and: '&', or: '|', xor: '^' }

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
  words.push(NUMBERED[last ?? '']?.[text] ?? wordForm(text))
  return at + 1
}

function wordForm(text: string): string {
  const bit = BITS[text]
  if (bit !== undefined) return bit
  if (text === '0' || /^0x[\da-f]{1,16}$/i.test(text)) return `0x${BigInt(text).toString(16)}`
  return addressForm(text)
}

// Go and C print the same IPv6 address alike but for ranges with an IPv4 address in them.
const addressForm = (text: string) => (text.includes(':') && text.includes('.') ? (parseIp(text)?.text ?? text) : text)

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
  const entries = mapEntries(tokens.slice(at + 1, close)).map(
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

/** The comma-separated parts between braces. */
export function mapEntries(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const entries: Token[][] = [[]]
  for (const token of tokens) {
    if (token.text === ',' && !token.quoted) entries.push([])
    else entries.at(-1)?.push(token)
  }
  return entries.filter((entry) => entry.length > 0)
}

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
  const key = (state < 0 ? before : before.slice(0, state)).filter(({ text }) => text !== '.')
  const hasAddress = key.length > 2
  return {
    key: key
      .map(({ text }, i) => (i === (hasAddress ? key.length - 2 : 0) ? (PROTOCOLS[text] ?? text) : addressForm(text)))
      .join(' . '),
    value:
      colon < 0
        ? ''
        : tokens
            .slice(colon + 1)
            .map(({ text }) => text)
            .join(' '),
    comment: comment < 0 ? undefined : before[comment + 1]?.text,
  }
}

const STATE = new Set(['comment', 'timeout', 'expires', 'counter', 'last', 'quota', 'limit'])

/** A chain's or set's properties, one statement each; comments, sizes and the policy `accept` are left out. */
export function propertiesForm(statements: readonly (readonly Token[])[]): string {
  return statements
    .flatMap((statement) => {
      const words = statement.map(({ text }) => text)
      switch (words[0]) {
        case 'type':
        case 'typeof':
          return [typeForm(words)]
        case 'flags':
          return [
            `flags ${words
              .slice(1)
              .filter((word) => word !== ',')
              .sort()
              .join(',')}`,
          ]
        case 'timeout':
          return [`timeout ${seconds(words[1] ?? '')}`]
        case 'policy':
          return words[1] === 'accept' || words[1] === 'performance' ? [] : [words.join(' ')]
        default:
          return []
      }
    })
    .sort()
    .join(' ; ')
}

// `type filter hook output priority dstnat - 10`: the priority as a number.
function typeForm(words: readonly string[]): string {
  const at = words.indexOf('priority')
  if (at < 0) return words.join(' ')
  const [base = '', sign, offset] = words.slice(at + 1)
  const start = PRIORITIES[base] ?? Number(base)
  const priority = start + (sign === undefined ? 0 : Number(`${sign}${offset}`))
  return [...words.slice(0, at + 1), priority].join(' ')
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 }

/** `1d1h1m1s` in seconds; NaN if it is none. */
export function seconds(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|[dhms])/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return Number.NaN
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? Number.NaN), 0)
}
