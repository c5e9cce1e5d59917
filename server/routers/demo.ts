import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { procedure, router } from '../trpc'

export const demoRouter = router({
  /** Makes something happen in the embedded cluster; in any other there is nothing to make happen. The simulator reads `args`. */
  run: procedure
    .meta({ access: 'demo' })
    .input(z.object({ action: z.string(), args: z.record(z.string(), z.unknown()) }))
    .mutation(({ ctx, input }) => {
      const { demo } = ctx.runtime.session()
      if (!demo) throw new TRPCError({ code: 'NOT_FOUND', message: 'not the embedded cluster' })
      return demo.control(input.action, input.args)
    }),
})
