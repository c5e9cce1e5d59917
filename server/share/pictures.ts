// Opened pictures of frozen links, by hash. On globalThis for the reason runtime.ts gives: the gate opens them, the session shows them.

import type { ClusterStore } from '../store/cluster-store'
import { openPicture } from './picture'
import { hashOf } from './secrets'

const place = Symbol.for('triplane.pictures')
type Holder = { [place]?: Map<string, ClusterStore> }
/** Opened ones are large; those of links that nobody looks through are packed again by being forgotten. */
const mostOpen = 20

function opened(): Map<string, ClusterStore> {
  const holder = globalThis as Holder
  holder[place] ??= new Map()
  return holder[place]
}

/** The cluster of a picture that was opened; undefined when it was not, or was forgotten. */
export const openedPicture = (hash: string): ClusterStore | undefined => opened().get(hash)

/** Opens a picture unless it is open. False when the text is not what was hashed, or is no picture. */
export function keepPictureOpen(hash: string, text: string | undefined): boolean {
  const all = opened()
  const store = all.get(hash) ?? read(hash, text)
  if (store === undefined) return false
  all.delete(hash)
  all.set(hash, store)
  for (const old of all.keys()) if (all.size > mostOpen) all.delete(old)
  return true
}

function read(hash: string, text: string | undefined): ClusterStore | undefined {
  if (text === undefined || hashOf(text) !== hash) return undefined
  try {
    return openPicture(text)
  } catch {
    // Written by a version that kept its records in another form.
    return undefined
  }
}
