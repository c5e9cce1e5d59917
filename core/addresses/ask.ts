// What was typed into a search for addresses: an address or a range in any spelling, or why it is neither. Rules I1, I2.

import { parseCidr, parseIp, parseStrictIp } from '../model/ip'
import type { Reason } from '../model/reason'
import type { IpFamily } from '../model/records'
import { hiddenFamily } from '../model/stand-in'
import type { Ask } from './types'

/** Longer than any address with zone, mask and brackets; what is longer is not read at all. */
const LONGEST = 100

/**
 * Reads the text as people and programs write addresses: brackets, a port behind them, IPv4-mapped IPv6, host bits in a range.
 * Refused, with the reason: zones (they mean something on one host only), leading zeros in IPv4 (decimal to some programs, octal to
 * others; KEP-4858), masks in dotted form, prefixes that are too long.
 */
export function readAsk(raw: string): Ask {
  const text = raw.trim()
  if (text === '') return { kind: 'nothing' }
  if (text.length > LONGEST || hiddenFamily(text)) return refused('ask-no-address', { text: text.slice(0, LONGEST) })
  if (text.includes('%')) return refused('ask-zone', { text, zone: text.slice(text.indexOf('%') + 1) })
  const { bare, port } = withoutPort(text)
  if (port !== undefined && !isPort(port)) return refused('ask-port', { text: port })
  const notes = ignored(port)
  const [host = '', mask, ...more] = bare.split('/')
  const ip = parseIp(host)
  if (!ip || more.length > 0) return refused('ask-no-address', { text })
  if (/(^|[.:])0\d+(\.|$)/.test(host) && host.includes('.')) {
    return refused('ask-leading-zeros', { text: host, decimal: ip.text })
  }
  if (!parseStrictIp(host)) return refused('ask-no-address', { text })
  const mapped = (family: IpFamily): readonly Reason[] =>
    host.includes(':') && family === 'IPv4' ? [{ code: 'ask-mapped', values: { text: host, ip: ip.text } }] : []
  if (mask === undefined)
    return { kind: 'address', ip: ip.text, family: ip.family, notes: [...notes, ...mapped(ip.family)] }
  if (!/^\d+$/.test(mask)) return refused('ask-mask', { text: mask })
  if (/^0\d/.test(mask)) return refused('ask-leading-zeros', { text: `/${mask}`, decimal: `/${Number(mask)}` })
  const cidr = parseCidr(bare)
  if (!cidr) return refused('ask-prefix-too-long', { text: `/${mask}`, most: host.includes(':') ? 128 : 32 })
  const inside = cidr.text.slice(0, cidr.text.indexOf('/')) !== ip.text
  const bits: Reason[] = inside ? [{ code: 'ask-host-bits', values: { ip: ip.text, cidr: cidr.text } }] : []
  return { kind: 'range', cidr: cidr.text, family: cidr.family, notes: [...notes, ...mapped(cidr.family), ...bits] }
}

const refused = (code: string, values: Reason['values']): Ask => ({ kind: 'refused', why: { code, values } })

type Bare = { readonly bare: string; readonly port: string | undefined }

// `[fd00::1]:443/TCP` and `10.0.0.1:443`: the port says nothing about who has the address.
function withoutPort(text: string): Bare {
  const [, inner, port, mask = ''] = /^\[([^[\]]*)\](?::(\d+))?(\/\d+)?$/.exec(withoutProtocol(text)) ?? []
  if (inner !== undefined) return { bare: inner + mask, port }
  const [, host, tail] = /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(withoutProtocol(text)) ?? []
  return host === undefined ? { bare: text, port: undefined } : { bare: host, port: tail }
}

const withoutProtocol = (text: string) => text.replace(/(:\d+)\/(?:tcp|udp|sctp)$/i, '$1')

const isPort = (port: string) => Number(port) >= 1 && Number(port) <= 65_535

const ignored = (port: string | undefined): readonly Reason[] =>
  port === undefined ? [] : [{ code: 'ask-port-ignored', values: { port: Number(port) } }]
