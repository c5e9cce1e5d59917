import { accessControl } from '@/server/access/access-control'
import { whoOf } from '@/server/access/audited-sign-in'
import { accessRequestOf } from '@/server/access/authorize'
import { isDenial } from '@/server/access/principal'
import { audit, originOf } from '@/server/audit'
import { refuseForeign } from '@/server/foreign-request'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** Ends the session of the request's cookie, its streams too, and takes the cookie back. Whoever has none is signed out already. */
export async function POST(request: Request): Promise<Response> {
  const refusal = refuseForeign(request)
  if (refusal) return refusal
  const { cookies, signOuts } = accessControl()
  const session = await cookies.read(accessRequestOf(request))
  if (session !== undefined && !isDenial(session)) {
    signOuts.end(session.id, session.expiresAt)
    audit({ event: 'sign-out', who: whoOf(session.claims).who }, originOf(request.headers))
  }
  return new Response(null, { status: 204, headers: { 'set-cookie': cookies.clear(), 'cache-control': 'no-store' } })
}
