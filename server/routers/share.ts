import 'server-only'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { isShareId } from '@/core/share/link'
import { newShareSchema, ShareRefusal, shareWishSchema } from '../share/links'
import { procedure, router } from '../trpc'

const link = z.strictObject({ id: z.string().refine(isShareId) })
const shares = procedure.meta({ access: 'shares' }).use(async ({ ctx, next }) => {
  const { shares } = ctx
  if (shares === undefined) throw new TRPCError({ code: 'NOT_FOUND', message: 'shares-off' })
  const asker = { ...(await shares.askerOf(ctx.grant, ctx.runtime.session())), origin: ctx.origin }
  const result = await next({ ctx: { links: shares.links, asker } })
  if (!result.ok && result.error.cause instanceof ShareRefusal) throw refused(result.error.cause)
  return result
})

/** A refusal's `message` is a key of messages/en/share.json under `refusal`. */
export const shareRouter = router({
  /** What the asker's own link says of itself; null for whoever did not come by one. */
  about: procedure.meta({ access: 'view' }).query(({ ctx: { grant, shares } }) => {
    const { principal } = grant
    return (principal.kind === 'share' && shares?.about(principal.shareId)) || null
  }),
  /** Exactly what a link like this would let out now. Nothing is made. */
  preview: shares.input(shareWishSchema).mutation(({ ctx, input }) => ctx.links.offer(input, ctx.asker)),
  /** Tells the token this once; only its hash is kept. */
  create: shares.input(newShareSchema).mutation(({ ctx, input }) => ctx.links.create(input, ctx.asker)),
  list: shares.query(({ ctx }) => ctx.links.list(ctx.asker)),
  rotate: shares.input(link).mutation(({ ctx, input }) => ctx.links.rotate(input.id, ctx.asker)),
  revoke: shares.input(link).mutation(({ ctx, input }) => ctx.links.revoke(input.id, ctx.asker)),
  revokeAll: shares.mutation(({ ctx }) => ctx.links.revokeAll(ctx.asker)),
})

const codes: Readonly<Record<ShareRefusal['code'], TRPCError['code']>> = {
  'share-nothing-to-see': 'BAD_REQUEST',
  'share-too-large': 'BAD_REQUEST',
  'share-no-owner': 'FORBIDDEN',
  'share-not-found': 'NOT_FOUND',
  'share-too-many': 'CONFLICT',
  'share-store-full': 'CONFLICT',
  'share-store-busy': 'CONFLICT',
  'share-store-unavailable': 'SERVICE_UNAVAILABLE',
}

const refused = ({ code }: ShareRefusal) => new TRPCError({ code: codes[code], message: code })
