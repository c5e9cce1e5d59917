import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { createContext } from '@/server/context'
import { logTrpcError } from '@/server/log'
import { appRouter } from '@/server/routers/_app'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

function handle(req: Request): Promise<Response> {
  return fetchRequestHandler({ endpoint: '/api/trpc', req, router: appRouter, createContext, onError: logTrpcError })
}

export { handle as GET, handle as POST }
