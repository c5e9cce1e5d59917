// What the server in front of Next wrote into a request's headers. Without it (`next dev`) whoever asks may have written the same,
// and nothing of it counts.

import { requestIdHeader } from '../access-log.ts'
import { clientHeader, peerHeader } from './request-headers.ts'

/** The launcher says there that the front stands before Next, and has judged the raw bytes already. */
const place = Symbol.for('triplane.front')

export const standsBehindFront = () => (globalThis as { [place]?: true })[place] === true

const said = (headers: Headers, name: string) => (standsBehindFront() ? (headers.get(name) ?? undefined) : undefined)

/** Address of whoever opened the connection. */
export const peerOf = (headers: Headers): string | undefined => said(headers, peerHeader)

/** Address of whoever asks: the peer, or whom a trusted proxy names. */
export const clientOf = (headers: Headers): string | undefined => said(headers, clientHeader) ?? peerOf(headers)

/** The name of a request in the log. */
export const requestIdOf = (headers: Headers): string | undefined => said(headers, requestIdHeader)
