import 'server-only'
import { TRPCError, tracked } from '@trpc/server'
import { watchInputSchema } from '@/core/feed/protocol'
import { batches } from '../feed/batches'
import { measured } from '../metrics/measured-stream'
import { procedure, router } from '../trpc'

export const graphRouter = router({
  watch: procedure
    .meta({ access: 'view' })
    .input(watchInputSchema)
    .subscription(async function* ({ ctx, input, signal }) {
      const leave = ctx.shares ? ctx.shares.viewers.enter(ctx.grant) : () => undefined
      if (leave === undefined) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'share-full' })
      try {
        const stream = batches(ctx.feed, input, { left: signal, ended: ctx.grant.ended })
        for await (const batch of measured(stream)) yield tracked(batch.id, batch.frames)
      } finally {
        leave()
      }
    }),
})
