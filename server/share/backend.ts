// Where documents of links are kept. A document is a text under a key: a signed record under the link's id, the picture of a frozen
// link under `<id>.picture`. A backend understands neither; it knows versions, so that two writers never undo each other.

export type Documents = ReadonlyMap<string, string>

/** What the store holds, as of `version`. */
export type Held = { readonly documents: Documents; readonly version: string }

export type BackendListener = {
  /** Everything there is, at once after the start and after every change by anybody; never older than the last read or write. */
  readonly onHeld: (held: Held) => void
  /** The store cannot be followed (a short code), or can again. */
  readonly onTrouble: (code: string | undefined) => void
}

export type Backend = {
  readonly kind: 'memory' | 'file' | 'configmap'
  /** Bytes of all documents together, and of the picture of one frozen link. */
  readonly limits: { readonly bytes: number; readonly picture: number }
  /** Throws a StoreUnavailable. */
  read(): Promise<Held>
  /** False: somebody else was first. Throws a StoreUnavailable. */
  write(documents: Documents, version: string): Promise<boolean>
  follow(listener: BackendListener): () => void
}

/** The store cannot be read or written now; `code` says why in a word. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'

  constructor(
    readonly code: string,
    detail = '',
  ) {
    super(detail === '' ? code : `${code}: ${detail}`)
  }
}
