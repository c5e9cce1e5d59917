// Who counts as one reader where something is limited: the person, else the link and where it is read, else the place alone.

import { isLoopback, networkOf } from '../front/addresses'
import type { Principal } from './principal'

/** `address`: where the request came from, if that is known. */
export function readerOf(principal: Principal, address: string | undefined): string {
  const place = address === undefined ? 'unknown' : networkOf(address)
  if (principal.kind === 'user') return `user ${principal.name}`
  return principal.kind === 'share' ? `link ${principal.shareId} ${place}` : `address ${place}`
}

/** A program of this machine, or a proxy beside the server that speaks for everybody. */
export const isThisMachine = (address: string | undefined) => address !== undefined && isLoopback(address)

/** Whose own the server is: the person at this machine, and whoever plays with the embedded cluster on it. They may ask what they like. */
export const ownsServer = ({ kind }: Principal, address: string | undefined) =>
  (kind === 'local' || kind === 'embedded') && (address === undefined || isLoopback(address))
