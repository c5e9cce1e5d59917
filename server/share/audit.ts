// What is told about links, for whoever has to answer for them: who did what to which link. Never a secret, never a name of the cluster
// beyond the namespaces a link was made for.

export type ShareEvent =
  | {
      readonly event: 'share.create'
      readonly id: string
      readonly by: string
      readonly label: string
      readonly namespaces: readonly string[]
      readonly mode: 'live' | 'frozen'
      readonly expiresAt: string
    }
  | { readonly event: 'share.rotate' | 'share.revoke'; readonly id: string; readonly by: string }
  | { readonly event: 'share.use'; readonly id: string; readonly generation: number; readonly peer: string }
  | { readonly event: 'share.deny'; readonly id: string | null; readonly why: ShareDenial; readonly peer: string }
  /** A document in the store that does not verify, or is an old copy. */
  | { readonly event: 'share.refused-record'; readonly id: string }

export type ShareDenial = 'unknown' | 'wrong-secret' | 'expired' | 'owner-lost' | 'too-often' | 'too-many-viewers' | 'unavailable'

export type ShareAudit = (event: ShareEvent) => void
