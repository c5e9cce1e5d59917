// What can be done with links by those who may: shown beforehand, made, listed, given a new secret, ended.

import { z } from 'zod'
import type { Audience } from '@/core/access/audience'
import type { GraphView } from '@/core/graph/graph-view'
import { parsePageQuery } from '@/core/graph/page-query'
import { audienceOfShareNow, seesNothing } from '@/core/share/audience'
import { formatShareToken } from '@/core/share/link'
import { previewOf, type SharePreview } from '@/core/share/preview'
import {
  dayMs,
  maxShareDays,
  maxSharesOfOne,
  maxShareViewers,
  revoked,
  rotated,
  type ShareOwner,
  type ShareRecord,
  type ShareState,
  shareLabelSchema,
  shareNamespacesSchema,
  shareShowSchema,
  shareStateAt,
} from '@/core/share/record'
import { type DroppedParameter, shareViewOf } from '@/core/share/view'
import type { Principal } from '../access/principal'
import { byName } from '../by-name'
import type { Clock } from '../kube/clock'
import type { ShareAudit, ShareOrigin } from './audit'
import { takePicture } from './picture'
import { hashOf, newShareToken } from './secrets'
import { type ShareEdit, type ShareStore, ShareStoreError } from './store'

/** What a person asks to let out. */
export const shareWishSchema = z.strictObject({
  namespaces: shareNamespacesSchema,
  show: shareShowSchema,
  mode: z.enum(['live', 'frozen']),
  days: z.int().min(1).max(maxShareDays),
  /** Query string of the page it is made on. */
  search: z.string().max(4000),
})
type ShareWish = z.output<typeof shareWishSchema>
export const newShareSchema = shareWishSchema.extend({ label: shareLabelSchema })
export type NewShare = z.output<typeof newShareSchema>

/** Who asks, and what they see. */
export type Asker = {
  readonly principal: Principal
  readonly audience: Audience
  /** The cluster as an audience sees it. */
  readonly viewOf: (audience: Audience) => GraphView
  readonly cluster: string
  /** Where their request came from, for the audit. */
  readonly origin?: ShareOrigin | undefined
}

type Manager = Pick<Asker, 'principal' | 'origin'>

type ShareOffer = {
  readonly goesOut: SharePreview
  /** Parameters of the page that the link does not take along. */
  readonly dropped: readonly DroppedParameter[]
  readonly expiresAt: number
  /** A frozen link's picture does not fit into this server's store. */
  readonly isTooLarge: boolean
}

/** A link as a list shows it: nothing of it can be used to look through it. */
type ListedShare = Pick<
  ShareRecord,
  'id' | 'label' | 'createdAt' | 'expiresAt' | 'revokedAt' | 'mode' | 'namespaces' | 'show' | 'lastUsedAt' | 'uses'
> & {
  readonly by: string
  readonly state: ShareState
  /** Whether the asker made it. */
  readonly own: boolean
}

export class ShareRefusal extends Error {
  override readonly name = 'ShareRefusal'
  static override readonly [Symbol.hasInstance] = byName('ShareRefusal')

  constructor(
    readonly code:
      | 'share-nothing-to-see'
      | 'share-too-large'
      | 'share-not-found'
      | 'share-no-owner'
      | 'share-too-many'
      | ShareStoreError['code'],
  ) {
    super(code)
  }
}

export type ShareLinks = {
  offer(wish: ShareWish, asker: Asker): ShareOffer
  /** The token is told this once. */
  create(wish: NewShare, asker: Asker): Promise<{ readonly id: string; readonly token: string }>
  list(asker: Pick<Asker, 'principal'>): { readonly links: readonly ListedShare[]; readonly refused: readonly string[] }
  rotate(id: string, asker: Manager): Promise<{ readonly id: string; readonly token: string }>
  revoke(id: string, asker: Manager): Promise<void>
  /** Ends every link the asker may end. Returns how many. */
  revokeAll(asker: Manager): Promise<number>
}

export type ShareLinksOptions = { readonly store: ShareStore; readonly clock: Clock; readonly audit: ShareAudit }

/** Ended links are listed for so long, and make room after it. */
const keepEndedMs = 30 * dayMs

