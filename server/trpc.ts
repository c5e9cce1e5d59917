import 'server-only'
import { initTRPC, TRPCError, type TRPCProcedureType } from '@trpc/server'
import type { Audience } from '@/core/access/audience'
import type { Churn } from '@/core/cost/churn'
import type { GraphView } from '@/core/graph/graph-view'
import type { ServiceKey } from '@/core/model/keys'
import { type Access, type Denial, isDenial } from './access/principal'
import { ownsServer, readerOf } from './access/reader'
import { TooOften } from './access/too-often'
import type { Context } from './context'
import type { Session } from './session'

const pingMs = 15_000
const inactivityMs = 45_000

/** What a procedure asks for; without it nobody is let in. */
type Meta = { readonly access: Access }

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: pingMs },
      client: { reconnectAfterInactivityMs: inactivityMs },
    },
  })

const deniedAs: Readonly<Record<Denial['status'], TRPCError['code']>> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
}

// The one gate of all procedures. Behind it the cluster is what the grant's audience sees of it; a procedure that takes its
// view or feed from anywhere else shows what it must not.
const granted = t.middleware(async ({ ctx, meta, type, next }) => {
  if (!meta) throw new TRPCError({ code: 'FORBIDDEN', message: 'access-not-declared' })
  const answer = await ctx.authorize(meta.access)
  if (isDenial(answer)) {
    ctx.setCookies.push(...(answer.setCookies ?? []))
    throw new TRPCError({ code: deniedAs[answer.status], message: answer.code })
  }
  const reader = readerOf(answer.principal, ctx.origin?.peer)
  const allowance = ownsServer(answer.principal, ctx.origin?.peer) ? undefined : ctx.allowance
  const wait = allowance?.wait(reader) ?? 0
  if (wait > 0) throw refusedFor(wait, type)
  const session = ctx.runtime.session()
  const view = session.viewOf(answer.audience)
  const began = performance.now()
  const result = await next({
    ctx: {
      grant: answer,
      reader,
      view,
      feed: () => session.feedOf(answer.audience),
      departed: () => (answer.audience.show.addresses ? session.departed(view) : []),
      churn: (service?: ServiceKey) => churnOf(session, answer.audience, { view, service }),
    },
  })
  allowance?.spend(reader, performance.now() - began)
  return result
})

type AskedOf = { readonly view: GraphView; readonly service: ServiceKey | undefined }

// A frozen picture has no writes. Bytes of objects in which something is hidden tell how long it is: they are estimated.
function churnOf(session: Session, { picture, nodes, show }: Audience, { view, service }: AskedOf): Churn | null {
  if (picture !== undefined) return null
  const { addresses, nodeNames, externalNames, labels } = show
  const isWhole = nodes && addresses && nodeNames && externalNames && labels === 'all'
  return session.churn(view, { service, isEstimated: !isWhole })
}

// A reader of a stream takes any other code for the last word.
function refusedFor(seconds: number, type: TRPCProcedureType): TRPCError {
  const cause = new TooOften(seconds)
  return new TRPCError({ code: type === 'subscription' ? 'SERVICE_UNAVAILABLE' : 'TOO_MANY_REQUESTS', cause })
}

export const router = t.router
/** Say `.meta({ access })`: a procedure without it answers nobody. `ctx.grant`, `ctx.view` and `ctx.feed()` are the asker's own. */
export const procedure = t.procedure.use(granted)
