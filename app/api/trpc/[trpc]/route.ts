import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
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
    responseMeta: ({ ctx }) => ({ headers: cookieHeaders(ctx?.setCookies ?? []) }),
  })
}

function cookieHeaders(lines: readonly string[]): Headers {
  const headers = new Headers()
  for (const line of lines) headers.append('set-cookie', line)
  return headers
}

export { handle as GET, handle as POST }
