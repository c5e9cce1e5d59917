// What is kept of a share link. Of its secret only a hash; of its content only where to look, never what is there (a frozen link's
// picture stands beside the record, under its own hash).

import { z } from '../model/schema'

/** Longest life of a link, and the one it gets when nobody says. */
export const maxShareDays = 90
export const defaultShareDays = 7
/** How many may look through one link at once. */
export const maxShareViewers = 25
export const maxShareNamespaces = 50
/** Links in one store, ended ones that are still listed among them. */
export const maxShares = 500
/** Of them, one person's. The one person of a laptop, or of a demo, has them all. */
export const maxSharesOfOne = 50

export const dayMs = 86_400_000

const namespaceName = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
const time = z.int().min(0).max(8_640_000_000_000_000)
/** Label keys, with or without a prefix; what else a key may be is the API server's business. */
const labelKey = z
  .string()
  .min(1)
  .max(317)
  .regex(/^[^\s,=]+$/)

export const shareLabelSchema = z.string().trim().min(1).max(80)
export const shareNamespacesSchema = z
  .array(namespaceName)
  .min(1)
  .max(maxShareNamespaces)
  .transform((names) => [...new Set(names)].sort())

/** What the link lets out beyond names, topology and health. */
export const shareShowSchema = z.strictObject({
  addresses: z.boolean(),
  nodeNames: z.boolean(),
  externalNames: z.boolean(),
  labels: z.union([z.literal('all'), z.array(labelKey).max(50)]),
})
export type ShareShow = z.output<typeof shareShowSchema>

/** Nothing but names, topology and health. */
export const hideAll: ShareShow = { addresses: false, nodeNames: false, externalNames: false, labels: [] }

const ownerSchema = z.strictObject({
  kind: z.enum(['embedded', 'local', 'user']),
  name: z.string().max(1024),
  groups: z.array(z.string().max(1024)).max(1000),
})
/** Who made the link: what they may see is asked again whenever it is used. */
export type ShareOwner = z.output<typeof ownerSchema>

export const shareRecordSchema = z.strictObject({
  id: z.string().regex(/^[a-z2-7]{16}$/),
  /** SHA-256 of the secret, hex. Empty once the link was revoked. */
  hash: z.string().regex(/^([0-9a-f]{64})?$/),
  /** Goes up when the secret is changed: whoever came by the old one is out. */
  generation: z.int().min(1).max(1_000_000),
  label: z.string().max(80),
  /** Source and name of the cluster it was made for: its namespaces mean nothing in another. */
  cluster: z.string().max(600),
  owner: ownerSchema,
  createdAt: time,
  expiresAt: time,
  revokedAt: time.nullable(),
  mode: z.enum(['live', 'frozen']),
  /** Empty once the link was revoked: nothing is kept of what it showed. */
  namespaces: z.array(namespaceName).max(maxShareNamespaces),
  show: shareShowSchema,
  /** Query string of the page it opens, already held against what it may show. */
  view: z.string().max(2000),
  maxViewers: z.int().min(1).max(1000),
  /** Of a frozen link: SHA-256 of its picture, hex. */
  picture: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** The hour of the last use, so that nobody's habits are kept. */
  lastUsedAt: time.nullable(),
  uses: z.int().min(0),
})
export type ShareRecord = z.output<typeof shareRecordSchema>

export type ShareState = 'active' | 'expired' | 'revoked'

/** Where a link stands at a time (epoch ms). A link is over at the very millisecond it expires. */
export function shareStateAt(record: ShareRecord, now: number): ShareState {
  if (record.revokedAt !== null) return 'revoked'
  return now >= record.expiresAt ? 'expired' : 'active'
}

/** The record of a link that was revoked: its id, who and when; nothing of its content, no secret to try. */
export function revoked(record: ShareRecord, now: number): ShareRecord {
  if (record.revokedAt !== null) return record
  return {
    ...record,
    revokedAt: now,
    generation: record.generation + 1,
    hash: '',
    namespaces: [],
    show: hideAll,
    view: '',
    picture: null,
  }
}

/** The same link under a new secret. */
export function rotated(record: ShareRecord, hash: string): ShareRecord {
  return { ...record, hash, generation: record.generation + 1 }
}

/** One more use, told by the hour. */
export function used(record: ShareRecord, now: number, times = 1): ShareRecord {
  return { ...record, uses: record.uses + times, lastUsedAt: Math.floor(now / 3_600_000) * 3_600_000 }
}

/**
 * Whether `after` may follow `before` as the record of one link: generations do not go down, what was revoked stays so, and the
 * same generation means the same rights. Anything else is an old copy put back by hand, whoever signed it.
 */
export function mayFollow(before: ShareRecord, after: ShareRecord): boolean {
  if (after.generation !== before.generation) return after.generation > before.generation
  return (before.revokedAt !== null) === (after.revokedAt !== null) && before.hash === after.hash
}
