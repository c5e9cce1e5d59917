// The one decision: who asks, may they ask for this, and what do they see. Deny by default.

import type { Audience } from '@/core/access/audience'
import type { Authenticator, Identity } from './authenticator'

import { endedBy } from './ends'
import { type Access, type AccessRequest, type Denial, type Grant, isDenial } from './principal'

/** Sees nothing of any cluster. */
export const nothing: Audience = {
  id: 'nothing',
  namespaces: new Set(),
  nodes: false,
  show: { addresses: false, nodeNames: false, externalNames: false, labels: [], clusterName: false },
}

export type Gate = (request: AccessRequest, access: Access) => Promise<Grant | Denial>

/** Asks the authenticators in order; `missing` is the code for a request in which none of them finds anything. */
export function createGate(authenticators: readonly Authenticator[], missing: string): Gate {
  async function identify(request: AccessRequest): Promise<Identity | Denial> {
    for (const authenticator of authenticators) {
      const answer = await authenticator(request)
      if (answer !== undefined) return answer
    }
    return { status: 401, code: missing }
  }

  return async (request, access) => {
    const identity = await identify(request)
    if (access === 'public') return publicGrant(isDenial(identity) ? undefined : identity, request)
    if (isDenial(identity)) return identity
    if (!identity.accesses.has(access)) return { status: 403, code: 'not-allowed' }
    const audience = await identity.audience()
    return isDenial(audience) ? audience : grant(identity, audience, request)
  }
}

function publicGrant(identity: Identity | undefined, { closed }: AccessRequest): Grant {
  const principal = identity?.principal ?? { kind: 'nobody', name: '' }
  return { principal, audience: nothing, ended: endedBy([], closed) }
}

function grant(identity: Identity, audience: Audience, { closed }: AccessRequest): Grant {
  let ended: AbortSignal | undefined
  return {
    principal: identity.principal,
    audience,
    // Watching over rights costs the API server questions: only what stays open asks for it.
    get ended() {
      ended ??= endedBy(identity.ends(audience), closed)
      return ended
    },
  }
}
