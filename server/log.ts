// The program's log: JSON lines on stderr, so that stdout keeps the one line with the URL.

import 'server-only'
import type { TRPCError } from '@trpc/server'
import pino from 'pino'

export const logger = pino({ name: 'triplane', level: 'info' }, pino.destination(2))

const expected: ReadonlySet<TRPCError['code']> = new Set([
  'BAD_REQUEST',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'TOO_MANY_REQUESTS',
  'SERVICE_UNAVAILABLE',
])

/** What callers do wrong is theirs to read; what we do wrong is ours. */
export function logTrpcError({ error, path }: { error: TRPCError; path: string | undefined }) {
  if (expected.has(error.code)) logger.debug({ code: error.code, path }, error.message)
  else logger.error({ err: error, path }, 'procedure failed')
}
