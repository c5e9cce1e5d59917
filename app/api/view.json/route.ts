import { refuseForeign } from '@/server/foreign-request'
import { getRuntime } from '@/server/runtime'
import { viewJson } from '@/server/view/view-json'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** What the page of the same query shows. Errors name the parameter: `{ errors: [{ code, values: { parameter, … } }] }`. */
export async function GET(request: Request): Promise<Response> {
  const refusal = refuseForeign(request)
  if (refusal) return refusal
  const { view, epoch } = (await getRuntime()).session()
  const answer = viewJson(view, new URL(request.url).searchParams)
  const headers = { 'cache-control': 'no-store' }
  if (!answer.ok) return Response.json({ errors: answer.errors }, { status: answer.status, headers })
  return Response.json({ epoch, ...answer.body }, { headers })
}
