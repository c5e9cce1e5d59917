import type { Backend, BackendListener, Held } from './backend'

/** Links that end with this process. */
export function createMemoryBackend(): Backend {
  const listeners = new Set<BackendListener>()
  let held: Held = { documents: new Map(), version: '0' }
  return {
    kind: 'memory',
    limits: { bytes: 16 * 1024 * 1024, picture: 1024 * 1024 },
    read: async () => held,
    async write(documents, version) {
      if (version !== held.version) return false
      held = { documents: new Map(documents), version: String(Number(version) + 1) }
      for (const listener of [...listeners]) listener.onHeld(held)
      return true
    },
    follow(listener) {
      listeners.add(listener)
      listener.onTrouble(undefined)
      listener.onHeld(held)
      return () => listeners.delete(listener)
    },
  }
}
