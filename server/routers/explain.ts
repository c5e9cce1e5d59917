import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { explain } from '@/core/explain/explain'
import { flowOfQuery } from '@/core/explain/flow-of-query'
import { parsePageQuery } from '@/core/graph/page-query'
import { publicProcedure, router } from '../trpc'

export const explainRouter = router({
  /** What becomes of the connection that a page with this query string asks about; null while it does not name both ends. */
  connection: publicProcedure.input(z.object({ search: z.string().max(4000) })).query(({ ctx, input }) => {
    const { view } = ctx.runtime.session()
    const { query, notes } = parsePageQuery(new URLSearchParams(input.search))
    if (notes.length > 0) throw new TRPCError({ code: 'BAD_REQUEST', message: JSON.stringify(notes[0]?.values) })
    const flow = flowOfQuery(view, query)
    return flow ? explain(view, flow) : null
  }),
})
