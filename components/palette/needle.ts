// What somebody typed or pasted into the palette: a name, `namespace/name`, a name in DNS, an address in any spelling, each with or
// without a port, or a whole URL.

import { reversedAddress } from '@/core/discovery/dns-reverse'
import { parseIp } from '@/core/model/ip'

export type Needle = {
  /** In small letters, without scheme, path, mask and port; '' when only a port was typed. */
  readonly text: string
  /** `namespace/name`, when the text may be a name in DNS. */
  readonly inDns: string | undefined
  /** Canonical, when the text is an address. */
  readonly address: string | undefined
  /** What could be the beginning of an address. */
  readonly addressPart: string | undefined
  /** A number, or the name of a port. */
  readonly port: number | string | undefined
}

// IPv6 with an IPv4 end has 45 letters, and a mask may follow. What is longer is not held against patterns that go back and forth.
const longestAddress = 64

export function needleOf(raw: string): Needle {
  const typed = withoutScheme(raw.trim().toLowerCase())
  const { host, port } = hostAndPort(typed)
  const text = host
    .replace(/^\[|\]$/g, '')
    .replace(/\/\d{1,3}$/, (mask) => (parseIp(host.slice(0, -mask.length)) ? '' : mask))
  return {
    text,
    inDns: inDns(text),
    address: parseIp(text)?.text ?? reversedAddress(`${text.replace(/\.$/, '')}.`),
    // `fd00:10` may be a host with a port, and the beginning of an address.
    addressPart: [typed, text].find(
      (one) => one.length <= longestAddress && /^[\d.]*\d\.[\d.]*$|^[\da-f:]*:[\da-f:]*$/.test(one),
    ),
    port: port ?? portInDns(text),
  }
}

function withoutScheme(text: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/.exec(text)
  return url?.[1] ?? text
}

// A number alone is a port too, and may be part of a name.
function hostAndPort(text: string): { host: string; port: number | string | undefined } {
  if (/^\d{1,5}$/.test(text)) return { host: text, port: Number(text) }
  const split = /^(\[[^\]]*\]|[^:]*):([a-z0-9-]{1,15})$/.exec(text)
  if (!split) return { host: text, port: undefined }
  const port = split[2] ?? ''
  return { host: split[1] ?? '', port: /^\d{1,5}$/.test(port) ? Number(port) : port }
}

// `cart.shop`, `cart.shop.svc.cluster.local`, and what stands below a Service: `_http._tcp.cart.shop`, `cart-0.cart.shop.svc`.
function inDns(text: string): string | undefined {
  const below = /^(?:[a-z0-9_-]+\.){0,2}([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\..*)?$/.exec(text)
  const short = /^(?:_[a-z0-9-]+\._(?:tcp|udp|sctp)\.)?([a-z0-9-]+)\.([a-z0-9-]+)\.?$/.exec(text)
  const parts = below ?? short
  return parts ? `${parts[2]}/${parts[1]}` : undefined
}

// SRV asks for a port by its name.
function portInDns(text: string): string | undefined {
  return /^_([a-z0-9-]{1,15})\._(?:tcp|udp|sctp)\./.exec(text)?.[1]
}
