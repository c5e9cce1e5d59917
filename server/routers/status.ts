import 'server-only'
import { publicProcedure, router } from '../trpc'

export const statusRouter = router({
  /** The objects of part `status`, for whoever does not keep a stream. */
  get: publicProcedure.query(({ ctx }) => {
    const { epoch, view } = ctx.runtime.session()
    return { epoch, cluster: view.cluster() ?? null, watches: view.watches() }
  }),
})
