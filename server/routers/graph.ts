import 'server-only'
import { tracked } from '@trpc/server'
import { watchInputSchema } from '@/core/feed/protocol'
import { batches } from '../feed/batches'
import { procedure, router } from '../trpc'

export const graphRouter = router({
  watch: procedure
    .meta({ access: 'view' })
    .input(watchInputSchema)
    .subscription(async function* ({ ctx, input, signal }) {
      for await (const batch of batches(ctx.feed, input, { left: signal, ended: ctx.grant.ended }))
        yield tracked(batch.id, batch.frames)
    }),
})
