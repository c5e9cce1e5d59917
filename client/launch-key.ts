// The launch key of the address that the start prints. It is behind the #, and leaves the address bar and the history at once.

const form = /^#key=([A-Za-z0-9_-]{43})$/

/** The key of the address, once: it is gone from the address afterwards. */
export function takeLaunchKey(): string | undefined {
  const [, key] = form.exec(location.hash) ?? []
  if (location.hash.startsWith('#key=')) history.replaceState(history.state, '', location.pathname + location.search)
  return key
}
