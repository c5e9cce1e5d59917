// A link's secret exchanged for a cookie. What is no link at all is refused before anything is counted or looked up; of the rest
// every answer to an outsider is the same one, so that trying tells nothing.

import { aboutShare, type ShareAbout } from '@/core/share/about'
import { parseShareToken } from '@/core/share/link'
import { shareStateAt, used } from '@/core/share/record'
import { type AttemptLimits, createAttempts } from '../access/attempts'
import { isDenial } from '../access/principal'
import { networkOf } from '../front/addresses'
import { requestIdOf } from '../front/front-said'
import type { ShareAudit, ShareDenial } from './audit'
import type { ShareAccess } from './authenticator'
import { fitsHash } from './secrets'
import type { Viewers } from './viewers'

export type Redeemed =
  | { readonly ok: true; readonly setCookies: readonly string[]; readonly about: ShareAbout }
  | {
      readonly ok: false
      readonly status: 403 | 404 | 429 | 503
      readonly code: RedeemCode
      /** Seconds. */
      readonly retryAfter?: number
    }

type RedeemCode =
  | 'share-unknown'
  | 'share-expired'
  | 'share-owner-lost'
  | 'share-too-often'
  | 'share-full'
  | 'share-unavailable'

type RedeemRequest = {
  readonly id: unknown
  readonly token: unknown
  readonly headers: Headers
  readonly peer: string | undefined
}

export type Redeem = (request: RedeemRequest) => Promise<Redeemed>

/** Ten a minute for one address, sixty a minute for all. */
const redeemLimits: AttemptLimits = { perPeer: 10, global: 60, windowMs: 60_000, capacity: 10_000 }

const unknown = { ok: false, status: 404, code: 'share-unknown' } as const

export type RedeemOptions = ShareAccess & {
  readonly viewers: Viewers
  readonly audit: ShareAudit
  /** Uses could not be written down; they are with the next that can. */
  readonly onUncounted: (error: unknown) => void
}

export function createRedeem(options: RedeemOptions): Redeem {
  const { store, cookies, clock, sightOf, clusterName, viewers, audit } = options
  const attempts = createAttempts(clock, redeemLimits)
  const countUse = createUseCounter(options)

  return async ({ id, token, headers, peer = 'unknown' }) => {
    const asked = parseShareToken(id, token)
    if (asked === undefined) return unknown
    const origin = { peer, requestId: requestIdOf(headers) }
    const deny = (why: ShareDenial, answer: Redeemed): Redeemed => {
      audit({ event: 'share-denied', shareId: asked.id, code: why }, origin)
      return answer
    }
    const attempt = attempts.take(networkOf(peer))
    if (!attempt.ok) {
      const answer = { ok: false, status: 429, code: 'share-too-often', retryAfter: attempt.retryAfter } as const
      return deny('too-often', answer)
    }
    await store.ready()
    if (store.troubledFor() > 0) {
      return deny('unavailable', { ok: false, status: 503, code: 'share-unavailable', retryAfter: 5 })
    }
    const record = store.links().get(asked.id)
    const fits = fitsHash(asked.secret, record?.hash ?? '')
    if (record === undefined) return deny('unknown', unknown)
    if (!fits) return deny('wrong-secret', unknown)
    // From here on the secret is the right one: who holds it may be told what became of the link.
    if (shareStateAt(record, clock.now()) === 'expired') {
      return deny('expired', { ok: false, status: 404, code: 'share-expired' })
    }
    if (record.cluster !== (await clusterName())) return deny('other-cluster', unknown)
    const seen = await sightOf(record.owner).audience()
    if (isDenial(seen) && seen.status === 503) {
      return deny('unavailable', { ok: false, status: 503, code: 'share-unavailable', retryAfter: 5 })
    }
    if (isDenial(seen) || !record.namespaces.some((name) => seen.namespaces === 'all' || seen.namespaces.has(name))) {
      return deny('owner-lost', { ok: false, status: 403, code: 'share-owner-lost' })
    }
    if (viewers.count(record.id) >= record.maxViewers) {
      return deny('full', { ok: false, status: 429, code: 'share-full', retryAfter: 30 })
    }
    audit({ event: 'share-used', shareId: record.id }, origin)
    countUse(record.id)
    const cookie = await cookies.write({ id: record.id, generation: record.generation }, record.expiresAt)
    return { ok: true, setCookies: [...cookies.clearOld(headers), cookie], about: aboutShare(record) }
  }
}

const writeUsesAfterMs = 5000

// Counted in one write for a while of uses: a busy link does not make the store busy.
function createUseCounter({ store, clock, onUncounted }: RedeemOptions): (id: string) => void {
  const pending = new Map<string, number>()
  let isDue = false
  async function write(): Promise<void> {
    isDue = false
    const counts = [...pending]
    pending.clear()
    await store
      .change((links) =>
        counts.flatMap(([id, times]) => {
          const record = links.get(id)
          return record === undefined || record.revokedAt !== null ? [] : [{ put: used(record, clock.now(), times) }]
        }),
      )
      // A count that cannot be written waits for the next use.
      .catch((error: unknown) => {
        onUncounted(error)
        for (const [id, times] of counts) pending.set(id, (pending.get(id) ?? 0) + times)
      })
  }
  return (id) => {
    if (!isDue) clock.after(writeUsesAfterMs, () => void write())
    isDue = true
    pending.set(id, (pending.get(id) ?? 0) + 1)
  }
}
