// Who comes by a link: let in by its cookie, given what the link shows and its owner may see now, and out at once when either ends.

import type { Audience } from '@/core/access/audience'
import { audienceOfShareNow, seesNothing } from '@/core/share/audience'
import { type ShareOwner, type ShareRecord, shareStateAt } from '@/core/share/record'
import type { Authenticator, Identity } from '../access/authenticator'
import type { EndSource } from '../access/ends'
import { type Access, type Denial, GrantEnd, isDenial } from '../access/principal'
import type { Clock } from '../kube/clock'
import { keepPictureOpen } from './pictures'
import type { ShareCookies } from './share-cookie'
import type { ShareStore } from './store'

/** What the owner of a link may see now, and what ends that. */
export type OwnerSight = Pick<Identity, 'audience' | 'ends'>

export type ShareAccess = {
  readonly store: ShareStore
  readonly cookies: ShareCookies
  readonly clock: Clock
  readonly sightOf: (owner: ShareOwner) => OwnerSight
  /** Which cluster is watched now: a link made for another one shows nothing of this. */
  readonly clusterName: () => Promise<string>
}

/** What a link lets its readers ask for: nothing that changes, lists links or goes behind the map. */
const shareAccesses: ReadonlySet<Access> = new Set<Access>(['view', 'explain', 'public'])

/** Changes by others cannot be seen while the store cannot be followed: for so long it is believed to be as it was. */
const trustMs = 60_000
const lookAgainMs = 30_000

/** Answers requests that name a link (`request.share`), and no others: whoever names one is that link's reader and nobody else. */
export function shareAuthenticator(by: ShareAccess): Authenticator {
  const { store, cookies, clock } = by
  return async ({ headers, share }) => {
    if (share === undefined) return undefined
    const over: Denial = { status: 401, code: 'share-over', setCookies: [cookies.clear(share)] }
    const session = await cookies.read(headers, share)
    if (session === undefined) return { status: 401, code: 'share-over' }
    await store.ready()
    if (store.troubledFor() > trustMs) return { status: 503, code: 'share-unavailable' }
    const record = store.links().get(share)
    if (record === undefined || record.generation !== session.claims.generation) return over
    if (shareStateAt(record, clock.now()) !== 'active') return over
    if (record.cluster !== (await by.clusterName())) return { status: 403, code: 'share-other-cluster' }
    return identityOf(record, by)
  }
}

function identityOf(record: ShareRecord, by: ShareAccess): Identity {
  const owner = by.sightOf(record.owner)
  let ownerSees: Audience | undefined
  return {
    principal: { kind: 'share', name: record.label, shareId: record.id },
    accesses: shareAccesses,
    async audience() {
      const seen = await owner.audience()
      if (isDenial(seen)) return seen.status === 503 ? seen : { status: 403, code: 'share-owner-lost' }
      ownerSees = seen
      const audience = audienceOfShareNow(record, seen)
      if (record.picture !== null && !keepPictureOpen(record.picture, by.store.pictureOf(record.id))) {
        return { status: 403, code: 'share-picture-lost' }
      }
      return seesNothing(audience) ? { status: 403, code: 'share-owner-lost' } : audience
    },
    ends: () => [endOfLink(record, by), ...(ownerSees === undefined ? [] : owner.ends(ownerSees)).map(asOwners)],
  }
}

/** Ends for good when the link is revoked, gets a new secret, is gone from the store or expires. */
function endOfLink({ id, generation }: ShareRecord, { store, clock }: ShareAccess): EndSource {
  return (end) => {
    let cancel: () => void = () => undefined
    const look = () => {
      cancel()
      const why = whyOver(store.links().get(id), generation, clock.now())
      if (why !== undefined) return end(new GrantEnd(true, why))
      if (store.troubledFor() > trustMs) return end(new GrantEnd(false, 'share-unavailable'))
      const left = (store.links().get(id)?.expiresAt ?? 0) - clock.now()
      cancel = clock.after(Math.max(0, Math.min(left, lookAgainMs)), look)
    }
    const unsubscribe = store.subscribe(look)
    look()
    return () => {
      unsubscribe()
      cancel()
    }
  }
}

function whyOver(record: ShareRecord | undefined, generation: number, now: number): string | undefined {
  if (record === undefined || record.revokedAt !== null) return 'share-revoked'
  if (record.generation !== generation) return 'share-rotated'
  return shareStateAt(record, now) === 'expired' ? 'share-expired' : undefined
}

// Whatever happens to the owner, the reader comes back and is given what is left, or told that nothing is.
function asOwners(source: EndSource): EndSource {
  return (end) => source(({ code }) => end(new GrantEnd(false, code)))
}
