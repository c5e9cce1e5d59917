import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { explain } from '@/core/explain/explain'
import { flowOfQuery } from '@/core/explain/flow-of-query'
import { matrix } from '@/core/explain/matrix'
import { encodeMatrix } from '@/core/explain/matrix-wire'
import { shownOf } from '@/core/explain/shown'
import { parsePageQuery } from '@/core/graph/page-query'
import { serviceKey } from '@/core/model/keys'
import { procedure, router } from '../trpc'

const name = z.string().min(1).max(253)

export const explainRouter = router({
  /** What becomes of the connection that a page with this query string asks about; null while it does not name both ends. */
  connection: procedure
    .meta({ access: 'explain' })
    .input(z.object({ search: z.string().max(4000) }))
    .query(({ ctx: { view }, input }) => {
      const { query, notes } = parsePageQuery(new URLSearchParams(input.search))
      if (notes.length > 0) throw new TRPCError({ code: 'BAD_REQUEST', message: JSON.stringify(notes[0]?.values) })
      const flow = flowOfQuery(view, query)
      return flow ? shownOf(explain(view, flow)) : null
    }),
  /** All sources of one Service port at once. */
  matrix: procedure
    .meta({ access: 'explain' })
    .input(
      z.object({
        namespace: name,
        service: name,
        port: z.string().max(300),
        family: z.enum(['IPv4', 'IPv6']),
        from: z.enum(['inside', 'outside']),
      }),
    )
    .query(({ ctx: { view }, input: { namespace, service, ...rest } }) => {
      const made = matrix(view, { ...rest, service: serviceKey(namespace, service) })
      if (!made) throw new TRPCError({ code: 'NOT_FOUND', message: `Service ${namespace}/${service}` })
      return encodeMatrix(made)
    }),
})
