import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { nodeKey, serviceKey, splitKey } from '@/core/model/keys'
import { nodeRules } from '@/core/rules/node-rules'
import { procedure, router } from '../trpc'

const key = z
  .string()
  .max(600)
  .regex(/^[^/]+\/[^/]+$/, 'namespace/name')
  .transform((text) => {
    const { namespace, name } = splitKey(text)
    return serviceKey(namespace, name)
  })

export const rulesRouter = router({
  /** What the node's kube-proxy should have written: a page of it, or of one Service alone. The node's own dump never comes here. */
  predicted: procedure
    .meta({ access: 'rules' })
    .input(
      z.object({
        node: z.string().min(1).max(253),
        family: z.enum(['IPv4', 'IPv6']),
        service: key.optional(),
        after: key.optional(),
      }),
    )
    .query(({ ctx: { view }, input: { node: name, ...query } }) => {
      const node = view.node(nodeKey(name))
      if (!node) throw new TRPCError({ code: 'NOT_FOUND', message: `node ${name}` })
      return nodeRules(view, node, query)
    }),
  /** Which addresses left their Services lately and when, so that a page can say how long a rule is out of date. */
  departed: procedure.meta({ access: 'rules' }).query(({ ctx }) => ctx.departed()),
})
