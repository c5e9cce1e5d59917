import { accessControl } from '@/server/access/access-control'
import { refuseForeign } from '@/server/foreign-request'
import { clientOf } from '@/server/front/front-said'
import { readRedeemBody, redeemAnswer } from '@/server/share/redeem-http'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** Exchanges what stands behind the `#` of a link for that link's cookie. `{ id, token }` → `{ about }`, or `{ error: { code } }`. */
export async function POST(request: Request): Promise<Response> {
  const refusal = refuseForeign(request)
  if (refusal) return refusal
  const { shares } = accessControl()
  const { id, token } = await readRedeemBody(request)
  // Behind a proxy every reader has the same peer; whom a trusted one names is who is counted.
  const { headers } = request
  return redeemAnswer(await shares?.redeem({ id, token, headers, peer: clientOf(headers) }))
}
