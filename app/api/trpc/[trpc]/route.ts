import type { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { TooOften } from '@/server/access/too-often'
import { createContext } from '@/server/context'
import { refuseForeign } from '@/server/foreign-request'
import { logTrpcError } from '@/server/log'
import { appRouter } from '@/server/routers/_app'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

async function handle(req: Request): Promise<Response> {
  const refusal = refuseForeign(req)
  if (refusal) return refusal
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext,
    maxBatchSize: 10,
    onError: logTrpcError,
    responseMeta: ({ ctx, errors }) => ({ headers: headersOf(ctx?.setCookies ?? [], errors) }),
  })
}

function headersOf(cookies: readonly string[], errors: readonly TRPCError[]): Headers {
  const headers = new Headers()
  for (const line of cookies) headers.append('set-cookie', line)
  for (const { cause } of errors) if (cause instanceof TooOften) headers.set('retry-after', String(cause.retryAfter))
  return headers
}

export { handle as GET, handle as POST }
