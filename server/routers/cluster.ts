import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { audit } from '../audit'
import { procedure, router } from '../trpc'

export const clusterRouter = router({
  contexts: procedure.meta({ access: 'cluster' }).query(({ ctx }) => ctx.runtime.contexts()),
  /** Asks the API server at once where a watch waits for its next try. How it went, the stream tells. */
  tryNow: procedure.meta({ access: 'cluster' }).mutation(({ ctx }) => ctx.runtime.session().tryNow()),
  /** Ends this epoch: every stream is cut and comes back to the other cluster. */
  switchContext: procedure
    .meta({ access: 'cluster' })
    .input(z.object({ context: z.string().min(1).max(500) }))
    .mutation(async ({ ctx, input }) => {
      const result = await ctx.runtime.switchContext(input.context)
      if (!result.ok) throw new TRPCError({ code: 'BAD_REQUEST', message: result.problem })
      audit({ event: 'context-switched', who: ctx.grant.principal, context: input.context }, ctx.origin)
      return { epoch: result.epoch }
    }),
})
