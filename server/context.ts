import 'server-only'
import { accessRequestOf, authorize } from './access/authorize'
import type { Access, Denial, Grant } from './access/principal'
import { getRuntime, type Runtime } from './runtime'

export type Context = {
  readonly runtime: Runtime
  /** What this request is given for one sort of thing it asks for. */
  authorize(access: Access): Promise<Grant | Denial>
  /** Set-Cookie lines for the answer. */
  readonly setCookies: string[]
}

export async function createContext({ req }: { readonly req: Request }): Promise<Context> {
  return {
    runtime: await getRuntime(),
    authorize: (access) => authorize(accessRequestOf(req), access),
    setCookies: [],
  }
}
