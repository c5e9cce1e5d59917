import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { podKey, serviceKey } from '@/core/model/keys'
import { policiesOfPod } from '@/core/policy/of-pod'
import { policiesOfService } from '@/core/policy/of-service'
import { quote } from '@/core/problems/commands'
import { procedure, router } from '../trpc'

const name = z.string().min(1).max(253)

export const policyRouter = router({
  /** The NetworkPolicies that bind a pod, and what they let in and out. */
  pod: procedure
    .meta({ access: 'explain' })
    .input(z.object({ namespace: name, name }))
    .query(({ ctx: { view }, input }) => {
      const found = policiesOfPod(view, podKey(input.namespace, input.name))
      if (!found) throw new TRPCError({ code: 'NOT_FOUND', message: `pod ${input.namespace}/${input.name}` })
      return { ...found, command: `kubectl -n ${quote(input.namespace)} get networkpolicies -o yaml` }
    }),
  /** How many of a Service's pods policies close for what comes in. */
  service: procedure
    .meta({ access: 'explain' })
    .input(z.object({ namespace: name, name }))
    .query(({ ctx: { view }, input }) => {
      const found = policiesOfService(view, serviceKey(input.namespace, input.name))
      if (!found) throw new TRPCError({ code: 'NOT_FOUND', message: `Service ${input.namespace}/${input.name}` })
      return found
    }),
})
