// What the readers of a dump share: what they found so far, how they read an address, how they refuse a line.

import { parseIp } from '../../model/ip'
import type { Protocol } from '../../model/records'
import type { DumpFault } from '../types'
import { serverKey } from './server-key'

/** One line, without the spaces around it; numbers start at 1. */
export type DumpLine = { readonly number: number; readonly text: string }

export type FoundRealServer = {
  readonly address: string
  readonly port: number
  readonly masquerades: boolean
  readonly weight: number
  /** Active and inactive connections; undefined where the form does not tell them. */
  readonly connections: { readonly active: number; readonly inactive: number } | undefined
  readonly line: DumpLine
}

export type FoundVirtualServer = {
  readonly address: string
  readonly number: number
  readonly protocol: Protocol
  readonly scheduler: string
  /** 1 persistent, 4 one packet, 8, 0x10 and 0x20 as the scheduler takes them. */
  readonly flags: number
  /** 0 if it is not persistent. */
  readonly timeout: number
  /** What else it was told (mask, persistence engine), as printed: kube-proxy tells nothing of the sort. */
  readonly more: string
  readonly line: DumpLine
  readonly realServers: FoundRealServer[]
}

export type FoundSet = { readonly type: string; readonly line: DumpLine; readonly entries: Map<string, DumpLine> }

export type IpvsDump = {
  readonly kind: 'ipvs'
  /** Undefined if the text has nothing of ipvsadm. */
  readonly virtualServers: ReadonlyMap<string, FoundVirtualServer> | undefined
  /** By name; undefined if the text has nothing of ipset. */
  readonly ipsets: ReadonlyMap<string, FoundSet> | undefined
}

/** What has been read so far. */
export class DumpState {
  readonly servers = new Map<string, FoundVirtualServer>()
  readonly sets = new Map<string, FoundSet>()
  /** The virtual server that lines of `ipvsadm -Ln` belong to; `foreign` ones (firewall marks, other protocols) are skipped. */
  current: FoundVirtualServer | 'foreign' | undefined
  hasServers = false
  hasSets = false
}

/** Most characters of a line that a refusal quotes. */
const MOST_QUOTED = 80

export const excerpt = (text: string) => (text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text)

export const refuse = (line: number, code: string, values: DumpFault['reason']['values']): DumpFault => ({
  line,
  reason: { code, values },
})

/** The line is of the right program, but not as it prints it. */
export const malformed = ({ number, text }: DumpLine): DumpFault =>
  refuse(number, 'ipvs-dump-malformed', { text: excerpt(text) })

type Place = { readonly address: string; readonly port: number }

/** Reads `ip:port` or `[ip6]:port`. Names of hosts or ports are refused: without -n nothing can be compared. */
export function readPlace(text: string | undefined, line: DumpLine): Place | DumpFault {
  const [, bracketed, plain, port] = PLACE.exec(text ?? '') ?? []
  const address = bracketed ?? plain
  if (address === undefined || port === undefined) return malformed(line)
  const ip = parseIp(address)
  const number = readNumber(port, 65_535)
  if (!ip || number === undefined) return refuse(line.number, 'ipvs-dump-names', { text: excerpt(text ?? '') })
  return { address: ip.text, port: number }
}

const PLACE = /^(?:\[([^\]]*)\]|([^:]*)):([^:]+)$/

export const isFault = (read: object): read is DumpFault => 'reason' in read

/** Decimal digits only, up to `most`. */
export function readNumber(text: string | undefined, most = 0xffff_ffff): number | undefined {
  const number = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return number <= most ? number : undefined
}

const FLAGS: ReadonlyMap<string, number> = new Map([
  ['sh-fallback', 8],
  ['mh-fallback', 8],
  ['flag-1', 8],
  ['sh-port', 0x10],
  ['mh-port', 0x10],
  ['flag-2', 0x10],
  ['flag-3', 0x20],
])

/** Bits of the scheduler's flags, separated by commas; undefined if one is none. */
export function readSchedulerFlags(text: string): number | undefined {
  let bits = 0
  for (const name of text.split(',')) {
    const bit = FLAGS.get(name)
    if (bit === undefined) return undefined
    bits |= bit
  }
  return bits
}

/** Keeps a virtual server; one that was there already is refused. */
export function keepServer(state: DumpState, server: FoundVirtualServer): DumpFault | undefined {
  const key = serverKey(server)
  if (state.servers.has(key)) {
    return refuse(server.line.number, 'ipvs-dump-twice', { text: excerpt(server.line.text) })
  }
  state.servers.set(key, server)
  state.current = server
  return undefined
}
