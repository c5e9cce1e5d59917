import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { serviceKey } from '@/core/model/keys'
import { portFacts } from '@/core/ports/port-facts'
import { procedure, router } from '../trpc'

const name = z.string().min(1).max(253)

export const portsRouter = router({
  /** What every port of a Service leads to in its pods, and what is to be known of its other fields. */
  ofService: procedure
    .meta({ access: 'view' })
    .input(z.object({ namespace: name, service: name }))
    .query(({ ctx: { view }, input }) => {
      const service = view.service(serviceKey(input.namespace, input.service))
      if (!service) throw new TRPCError({ code: 'NOT_FOUND', message: `Service ${input.namespace}/${input.service}` })
      return portFacts(view, service)
    }),
})
