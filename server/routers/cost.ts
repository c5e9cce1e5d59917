import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { besideSlices } from '@/core/endpoints/beside'
import { orphansOf } from '@/core/endpoints/strays'
import { serviceKey } from '@/core/model/keys'
import { procedure, router } from '../trpc'

const name = z.string().min(1).max(253)
const service = z.object({ namespace: name, name })

export const costRouter = router({
  /** The Endpoints object of a Service beside its slices: what only one of them has, and why. */
  beside: procedure
    .meta({ access: 'explain' })
    .input(service)
    .query(({ ctx: { view }, input }) => {
      const record = view.service(serviceKey(input.namespace, input.name))
      if (!record) throw new TRPCError({ code: 'NOT_FOUND', message: `Service ${input.namespace}/${input.name}` })
      return besideSlices(view, record)
    }),
  /** Slice writes of the last half hour, of one Service or of all; null where a frozen picture is shown. */
  churn: procedure
    .meta({ access: 'explain' })
    .input(z.object({ service: service.optional() }))
    .query(({ ctx, input: { service } }) => ctx.churn(service && serviceKey(service.namespace, service.name))),
  /** Slices that belong to no Service. */
  orphans: procedure.meta({ access: 'explain' }).query(({ ctx: { view } }) => orphansOf(view)),
})
