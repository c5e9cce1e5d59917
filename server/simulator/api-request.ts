// A request of the list and watch API, read from its URL.

import { fieldSelector, labelSelector, type Selected } from './api-selectors'
import { type ApiError, badRequest } from './api-status'
import { findResource, type ResourceName, resources } from './resources'

export type ApiPath = {
  readonly resource: ResourceName
  /** Undefined for all namespaces and for cluster-scoped resources. */
  readonly namespace: string | undefined
  readonly name: string | undefined
}

export type ListRequest = ApiPath & {
  readonly watch: boolean
  readonly selects: Selected
  /** Selected by more than the namespace: a page then does not know how many items remain. */
  readonly filtered: boolean
  readonly limit: number | undefined
  readonly continue: string | undefined
  readonly resourceVersion: string
  readonly resourceVersionMatch: string
  readonly timeoutSeconds: number | undefined
  readonly bookmarks: boolean
  readonly sendInitialEvents: boolean
}

/** `/api/v1/...` or `/apis/<group>/<version>/...`; undefined when nothing is served there. */
export function parsePath(pathname: string): ApiPath | undefined {
  const segments = pathname.split('/').slice(1).map(decodeSegment)
  const core = segments[0] === 'api'
  if (!core && segments[0] !== 'apis') return undefined
  const [group = '', version = ''] = core ? ['', segments[1]] : segments.slice(1, 3)
  const rest = segments.slice(core ? 2 : 3)
  if (rest.length > 2 && rest[0] === 'namespaces') {
    const [, namespace, plural = '', name, ...more] = rest
    const resource = findResource(group, version, plural)
    if (resource === undefined || !resources[resource].namespaced || more.length > 0) return undefined
    return { resource, namespace, name }
  }
  const [plural = '', name, ...more] = rest
  const resource = findResource(group, version, plural)
  if (resource === undefined || more.length > 0) return undefined
  if (name !== undefined && resources[resource].namespaced) return undefined
  return { resource, namespace: undefined, name }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // Not an encoded text: no object has such a name, so the look-up answers 404.
    return segment
  }
}

/** Reads the query of a list or watch. A value that Kubernetes refuses is refused with the same code. */
export function parseListRequest(path: ApiPath, query: URLSearchParams): ListRequest | ApiError {
  const labels = labelSelector(query.get('labelSelector') ?? '')
  if (!labels.ok) return badRequest(labels.message)
  const fields = fieldSelector(query.get('fieldSelector') ?? '', resources[path.resource])
  if (!fields.ok) return badRequest(fields.message)
  const limit = wholeNumber(query.get('limit'))
  const timeoutSeconds = wholeNumber(query.get('timeoutSeconds'))
  if (Number.isNaN(limit)) return badRequest('limit is not a number')
  if (Number.isNaN(timeoutSeconds)) return badRequest('timeoutSeconds is not a number')
  const resourceVersion = query.get('resourceVersion') ?? ''
  if (!/^\d*$/.test(resourceVersion)) return badRequest(`invalid resource version: ${resourceVersion}`)
  const { namespace } = path
  return {
    ...path,
    watch: isTrue(query.get('watch')),
    selects: (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      labels.selects(object) &&
      fields.selects(object),
    filtered: Boolean(query.get('labelSelector') || query.get('fieldSelector')),
    limit: limit || undefined,
    continue: query.get('continue') ?? undefined,
    resourceVersion,
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
    timeoutSeconds: timeoutSeconds || undefined,
    bookmarks: isTrue(query.get('allowWatchBookmarks')),
    sendInitialEvents: isTrue(query.get('sendInitialEvents')),
  }
}

const isTrue = (value: string | null) => value === 'true' || value === '1'

const wholeNumber = (value: string | null) =>
  value === null || value === '' ? undefined : /^\d+$/.test(value) ? Number(value) : Number.NaN
