import { demoDump } from '@/server/demo/demo-dump'
import { refuseForeign } from '@/server/foreign-request'
import { getRuntime } from '@/server/runtime'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** `?node=<name>&family=IPv4|IPv6`: what iptables-save prints on a node of the embedded cluster. In any other there is none. */
export async function GET(request: Request): Promise<Response> {
  return refuseForeign(request) ?? demoDump((await getRuntime()).session(), new URL(request.url).searchParams)
}
