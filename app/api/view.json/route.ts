import { grantedRoute } from '@/server/access/granted-route'
import { viewJson } from '@/server/view/view-json'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** What the page of the same query shows. Errors name the parameter: `{ errors: [{ code, values: { parameter, … } }] }`. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  // Which link is looked through is the gate's to read, and nothing of the page.
  searchParams.delete('share')
  // An explanation is given to those who may ask for one.
  const access = searchParams.get('view') === 'explain' ? 'explain' : 'view'
  return grantedRoute(request, access, ({ view, session }) => {
    const answer = viewJson(view, searchParams)
    const headers = { 'cache-control': 'no-store' }
    if (!answer.ok) return Response.json({ errors: answer.errors }, { status: answer.status, headers })
    return Response.json({ epoch: session.epoch, ...answer.body }, { headers })
  })
}
