import 'server-only'
import { accessControl } from './access/access-control'
import { accessRequestOf, authorize } from './access/authorize'
import type { Access, Denial, Grant } from './access/principal'
import { type AuditOrigin, originOf } from './audit'
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
  /** Set-Cookie lines for the answer. */
  readonly setCookies: string[]
}

export async function createContext({ req }: { readonly req: Request }): Promise<Context> {
  return {
    runtime: await getRuntime(),
    authorize: (access) => authorize(accessRequestOf(req), access),
    shares: accessControl().shares,
    origin: originOf(req.headers),
    setCookies: [],
  }
}
