// The links of this server, read through signatures: what does not verify is refused and told, whoever wrote it.

import { maxShares, mayFollow, type ShareRecord } from '@/core/share/record'
import { byName } from '../by-name'
import type { Clock } from '../kube/clock'
import { type Backend, type Documents, type Held, StoreUnavailable } from './backend'
import { readSigned, signRecord } from './signed'

/** What to put under an id: a record (and the picture of a frozen link), or nothing any more. */
export type ShareEdit =
  | { readonly put: ShareRecord; readonly picture?: string | undefined }
  | { readonly remove: string }

export type ShareStore = {
  readonly kind: Backend['kind']
  /** Bytes a frozen link's picture may have here. */
  readonly pictureLimit: number
  links(): ReadonlyMap<string, ShareRecord>
  pictureOf(id: string): string | undefined
  /** Ids of documents that do not verify, or go back behind what was seen. Nobody gets in by them. */
  refused(): readonly string[]
  /** Milliseconds since the store could last be followed; 0 while it can. */
  troubledFor(): number
  /** Resolves once the first read is in, or has failed. */
  ready(): Promise<void>
  /** Applies what `edit` makes of the links as they are; asked again (five times) when somebody else was first. Throws ShareStoreError. */
  change(edit: (links: ReadonlyMap<string, ShareRecord>) => readonly ShareEdit[]): Promise<void>
  subscribe(listener: () => void): () => void
  stop(): void
}

export class ShareStoreError extends Error {
  override readonly name = 'ShareStoreError'
  static override readonly [Symbol.hasInstance] = byName('ShareStoreError')

  constructor(readonly code: 'share-store-full' | 'share-store-busy' | 'share-store-unavailable') {
    super(code)
  }
}

export type ShareStoreOptions = {
  readonly backend: Backend
  readonly key: Uint8Array
  readonly clock: Clock
  /** A document under this id does not verify any more, or goes back. Called once per document and text. */
  readonly onRefused: (id: string) => void
}

const tries = 5
const pictureSuffix = '.picture'

export function createShareStore({ backend, key, clock, onRefused }: ShareStoreOptions): ShareStore {
  const listeners = new Set<() => void>()
  // The newest record seen of each id, so that an old copy is told from a change.
  const newest = new Map<string, ShareRecord>()
  const told = new Map<string, string>()
  let links: ReadonlyMap<string, ShareRecord> = new Map()
  let documents: Documents = new Map()
  let refused: readonly string[] = []
  let troubledSince: number | undefined = clock.elapsed()
  let markReady: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    markReady = resolve
  })
  let changing: Promise<unknown> = Promise.resolve()

  function accept(held: Held): void {
    const next = new Map<string, ShareRecord>()
    const bad: string[] = []
    for (const [id, text] of held.documents) {
      if (id.endsWith(pictureSuffix)) continue
      const record = readSigned(id, text, key)
      const before = newest.get(id)
      if (record !== undefined && (before === undefined || mayFollow(before, record))) next.set(id, record)
      else {
        bad.push(id)
        if (told.get(id) !== text) onRefused(id)
        told.set(id, text)
      }
    }
    for (const [id, record] of next) newest.set(id, record)
    links = next
    documents = held.documents
    refused = bad
    markReady()
    for (const listener of [...listeners]) listener()
  }

  const unfollow = backend.follow({
    onHeld: accept,
    onTrouble(code) {
      if (code === undefined) troubledSince = undefined
      else {
        troubledSince ??= clock.elapsed()
        markReady()
        for (const listener of [...listeners]) listener()
      }
    },
  })

  async function change(edit: (links: ReadonlyMap<string, ShareRecord>) => readonly ShareEdit[]): Promise<void> {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      if (attempt > 0) await pause(clock, Math.round(clock.random() * 50 * 2 ** attempt))
      const held = await backend.read()
      accept(held)
      const edits = edit(links)
      if (edits.length === 0) return
      const next = edited(held.documents, edits, key)
      if (!fits(next, backend.limits.bytes)) throw new ShareStoreError('share-store-full')
      if (await backend.write(next, held.version)) {
        // What follows from it (streams that end) does not wait for the store to tell.
        accept({ documents: next, version: '' })
        return
      }
    }
    throw new ShareStoreError('share-store-busy')
  }

  return {
    kind: backend.kind,
    pictureLimit: backend.limits.picture,
    links: () => links,
    pictureOf: (id) => documents.get(id + pictureSuffix),
    refused: () => refused,
    troubledFor: () => (troubledSince === undefined ? 0 : clock.elapsed() - troubledSince),
    ready: () => ready,
    change(edit) {
      const done = changing.then(() => change(edit)).catch(toStoreError)
      changing = done.catch(() => undefined)
      return done
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: unfollow,
  }
}

function edited(documents: Documents, edits: readonly ShareEdit[], key: Uint8Array): Documents {
  const next = new Map(documents)
  for (const one of edits) {
    if ('remove' in one) {
      next.delete(one.remove)
      next.delete(one.remove + pictureSuffix)
      continue
    }
    const { put, picture } = one
    next.set(put.id, signRecord(put, key))
    if (picture !== undefined) next.set(put.id + pictureSuffix, picture)
    else if (put.picture === null) next.delete(put.id + pictureSuffix)
  }
  return next
}

function fits(documents: Documents, bytes: number): boolean {
  let sum = 0
  let records = 0
  for (const [id, text] of documents) {
    sum += id.length + Buffer.byteLength(text)
    if (!id.endsWith(pictureSuffix)) records += 1
  }
  return sum <= bytes && records <= maxShares
}

function toStoreError(error: unknown): never {
  throw error instanceof StoreUnavailable ? new ShareStoreError('share-store-unavailable') : error
}

const pause = (clock: Clock, ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))
