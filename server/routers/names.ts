import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { lookUp } from '@/core/discovery/look-up'
import { podNames } from '@/core/discovery/pod-names'
import { serviceNames } from '@/core/discovery/service-names'
import { podKey, serviceKey } from '@/core/model/keys'
import { procedure, router } from '../trpc'

const name = z.string().min(1).max(253)
const object = z.object({ namespace: name, name })

export const namesRouter = router({
  /** A Service's names in the cluster's DNS, and those that are missing. */
  service: procedure
    .meta({ access: 'explain' })
    .input(object)
    .query(({ ctx: { view }, input }) => {
      const found = serviceNames(view, serviceKey(input.namespace, input.name))
      if (!found) throw new TRPCError({ code: 'NOT_FOUND', message: `Service ${input.namespace}/${input.name}` })
      return found
    }),
  /** How names are resolved in a pod, and what its environment tells. */
  pod: procedure
    .meta({ access: 'explain' })
    .input(object)
    .query(({ ctx: { view }, input }) => {
      const found = podNames(view, podKey(input.namespace, input.name))
      if (!found) throw new TRPCError({ code: 'NOT_FOUND', message: `pod ${input.namespace}/${input.name}` })
      return found
    }),
  /** What a name that is typed in the pod leads to. */
  lookUp: procedure
    .meta({ access: 'explain' })
    .input(object.extend({ typed: z.string().min(1).max(300) }))
    .query(({ ctx: { view }, input }) => {
      const pod = view.pod(podKey(input.namespace, input.name))
      if (!pod) throw new TRPCError({ code: 'NOT_FOUND', message: `pod ${input.namespace}/${input.name}` })
      return lookUp(view, pod, input.typed)
    }),
})
