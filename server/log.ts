// The program's log: JSON lines on stderr, so that stdout keeps the one line with the URL.

import 'server-only'
import type { TRPCError } from '@trpc/server'
import pino from 'pino'
import { type AccessLine, writeAccessTo } from './access-log'
import { logLevels } from './config'
import { requestIdOf } from './front/front-said'
import { safeLine } from './log-line'

const stderr = pino.destination(2)
const asked = process.env.TRIPLANE_LOG_LEVEL?.trim()

// The start checks the setting (config.ts); until then, and for a bad one, the usual level.
export const logger = pino(
  { name: 'triplane', level: logLevels.find((level) => level === asked) ?? 'info' },
  { write: (line: string) => stderr.write(safeLine(line)) },
)

writeAccessTo(({ level, ...line }: AccessLine) => logger[level](line, 'request'))

const expected: ReadonlySet<TRPCError['code']> = new Set([
  'BAD_REQUEST',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'TOO_MANY_REQUESTS',
  'SERVICE_UNAVAILABLE',
])

/** What callers do wrong is theirs to read; what we do wrong is ours. */
export function logTrpcError({ error, path, req }: { error: TRPCError; path: string | undefined; req?: Request }) {
  const requestId = req && requestIdOf(req.headers)
  if (expected.has(error.code)) logger.debug({ requestId, code: error.code, path }, error.message)
  else logger.error({ requestId, err: error, path }, 'procedure failed')
}
