import { grantedRoute } from '@/server/access/granted-route'
import { demoDump } from '@/server/demo/demo-dump'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** `?node=<name>&family=IPv4|IPv6`: what iptables-save prints on a node of the embedded cluster. In any other there is none. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  return grantedRoute(request, 'rules', ({ view, session }) => demoDump({ view, demo: session.demo }, searchParams))
}
