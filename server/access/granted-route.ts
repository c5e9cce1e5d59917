// Routes beside tRPC pass the same gate as its procedures.

import 'server-only'
import type { GraphView } from '@/core/graph/graph-view'
import { createContext } from '../context'
import { refuseForeign } from '../foreign-request'
import type { Session } from '../session'
import type { Allowance } from './allowance'
import { denialResponse } from './authorize'
import { type Access, type Grant, isDenial } from './principal'
import { ownsServer, readerOf } from './reader'
import { tooOftenDenial } from './too-often'

/** What a route may answer from: the view is the asker's own; of the session only what its access is about may be read. */
export type Granted = { readonly grant: Grant; readonly view: GraphView; readonly session: Session }

/** The answer for whoever is given `access`, else the denial. */
export async function grantedRoute(
  request: Request,
  access: Access,
  answer: (granted: Granted) => Response,
): Promise<Response> {
  const refusal = refuseForeign(request)
  if (refusal) return refusal
  const { runtime, authorize, allowance, origin } = await createContext({ req: request })
  const grant = await authorize(access)
  if (isDenial(grant)) return denialResponse(grant)
  const session = runtime.session()
  const made = () => answer({ grant, session, view: session.viewOf(grant.audience) })
  if (allowance === undefined || ownsServer(grant.principal, origin?.peer)) return made()
  return metered(allowance, readerOf(grant.principal, origin?.peer), made)
}

function metered(allowance: Allowance, reader: string, answer: () => Response): Response {
  const wait = allowance.wait(reader)
  if (wait > 0) return denialResponse(tooOftenDenial(wait))
  const began = performance.now()
  try {
    return answer()
  } finally {
    allowance.spend(reader, performance.now() - began)
  }
}
