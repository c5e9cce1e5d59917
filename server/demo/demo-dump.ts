// GET /api/demo/dump: a node's rules as a file, for comparing them with the prediction.

import 'server-only'
import type { GraphView } from '@/core/graph/graph-view'
import { nodeKey } from '@/core/model/keys'
import type { Reason } from '@/core/model/reason'
import type { Session } from '../session'
import { nodeDump } from './node-dump'

const headers = { 'cache-control': 'no-store' }

type Asked = Pick<Session, 'demo'> & { readonly view: GraphView }

/** The file, or the errors with the parameter at fault, as GET /api/view.json gives them. */
export function demoDump({ view, demo }: Asked, params: URLSearchParams): Response {
  if (!demo) return refuse(404, { code: 'demo-not-embedded', values: {} })
  const family = params.get('family') ?? 'IPv4'
  if (family !== 'IPv4' && family !== 'IPv6') {
    return refuse(400, {
      code: 'query-bad-value',
      values: { parameter: 'family', value: family, expected: 'IPv4|IPv6' },
    })
  }
  const name = params.get('node') ?? ''
  const node = view.node(nodeKey(name))
  if (!node) return refuse(404, { code: 'query-not-found', values: { parameter: 'node', value: name } })
  const dump = nodeDump(view, { node, family, lastRead: demo.stoppedProxy(name) })
  if (typeof dump !== 'string') return refuse(404, dump)
  const file = `${name}.${family === 'IPv6' ? 'ip6tables' : 'iptables'}-save.txt`
  return new Response(dump, {
    headers: {
      ...headers,
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${file}"`,
    },
  })
}

const refuse = (status: 400 | 404, error: Reason) => Response.json({ errors: [error] }, { status, headers })
