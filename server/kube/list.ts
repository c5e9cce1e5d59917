// A whole list, page by page. Records are made as the pages arrive, and nothing is handed out before the last page is in.
import { parseObject, type Reject } from '@/core/model/from-api'
import type { ClusterRecord } from '@/core/model/records'
import type { Clock } from './clock'
import type { Connection } from './connection'
import { Fault } from './errors'
import { isJson, openRequest, readText } from './http'
import { field, isObject, type JsonObject, objectField, stringField } from './json'
import { type Resource, targetOf } from './resources'

export type Io = { readonly connection: Connection; readonly clock: Clock; readonly signal: AbortSignal }

export type WholeList = {
  readonly objects: ReadonlyMap<string, ClusterRecord>
  readonly resourceVersion: string
  readonly rejects: readonly Reject[]
}

/** Objects read so far, and the server's estimate of the whole. */
export type Progress = { readonly read: number; readonly expected: number | undefined }

const pageSize = 500
const pageLimit = 256 * 1024 * 1024
const silentFor = 60_000
const answerWithin = 60_000

/** Reads the list. Throws a Fault if any page is missing, not a list of this kind, or gone (a list is whole or nothing). */
export async function readList(
  resource: Resource,
  io: Io,
  onProgress: (progress: Progress) => void,
): Promise<WholeList> {
  const objects = new Map<string, ClusterRecord>()
  const rejects: Reject[] = []
  let next = ''
  for (;;) {
    const page = await readPage(resource, io, next === '' ? { limit: pageSize } : { limit: pageSize, continue: next })
    for (const item of page.items) {
      const parsed = parseObject(resource.kind, item)
      if (parsed.ok) objects.set(parsed.record.key, parsed.record)
      else rejects.push(parsed.reject)
    }
    const read = objects.size + rejects.length
    onProgress({ read, expected: page.remaining === undefined ? undefined : read + page.remaining })
    if (page.next === '') return { objects, resourceVersion: page.resourceVersion, rejects }
    next = page.next
  }
}

/** The server's present resourceVersion of this resource, by a list of one. */
export async function readResourceVersion(resource: Resource, io: Io): Promise<string> {
  return (await readPage(resource, io, { limit: 1 })).resourceVersion
}

type Page = {
  readonly items: readonly unknown[]
  readonly resourceVersion: string
  readonly next: string
  readonly remaining: number | undefined
}

async function readPage(resource: Resource, io: Io, query: Record<string, string | number>): Promise<Page> {
  const response = await openRequest({ ...io, target: targetOf(resource, query), answerWithin, silentFor })
  try {
    if (!isJson(response.contentType))
      throw new Fault('not-kubernetes-api', `content-type ${response.contentType || '(none)'}`)
    return checkPage(resource, parseJson(await readText(response.body, pageLimit)))
  } finally {
    response.close()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Fault('bad-list', error instanceof Error ? error.message : 'not JSON')
  }
}

// An answer replaces what we know only if it is a list of this very kind: a login page, an empty object or a Table must not.
function checkPage(resource: Resource, list: unknown): Page {
  if (!isObject(list)) throw new Fault('bad-list', 'the answer is not an object')
  const kind = stringField(list, 'kind')
  const apiVersion = stringField(list, 'apiVersion')
  if (kind !== `${resource.kind}List` || apiVersion !== resource.apiVersion) {
    throw new Fault(
      'wrong-kind',
      `${apiVersion} ${kind || '(no kind)'} instead of ${resource.apiVersion} ${resource.kind}List`,
    )
  }
  const items = field(list, 'items')
  if (!Array.isArray(items)) throw new Fault('bad-list', 'items is not an array')
  return { items, ...checkMetadata(objectField(list, 'metadata')) }
}

function checkMetadata(metadata: JsonObject): Omit<Page, 'items'> {
  const resourceVersion = stringField(metadata, 'resourceVersion')
  if (resourceVersion === '') throw new Fault('bad-list', 'metadata.resourceVersion is missing')
  const remaining = field(metadata, 'remainingItemCount')
  return {
    resourceVersion,
    next: stringField(metadata, 'continue'),
    remaining: typeof remaining === 'number' && remaining >= 0 ? remaining : undefined,
  }
}
