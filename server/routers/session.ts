import 'server-only'
import { sessionInfo } from '../access/session-info'
import { procedure, router } from '../trpc'

export const sessionRouter = router({
  /** Who asks, and what they may ask for. Says of somebody who is not signed in that they are `nobody`. */
  get: procedure.meta({ access: 'public' }).query(({ ctx }) => sessionInfo(ctx.grant.principal)),
})
