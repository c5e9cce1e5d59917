import 'server-only'
import { procedure, router } from '../trpc'

export const statusRouter = router({
  /** The objects of part `status`, for whoever does not keep a stream. */
  get: procedure.meta({ access: 'view' }).query(({ ctx }) => {
    const { view } = ctx
    return { epoch: ctx.runtime.session().epoch, cluster: view.cluster() ?? null, watches: view.watches() }
  }),
})
