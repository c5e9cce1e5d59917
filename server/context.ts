import 'server-only'
import { accessControl } from './access/access-control'
import type { Allowance } from './access/allowance'
import { accessRequestOf, authorize } from './access/authorize'
import type { Access, Denial, Grant } from './access/principal'
import { type AuditOrigin, originOf } from './audit'
import type { ReaderPlaces } from './feed/reader-places'
import { getRuntime, type Runtime } from './runtime'
import type { Shares } from './share/shares'

export type Context = {
  readonly runtime: Runtime
  /** What this request is given for one sort of thing it asks for. */
  authorize(access: Access): Promise<Grant | Denial>
  /** Share links, where they are kept. */
  readonly shares?: Shares | undefined
  /** Where the request came from, for the audit. */
  readonly origin?: AuditOrigin | undefined
  /** What each reader may take of this server; without it, all they want. */
  readonly allowance?: Allowance | undefined
  /** The streams each reader may keep open. */
  readonly places?: ReaderPlaces | undefined
  /** Set-Cookie lines for the answer. */
  readonly setCookies: string[]
}

export async function createContext({ req }: { readonly req: Request }): Promise<Context> {
  return {
    runtime: await getRuntime(),
    authorize: (access) => authorize(accessRequestOf(req), access),
    shares: accessControl().shares,
    allowance: accessControl().allowance,
    places: accessControl().places,
    origin: originOf(req.headers),
    setCookies: [],
  }
}
