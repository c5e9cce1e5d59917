// One form for what kube-proxy writes and what iptables-save prints: the kernel keeps no spelling, order or defaults, so
// `-d 10.96.0.1 --or-mark 0x00004000` comes back as `-d 10.96.0.1/32 … --set-xmark 0x4000/0x4000`; rule R19.

import { parseCidr, parseIp } from '../../model/ip'

export type CanonicalRule = {
  /** Equal for rules that do the same in a chain. Comments do not count. */
  readonly key: string
  readonly comment: string
  /** Chain or verdict it jumps to; '' when it only carries a comment. */
  readonly target: string
  /** Its options by name, values joined by a space, `! ` before negated ones. */
  readonly options: ReadonlyMap<string, string>
}

/** Reads a rule without its `-A chain`. Never throws: what is not understood is kept as it stands. */
export function canonicalRule(text: string): CanonicalRule {
  const options = new Map<string, string>()
  let comment = ''
  for (const { name, negated, values } of readOptions(text)) {
    if (name === '--comment') comment = values.join(' ')
    else {
      const value = normalized(name, values, negated)
      if (value !== undefined) options.set(...renamed(name, negated ? `! ${value}` : value))
    }
  }
  const key = [...options].map(([name, value]) => `${name} ${value}`).sort()
  return { key: key.join(' '), comment, target: options.get('-j') ?? '', options }
}

type Option = { readonly name: string; readonly negated: boolean; readonly values: string[] }

function readOptions(text: string): readonly Option[] {
  const options: Option[] = []
  let negated = false
  for (const { word, quoted } of words(text)) {
    if (!quoted && word === '!') negated = true
    else if (!quoted && word.startsWith('-')) {
      options.push({ name: SHORT.get(word) ?? word, negated, values: [] })
      negated = false
    } else options.at(-1)?.values.push(word)
  }
  return options
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ...(['--protocol', '--proto'] as const).map((name) => [name, '-p'] as const),
  ...(['--source', '--src'] as const).map((name) => [name, '-s'] as const),
  ...(['--destination', '--dst'] as const).map((name) => [name, '-d'] as const),
  ...(['--jump'] as const).map((name) => [name, '-j'] as const),
])

type Word = { readonly word: string; readonly quoted: boolean }

/** Words between spaces; a quoted one may hold spaces, and a backslash in it stands before a character of its own. */
function words(text: string): readonly Word[] {
  const found: Word[] = []
  const space = /\s|$/g
  for (let at = 0; at < text.length; at++) {
    if (/\s/.test(text.charAt(at))) continue
    const end = text.charAt(at) === '"' ? closingQuote(text, at) : -1
    if (end > 0) {
      found.push({ word: text.slice(at + 1, end).replaceAll(/\\(.)/g, '$1'), quoted: true })
      at = end
    } else {
      space.lastIndex = at
      const stop = space.exec(text)?.index ?? text.length
      found.push({ word: text.slice(at, stop), quoted: false })
      at = stop
    }
  }
  return found
}

/** Where the quote that opens at `from` is closed; -1 when it is not. */
function closingQuote(text: string, from: number): number {
  let end = text.indexOf('"', from + 1)
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charAt(at - 1 - backslashes) === '\\') backslashes++
  return backslashes % 2 === 1
}

/** Options that say nothing of their own: modules, defaults, and what the kernel or a counter adds. */
const SILENT = ['-m', '--rsource', '--nfacct-name', '--random-fully', '-c']

function normalized(name: string, values: readonly string[], negated: boolean): string | undefined {
  const value = values.join(' ')
  if (SILENT.includes(name)) return undefined
  if (name === '-s' || name === '-d' || name === '--vaddr') return range(value, negated)
  if (name === '--vproto') return PROTOCOL_NUMBERS.get(value) ?? value
  if (name === '--probability') return String(Math.round(Number(value) * 2 ** 31))
  if (name === '--mask') return /^(255\.255\.255\.255|ffff(:ffff){7})$/.test(value) ? undefined : value
  if (name === '--reject-with') return /^icmp6?-port-unreachable$/.test(value) ? undefined : value
  if (name === '--ctstate') return value.split(',').sort().join(',')
  if (/^--(set-xmark|set-mark|or-mark|xor-mark|mark)$/.test(name)) return marks(name, value)
  return value
}

/** The match of ipvs prints its protocol as a number (libxt_ipvs). */
const PROTOCOL_NUMBERS: ReadonlyMap<string, string> = new Map([
  ['tcp', '6'],
  ['udp', '17'],
  ['sctp', '132'],
])

// A whole range of mask /0 is printed as no range at all.
function range(text: string, negated: boolean): string | undefined {
  const ip = parseIp(text)
  const cidr = parseCidr(ip ? `${ip.text}/${ip.family === 'IPv4' ? 32 : 128}` : text)
  return cidr?.zero && !negated ? undefined : (cidr?.text ?? text)
}

// or-mark X is set-xmark X/X, xor-mark X is set-xmark X/0, set-mark X is set-xmark X/0xffffffff (libxt_MARK).
function marks(name: string, text: string): string {
  const [value = '', mask = 'ffffffff'] = text.split('/').map((part) => Number(part).toString(16))
  if (name === '--or-mark') return `${value}/${value}`
  return `${value}/${name === '--xor-mark' ? '0' : mask}`
}

const renamed = (name: string, value: string): [string, string] => [
  /^--(set-mark|or-mark|xor-mark)$/.test(name) ? '--set-xmark' : name,
  value,
]
