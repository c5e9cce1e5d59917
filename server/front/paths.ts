// Which paths are ours. Next's own ideas about paths (escapes, double slashes, files of prefetched segments, upper case) have let
// requests past checks before, so what reaches it is written in one way only.

/** The path below the base path, or undefined when nothing of ours can be there. */
export function ownPath(url: string, basePath: string): string | undefined {
  const path = url.split('?', 1)[0] ?? ''
  if (path !== basePath && !path.startsWith(`${basePath}/`)) return undefined
  const own = path.slice(basePath.length) || '/'
  if (own === '/') return own
  // A comma joins the procedures of one batch.
  if (!/^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+\/?$/.test(own.startsWith('/api/trpc/') ? own.replaceAll(',', '.') : own)) {
    return undefined
  }
  if (/\.rsc(\/|$)|\.segments(\/|$)/i.test(own)) return undefined
  // Of what begins with an underscore only the hashed assets are served: no image optimizer, no data files, no error pages.
  if (own.startsWith('/_') && !own.startsWith('/_next/static/')) return undefined
  const [, top = ''] = own.split('/', 2)
  return top === top.toLowerCase() ? own : undefined
}

/** Whether something is done there; everything else is only read. */
export function postable(path: string): boolean {
  return /^\/api\/(trpc\/|share\/|sign-in(\/|$)|sign-out(\/|$))/.test(path)
}

/** Whether a document may be there, with scripts and styles of its own. */
export function isDocument(path: string): boolean {
  return !path.startsWith('/api/') && !path.startsWith('/_next/')
}

/** Files whose name changes with their content. */
export const isHashedAsset = (path: string) => path.startsWith('/_next/static/')

/** The one procedure that streams. */
export const isStream = (path: string) => path === '/api/trpc/graph.watch'