export function createShareLinks({ store, clock, audit }: ShareLinksOptions): ShareLinks {
  const now = () => clock.now()

  function outOf(wish: ShareWish, { audience, viewOf }: Asker) {
    const record = { id: 'preview', namespaces: wish.namespaces, show: wish.show, picture: null }
    const seen = audienceOfShareNow(record, audience)
    return { seen, view: viewOf(seen) }
  }

  function pictureOf(wish: ShareWish, view: GraphView): string | undefined {
    return wish.mode === 'frozen' ? takePicture(view, wish.namespaces, now()) : undefined
  }

  const isTooLarge = (picture: string | undefined) => (picture?.length ?? 0) > store.pictureLimit

  async function change(edit: (links: ReadonlyMap<string, ShareRecord>) => readonly ShareEdit[]): Promise<void> {
    try {
      await store.change(edit)
    } catch (error) {
      throw error instanceof ShareStoreError ? new ShareRefusal(error.code) : error
    }
  }

  function ownOf(links: ReadonlyMap<string, ShareRecord>, id: string, principal: Principal): ShareRecord {
    const record = links.get(id)
    if (record === undefined || record.revokedAt !== null || !mayManage(principal, record)) {
      throw new ShareRefusal('share-not-found')
    }
    return record
  }

  return {
    offer(wish, asker) {
      const { view } = outOf(wish, asker)
      return {
        goesOut: previewOf(view),
        dropped: shareViewOf(queryOf(wish), wish).dropped,
        expiresAt: now() + wish.days * dayMs,
        isTooLarge: isTooLarge(pictureOf(wish, view)),
      }
    },
    async create(wish, asker) {
      const { seen, view } = outOf(wish, asker)
      if (seesNothing(seen)) throw new ShareRefusal('share-nothing-to-see')
      const picture = pictureOf(wish, view)
      if (isTooLarge(picture)) throw new ShareRefusal('share-too-large')
      const token = newShareToken()
      const record: ShareRecord = {
        id: token.id,
        hash: hashOf(token.secret),
        generation: 1,
        label: wish.label,
        cluster: asker.cluster,
        owner: ownerOf(asker.principal),
        createdAt: now(),
        expiresAt: now() + wish.days * dayMs,
        revokedAt: null,
        mode: wish.mode,
        namespaces: seen.namespaces === 'all' ? wish.namespaces : [...seen.namespaces].sort(),
        show: wish.show,
        view: shareViewOf(queryOf(wish), wish).view,
        maxViewers: maxShareViewers,
        picture: picture === undefined ? null : hashOf(picture),
        lastUsedAt: null,
        uses: 0,
      }
      await change((links) => [...roomFor(record.owner, links, now()), { put: record, picture }])
      const { id, namespaces, mode, expiresAt, label } = record
      const who = asker.principal
      audit({ event: 'share-created', shareId: id, who, scope: { namespaces }, mode, expiresAt, label }, asker.origin)
      return { id, token: formatShareToken(token) }
    },
    list: ({ principal }) => ({
      links: [...store.links().values()]
        .filter((record) => mayManage(principal, record))
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
        .map((record) => listed(record, principal, now())),
      refused: principal.kind === 'user' ? [] : store.refused(),
    }),
    async rotate(id, { principal, origin }) {
      const token = newShareToken(id)
      await change((links) => [{ put: rotated(ownOf(links, id, principal), hashOf(token.secret)) }])
      audit({ event: 'share-rotated', shareId: id, who: principal }, origin)
      return { id, token: formatShareToken(token) }
    },
    async revoke(id, { principal, origin }) {
      await change((links) => [{ put: revoked(ownOf(links, id, principal), now()) }])
      audit({ event: 'share-revoked', shareId: id, who: principal }, origin)
    },
    async revokeAll({ principal, origin }) {
      let ended: string[] = []
      await change((links) => {
        const own = [...links.values()].filter((one) => one.revokedAt === null && mayManage(principal, one))
        ended = own.map(({ id }) => id)
        return own.map((record) => ({ put: revoked(record, now()) }))
      })
      for (const shareId of ended) audit({ event: 'share-revoked', shareId, who: principal }, origin)
      return ended.length
    },
  }
}

const queryOf = ({ search }: ShareWish) => parsePageQuery(queryPairs(search)).query
const queryPairs = (search: string) => new URLSearchParams(search)

function ownerOf(principal: Principal): ShareOwner {
  if (principal.kind === 'user') return { kind: 'user', name: principal.name, groups: [...principal.groups] }
  if (principal.kind === 'embedded' || principal.kind === 'local') {
    return { kind: principal.kind, name: principal.name, groups: [] }
  }
  throw new ShareRefusal('share-no-owner')
}

// The one person of a laptop, or of a demo, manages what is there; of several people each their own.
function mayManage(principal: Principal, record: ShareRecord): boolean {
  if (principal.kind !== 'user') return principal.kind === 'local' || principal.kind === 'embedded'
  return isOwner({ kind: 'user', name: principal.name }, record)
}

function listed(record: ShareRecord, principal: Principal, now: number): ListedShare {
  const { id, label, createdAt, expiresAt, revokedAt, mode, namespaces, show, lastUsedAt, uses, owner } = record
  const facts = { id, label, createdAt, expiresAt, revokedAt, mode, namespaces, show, lastUsedAt, uses }
  const own = owner.kind === principal.kind && owner.name === principal.name
  return { ...facts, by: owner.name, state: shareStateAt(record, now), own }
}

const forgotten = ({ revokedAt, expiresAt }: ShareRecord, now: number) => now - (revokedAt ?? expiresAt) > keepEndedMs

/**
 * What goes so that this owner may have one more: what ended long ago, whoever's, and, where one of several people has all that one
 * may have, their own that ended: expired ones first, then those revoked longest ago. Throws when all of them are in use.
 */
function roomFor(owner: ShareOwner, links: ReadonlyMap<string, ShareRecord>, now: number): ShareEdit[] {
  const gone = new Set([...links.values()].filter((one) => forgotten(one, now)))
  if (owner.kind === 'user') {
    const own = [...links.values()].filter((one) => !gone.has(one) && isOwner(owner, one))
    const ended = own.filter((one) => shareStateAt(one, now) !== 'active')
    ended.sort((a, b) => (a.revokedAt ?? 0) - (b.revokedAt ?? 0) || a.expiresAt - b.expiresAt)
    const tooMany = own.length + 1 - maxSharesOfOne
    if (tooMany > ended.length) throw new ShareRefusal('share-too-many')
    for (const one of ended.slice(0, Math.max(0, tooMany))) gone.add(one)
  }
  return [...gone].map(({ id }) => ({ remove: id }))
}

const isOwner = ({ kind, name }: Pick<ShareOwner, 'kind' | 'name'>, { owner }: ShareRecord) =>
  owner.kind === kind && owner.name === name
