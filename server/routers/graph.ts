import 'server-only'
import { TRPCError, tracked } from '@trpc/server'
import { watchInputSchema } from '@/core/feed/protocol'
import { isThisMachine } from '../access/reader'
import { batches } from '../feed/batches'
import { measured } from '../metrics/measured-stream'
import { procedure, router } from '../trpc'

const none = () => undefined

export const graphRouter = router({
  watch: procedure
    .meta({ access: 'view' })
    .input(watchInputSchema)
    .subscription(async function* ({ ctx, input, signal }) {
      const leaveLink = ctx.shares ? ctx.shares.viewers.enter(ctx.grant) : none
      if (leaveLink === undefined) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'share-full' })
      try {
        const leave = isThisMachine(ctx.origin?.peer) || !ctx.places ? none : ctx.places.enter(ctx.reader)
        if (leave === undefined) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'reader-full' })
        try {
          const stream = batches(ctx.feed, input, { left: signal, ended: ctx.grant.ended })
          for await (const batch of measured(stream)) yield tracked(batch.id, batch.frames)
        } finally {
          leave()
        }
      } finally {
        leaveLink()
      }
    }),
})
