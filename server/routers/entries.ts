import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { entriesOf } from '@/core/entries/entries-of'
import { entryList } from '@/core/entries/entry-list'
import { serviceKey } from '@/core/model/keys'
import { procedure, router } from '../trpc'

const name = z.string().min(1).max(253)

export const entriesRouter = router({
  /** All ways in to a Service. */
  service: procedure
    .meta({ access: 'explain' })
    .input(z.object({ namespace: name, name }))
    .query(({ ctx: { view }, input }) => {
      const entries = entriesOf(view, serviceKey(input.namespace, input.name))
      if (!entries) throw new TRPCError({ code: 'NOT_FOUND', message: `Service ${input.namespace}/${input.name}` })
      return entries
    }),
  /** Ingresses, routes and Gateways that have the text in their name, a host or a Service; the broken ones first. */
  list: procedure
    .meta({ access: 'explain' })
    .input(z.object({ text: z.string().max(300), most: z.number().int().min(1).max(200).default(200) }))
    .query(({ ctx: { view }, input }) => ({
      ...entryList(view, input.text, input.most),
      otherRoutes: view.cluster()?.otherRoutes ?? [],
    })),
})
