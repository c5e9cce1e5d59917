// What is told about links, for whoever has to answer for them: who did what to which link. Never a secret.

import type { Principal } from '../access/principal'

type Who = Pick<Principal, 'kind' | 'name'>

export type ShareEvent =
  | {
      readonly event: 'share-created'
      readonly shareId: string
      readonly who: Who
      readonly scope: { readonly namespaces: readonly string[] }
      readonly mode: 'live' | 'frozen'
      /** Epoch ms. */
      readonly expiresAt: number
      readonly label: string
    }
  | { readonly event: 'share-rotated' | 'share-revoked'; readonly shareId: string; readonly who: Who }
  | { readonly event: 'share-used'; readonly shareId: string }
  | { readonly event: 'share-denied'; readonly shareId: string; readonly code: ShareDenial }
  /** A document in the store that does not verify, or is an old copy. */
  | { readonly event: 'share-record-refused'; readonly shareId: string }

export type ShareDenial =
  | 'unknown'
  | 'wrong-secret'
  | 'expired'
  | 'owner-lost'
  | 'other-cluster'
  | 'too-often'
  | 'full'
  | 'unavailable'

export type ShareOrigin = { readonly peer?: string | undefined; readonly requestId?: string | undefined }

export type ShareAudit = (event: ShareEvent, origin?: ShareOrigin) => void
