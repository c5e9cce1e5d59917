import { accessControl } from '@/server/access/access-control'
import { accessRequestOf, authorize, denialResponse } from '@/server/access/authorize'
import { isDenial } from '@/server/access/principal'
import { refuseForeign } from '@/server/foreign-request'
import { metricsPage } from '@/server/metrics/registry'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** The numbers of this process, where they are nobody else's: elsewhere they are on the operations listener only. */
export async function GET(request: Request): Promise<Response> {
  const refusal = refuseForeign(request)
  if (refusal) return refusal
  const { mode } = accessControl()
  if (mode !== 'local' && mode !== 'embedded') return new Response('not found\n', { status: 404 })
  const grant = await authorize(accessRequestOf(request), 'cluster')
  if (isDenial(grant)) return denialResponse(grant)
  const { text, contentType } = await metricsPage()
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
}
