import { accessControl } from '@/server/access/access-control'
import { accessRequestOf, denialResponse } from '@/server/access/authorize'
import { isDenial } from '@/server/access/principal'
import { refuseForeign } from '@/server/foreign-request'
import { clientOf } from '@/server/front/front-said'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

const longestBody = 32 * 1024

/** Exchanges `{ "key": … }` (a launch key) or `{ "token": … }` for the session cookie: 204, or `{ error: { code, status } }`. */
export async function POST(request: Request): Promise<Response> {
  const refusal = refuseForeign(request)
  if (refusal) return refusal
  const { signIn } = accessControl()
  if (signIn === undefined) return denialResponse({ status: 403, code: 'no-sign-in' })
  // Behind a proxy everybody has its address: tries are counted by whom it speaks for.
  const peer = clientOf(request.headers)
  const answer = await signIn({ ...accessRequestOf(request), peer }, await bodyOf(request))
  if (!isDenial(answer)) {
    return new Response(null, { status: 204, headers: { 'set-cookie': answer.setCookie, 'cache-control': 'no-store' } })
  }
  return denialResponse(answer)
}

// Only what no form of another site can send counts as a body.
async function bodyOf(request: Request): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return undefined
  const text = await request.text()
  if (text.length > longestBody) return undefined
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON proves nobody, and the answer says so.
    return undefined
  }
}
