// The guard once more, where data leaves: `next dev` is not started behind guarded-server.ts, and holds the same kubeconfig.

import 'server-only'
import { standsBehindFront } from './front/front-said'
import { guardRequest } from './guard'

/** The refusal to answer with, if this request is not from this machine's own page or script. */
export function refuseForeign(request: Request): Response | undefined {
  if (standsBehindFront()) return undefined
  const { pathname, search } = new URL(request.url)
  const verdict = guardRequest(
    { method: request.method, url: `${pathname}${search}`, rawHeaders: [...request.headers].flat() },
    // Next writes the port it listens on there.
    { port: Number(process.env.PORT ?? 3000), basePath: '', publicUrl: undefined, anyHost: false },
  )
  if (verdict === 'ok') return undefined
  return Response.json({ error: verdict }, { status: verdict.status, headers: { 'cache-control': 'no-store' } })
}
