import 'server-only'
import { tracked } from '@trpc/server'
import { watchInputSchema } from '@/core/feed/protocol'
import { batches } from '../feed/batches'
import { publicProcedure, router } from '../trpc'

export const graphRouter = router({
  watch: publicProcedure.input(watchInputSchema).subscription(async function* ({ ctx, input, signal }) {
    const { feed } = ctx.runtime.session()
    for await (const batch of batches(feed, input, signal)) yield tracked(batch.id, batch.frames)
  }),
})
