// Follows one packet through rules as iptables-save prints them: nat first, then filter if nothing was rewritten. Where a rule
// goes by chance every branch is followed. Only what kube-proxy writes is understood; anything else is an error.

import { cidrHolds } from '../model/ip'

export type Packet = {
  readonly from: string
  readonly to: string
  readonly port: number
  readonly protocol: string
  /** The node's own addresses. */
  readonly local: readonly string[]
}

export type Traced = {
  readonly verdict: 'forward' | 'drop' | 'reject' | 'none'
  /** `ip:port`, sorted. */
  readonly endpoints: readonly string[]
  /** Whether the source is rewritten: for all branches, none, or some. */
  readonly masquerade: 'all' | 'none' | 'some'
}

type Rule = { readonly words: readonly string[]; readonly target: string }
export type Ruleset = ReadonlyMap<string, readonly Rule[]>
type Branch = { readonly to: string | undefined; readonly marked: boolean; readonly end: string | undefined }

/** `<table> -A CHAIN ...` lines; those of a chain in their order. */
export function readRules(lines: readonly string[]): Ruleset {
  const chains = new Map<string, Rule[]>()
  for (const line of lines) {
    const [table = '', command, chain = '', ...rest] = line.match(/"[^"]*"|\S+/g) ?? []
    if (command !== '-A') continue
    const id = `${table} ${chain}`
    const at = rest.indexOf('-j')
    const rule = { words: withoutComment(rest.slice(0, at < 0 ? undefined : at)), target: rest.slice(at + 1).join(' ') }
    chains.set(id, [...(chains.get(id) ?? []), at < 0 ? { ...rule, target: '' } : rule])
  }
  return chains
}

// The fake backend prints some comments without quotes.
function withoutComment(words: readonly string[]): readonly string[] {
  const at = words.indexOf('--comment')
  if (at < 0) return words
  const end = words.findIndex((word, i) => i > at + 1 && word.startsWith('-'))
  return [...words.slice(0, at - 2), ...(end < 0 ? [] : words.slice(end))].filter((word) => word !== 'comment')
}

export function trace(rules: Ruleset, packet: Packet): Traced {
  const own = packet.local.includes(packet.from)
  const start = { to: undefined, marked: false, end: undefined }
  const natted = walk(rules, packet, { chain: `nat ${own ? 'OUTPUT' : 'PREROUTING'}`, branch: start })
  const endpoints = [...new Set(natted.flatMap(({ to }) => to ?? []))].sort()
  const marked = natted.filter((branch) => branch.marked).length
  const masquerade = marked === 0 ? 'none' : marked === natted.length ? 'all' : 'some'
  if (endpoints.length > 0) return { verdict: 'forward', endpoints, masquerade }
  // A node's packet to itself leaves and comes in again.
  const here = packet.local.includes(packet.to)
  const hooks = own ? ['OUTPUT', ...(here ? ['INPUT'] : [])] : [here ? 'INPUT' : 'FORWARD']
  const ends = hooks.map((hook) => walk(rules, packet, { chain: `filter ${hook}`, branch: start })[0]?.end)
  const end = ends.find((one) => one === 'DROP' || one === 'REJECT')
  const verdict = end === 'DROP' ? 'drop' : end === 'REJECT' ? 'reject' : 'none'
  return { verdict, endpoints: [], masquerade: 'none' }
}

type At = { readonly chain: string; readonly branch: Branch }

function walk(rules: Ruleset, packet: Packet, { chain, branch: start }: At): readonly Branch[] {
  const table = chain.slice(0, chain.indexOf(' '))
  let open: readonly Branch[] = [start]
  const closed: Branch[] = []
  for (const { words, target } of rules.get(chain) ?? []) {
    const next: Branch[] = []
    for (const branch of open) {
      if (!matches(words, packet, branch)) {
        next.push(branch)
        continue
      }
      if (words.includes('--probability')) next.push(branch)
      for (const after of jump(rules, packet, { table, target, branch })) {
        if (after.end === undefined) next.push(after)
        else closed.push(after)
      }
    }
    open = next
  }
  return [...closed, ...open]
}

type Jump = { readonly table: string; readonly target: string; readonly branch: Branch }

function jump(rules: Ruleset, packet: Packet, { table, target, branch }: Jump): readonly Branch[] {
  const [name = '', option, value] = target.split(' ')
  if (name === '') return [branch]
  if (name === 'MARK') return [{ ...branch, marked: option === '--or-mark' ? true : branch.marked }]
  if (name === 'DNAT') return [{ ...branch, to: value, end: name }]
  if (['DROP', 'REJECT', 'ACCEPT'].includes(name)) return [{ ...branch, end: name }]
  return walk(rules, packet, { chain: `${table} ${name}`, branch })
}

// A match without a meaning here would let the test pass for the wrong reason.
function matches(words: readonly string[], packet: Packet, branch: Branch): boolean {
  let at = 0
  const take = () => words[at++] ?? ''
  let fits = true
  while (at < words.length) {
    let word = take()
    const not = word === '!'
    if (not) word = take()
    const holds = test(word, { take, not, packet, branch })
    fits = fits && (holds === undefined || holds !== not)
  }
  return fits
}

type Test = { readonly take: () => string; readonly not: boolean; readonly packet: Packet; readonly branch: Branch }

function test(word: string, { take, packet, branch }: Test): boolean | undefined {
  const inRange = (address: string, range: string) =>
    range.includes('/') ? cidrHolds(range, address) : range === address
  switch (word) {
    case '-m':
    case '--mode':
    case '--probability':
    case '--name':
    case '--seconds':
    case '--nfacct-name':
      take()
      return undefined
    case '-s':
      return inRange(packet.from, take())
    case '-d':
      return inRange(packet.to, take())
    case '-p':
      return take() === packet.protocol
    case '--dport':
      return Number(take()) === packet.port
    case '--dst-type':
      return take() === 'LOCAL' && packet.local.includes(packet.to)
    case '--src-type':
      return take() === 'LOCAL' && packet.local.includes(packet.from)
    case '--ctstate': {
      // Of a rule that is negated here, "not RELATED, ESTABLISHED or DNAT", a new packet that was not rewritten fits.
      return take().split(',').includes('NEW')
    }
    case '--mark':
      take()
      return branch.marked
    case '--rcheck':
      return false
    case '--reap':
    case '--rsource':
    case '--set':
    case '--mask':
      return undefined
    default:
      throw new Error(`no meaning for ${word}`)
  }
}
