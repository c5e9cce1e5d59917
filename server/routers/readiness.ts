import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { podKey, serviceKey } from '@/core/model/keys'
import { podCommands } from '@/core/problems/pod-commands'
import { podReadiness } from '@/core/readiness/pod-readiness'
import { serviceReadiness } from '@/core/readiness/service-readiness'
import { procedure, router } from '../trpc'

const name = z.string().min(1).max(253)
const named = z.object({ namespace: name, name })

export const readinessRouter = router({
  /** Why a pod is ready or not, and what the slices of Services make of it. */
  pod: procedure
    .meta({ access: 'explain' })
    .input(named)
    .query(({ ctx: { view }, input }) => {
      const pod = view.pod(podKey(input.namespace, input.name))
      if (!pod) throw new TRPCError({ code: 'NOT_FOUND', message: `Pod ${input.namespace}/${input.name}` })
      return { ...podReadiness(view, pod), commands: podCommands(pod) }
    }),
  /** Endpoints of a Service that are not simply ready, and why. */
  service: procedure
    .meta({ access: 'explain' })
    .input(named)
    .query(({ ctx: { view }, input }) => {
      const service = view.service(serviceKey(input.namespace, input.name))
      if (!service) throw new TRPCError({ code: 'NOT_FOUND', message: `Service ${input.namespace}/${input.name}` })
      return serviceReadiness(view, service)
    }),
})
