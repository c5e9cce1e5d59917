import { type Audience, everything } from '@/core/access/audience'
import type { Context } from '../../context'
import type { Runtime } from '../../runtime'
import type { Access, Principal } from '../principal'

export type TestGrant = {
  readonly audience?: Audience
  readonly principal?: Principal
  /** All of them by default. */
  readonly accesses?: readonly Access[]
  readonly ended?: AbortSignal
}

/** The context of a request that somebody was let in with. */
export function grantedContext(runtime: Runtime, grant: TestGrant = {}): Context {
  const { audience = everything, principal = { kind: 'local', name: '' }, accesses } = grant
  const { ended = new AbortController().signal } = grant
  return {
    runtime,
    authorize: async (access) =>
      accesses === undefined || accesses.includes(access)
        ? { principal, audience, ended }
        : { status: 403, code: 'access-denied' },
    setCookies: [],
  }
}
