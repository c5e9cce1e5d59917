// Who a page is shown to, as the page itself knows it: what it greets them by, and which controls it leaves out.

/** What a procedure or page asks for. `cluster`: tryNow, contexts, switchContext; `shares`: create, list, revoke. */
export const accesses = ['view', 'explain', 'rules', 'cluster', 'demo', 'shares', 'public'] as const
/** `public` is what everybody may know, signed in or not, and so nothing of a cluster. */
export type Access = (typeof accesses)[number]

export type SessionInfo = {
  readonly kind: 'embedded' | 'local' | 'anonymous' | 'nobody' | 'user' | 'share'
  /** The name of a `user`; of the others, their kind. */
  readonly name: string
  readonly access: readonly Access[]
  /** They came by a cookie of ours, which they can give back. */
  readonly canSignOut: boolean
  readonly share: ShareInfo | null
}

export type ShareInfo = {
  readonly label: string
  /** Epoch ms; null: never. */
  readonly expiresAt: number | null
  readonly mode: 'live' | 'frozen'
}
