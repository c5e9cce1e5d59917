// How many streams one reader may keep open, so that nobody takes all the places of the server (stream-cap.ts).

export type ReaderPlaces = {
  /** Takes a place; the result gives it back, once. Undefined when this reader has all that one may have. */
  enter(reader: string): (() => void) | undefined
  /** Readers who have one, now. */
  readers(): number
}

/**
 * A tenth of what the server holds. A person needs one for each tab; an address may be a whole office's, or that of a proxy that
 * is not among TRIPLANE_TRUSTED_PROXIES.
 */
const mostOfOneReader = 50

export function createReaderPlaces(most = mostOfOneReader): ReaderPlaces {
  const open = new Map<string, number>()
  return {
    enter(reader) {
      const count = open.get(reader) ?? 0
      if (count >= most) return undefined
      open.set(reader, count + 1)
      let inside = true
      return () => {
        if (!inside) return
        inside = false
        const left = (open.get(reader) ?? 1) - 1
        if (left > 0) open.set(reader, left)
        else open.delete(reader)
      }
    },
    readers: () => open.size,
  }
}
