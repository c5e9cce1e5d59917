import 'server-only'
import { z } from 'zod'
import { addressPage } from '@/core/addresses/address-page'
import { procedure, router } from '../trpc'

export const addressesRouter = router({
  /** Who has an address or lies in a range; with an empty text, every range and how full it is. */
  page: procedure
    .meta({ access: 'explain' })
    .input(z.object({ text: z.string().max(300), after: z.number().int().min(0).max(10_000_000).default(0) }))
    .query(({ ctx: { view, grant, departed }, input }) => {
      const { addresses, externalNames, nodeNames } = grant.audience.show
      return addressPage(view, input, { partial: !addresses || !externalNames || !nodeNames, departed: departed() })
    }),
})
