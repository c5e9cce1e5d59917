// Lists: whole or in pages of one consistent snapshot.

import type { ApiObject, JsonObject } from './api-object'
import { objectKeyOf } from './api-object'
import type { ListRequest } from './api-request'
import { type ApiError, badRequest, pageExpired, tooLarge, tooOld } from './api-status'
import { apiVersionOf, resources } from './resources'
import type { WatchCache } from './watch-cache'

/** Where the next page starts: after `start`, in the snapshot of revision `rv` (-1: whatever is newest then). */
type ContinueToken = { readonly rv: number; readonly start: string }

type Snapshot = { readonly revision: number; readonly objects: readonly ApiObject[]; readonly after: string }

/** The body of a list, or the error Kubernetes would give. */
export function listBody(cache: WatchCache, request: ListRequest): string | ApiError {
  const snapshot = chooseSnapshot(cache, request)
  if ('code' in snapshot) return snapshot
  const rest = snapshot.objects.filter((object) => objectKeyOf(object) > snapshot.after && request.selects(object))
  const page = request.limit === undefined ? rest : rest.slice(0, request.limit)
  const last = page.at(-1)
  const more = last !== undefined && page.length < rest.length
  const metadata: JsonObject = {
    resourceVersion: String(snapshot.revision),
    continue: more ? encode({ rv: snapshot.revision, start: objectKeyOf(last) }) : undefined,
    remainingItemCount: more && !request.filtered ? rest.length - page.length : undefined,
  }
  const resource = resources[request.resource]
  const head = JSON.stringify({ kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata })
  return `${head.slice(0, -1)},"items":[${page.map(listItem).join(',')}]}\n`
}

function chooseSnapshot(cache: WatchCache, request: ListRequest): Snapshot | ApiError {
  const current = cache.revision()
  if (request.continue !== undefined) return continued(cache, request)
  const asked = Number(request.resourceVersion || '0')
  if (asked > current) return tooLarge(asked, current)
  // A limit with a set version and no match means that very version (the API's legacy rule).
  const exact =
    request.resourceVersionMatch === 'Exact' || (request.limit !== undefined && !request.resourceVersionMatch)
  if (asked === 0 || !exact) return { revision: current, objects: cache.list(request.resource), after: '' }
  const objects = cache.snapshot(request.resource, asked)
  return objects ? { revision: asked, objects, after: '' } : tooOld(asked, current)
}

function continued(cache: WatchCache, request: ListRequest): Snapshot | ApiError {
  const token = decode(request.continue ?? '')
  if (token === undefined) return badRequest('continue key is not valid')
  if (request.resourceVersion !== '' && request.resourceVersion !== '0') {
    return badRequest('specifying resource version is not allowed when using continue')
  }
  const revision = token.rv < 0 ? cache.revision() : token.rv
  const objects = cache.snapshot(request.resource, revision)
  return objects ? { revision, objects, after: token.start } : pageExpired(encode({ rv: -1, start: token.start }))
}

// Items of a list carry no kind and apiVersion: the list's own say it for all.
function listItem({ apiVersion: _, kind: __, ...item }: ApiObject): string {
  return JSON.stringify(item)
}

const encode = (token: ContinueToken) =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', ...token })).toString('base64url')

function decode(text: string): ContinueToken | undefined {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (typeof token !== 'object' || token === null || !('rv' in token) || !('start' in token)) return undefined
    const { rv, start } = token
    return Number.isSafeInteger(rv) && typeof start === 'string' ? { rv: Number(rv), start } : undefined
  } catch {
    return undefined
  }
}
