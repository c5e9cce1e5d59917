// The HTTP of a redemption: what is read of the body, and answers that tell an outsider one thing only.

import { field, isObject } from '../kube/json'
import type { Redeemed } from './redeem'

/** A link's id and token need a tenth of it. */
const longestBody = 2048

/** What the body names; undefined for what it does not, or when it is too long or no JSON. */
export async function readRedeemBody(request: Request): Promise<{ readonly id: unknown; readonly token: unknown }> {
  const body = await bodyOf(request)
  return isObject(body) ? { id: field(body, 'id'), token: field(body, 'token') } : { id: undefined, token: undefined }
}

/** The answer; without links kept on this server it is the one of an unknown link. */
export function redeemAnswer(redeemed: Redeemed | undefined): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (redeemed?.ok) {
    for (const line of redeemed.setCookies) headers.append('set-cookie', line)
    return Response.json({ about: redeemed.about }, { headers })
  }
  const { status, code, retryAfter } = redeemed ?? { status: 404, code: 'share-unknown' }
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  return Response.json({ error: { code } }, { status, headers })
}

async function bodyOf(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > longestBody) return undefined
  let text = ''
  try {
    const reader = request.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      text += part.value
      if (text.length > longestBody) return void (await reader?.cancel())
    }
    return JSON.parse(text)
  } catch {
    // Cut off, or not JSON: it names no link.
    return undefined
  }
}
