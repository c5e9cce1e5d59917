import { accessControl } from '@/server/access/access-control'
import { accessRequestOf } from '@/server/access/authorize'
import { refuseForeign } from '@/server/foreign-request'
import { readRedeemBody, redeemAnswer } from '@/server/share/redeem-http'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** Exchanges what stands behind the `#` of a link for that link's cookie. `{ id, token }` → `{ about }`, or `{ error: { code } }`. */
export async function POST(request: Request): Promise<Response> {
  const refusal = refuseForeign(request)
  if (refusal) return refusal
  const { shares } = accessControl()
  const { headers, peer } = accessRequestOf(request)
  const { id, token } = await readRedeemBody(request)
  // Behind a proxy every reader has the same peer; whom a trusted one names is who is counted.
  const client = headers.get('x-triplane-client') ?? peer
  return redeemAnswer(await shares?.redeem({ id, token, headers, peer: client }))
}
