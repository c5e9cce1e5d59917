// The events of one watch request, checked. Every line is either understood or ends the watch: a skipped line would be a
// lost change.
import { parseObject, type Reject } from '@/core/model/from-api'
import type { ClusterRecord } from '@/core/model/records'
import { Fault, faultOfStatus } from './errors'
import { isJson, openRequest } from './http'
import { field, isObject, type JsonObject, objectField, stringField } from './json'
import { splitLines } from './lines'
import type { Io } from './list'
import { type Resource, targetOf } from './resources'

export type WatchStep =
  | { readonly type: 'put'; readonly record: ClusterRecord }
  | { readonly type: 'remove'; readonly key: string; readonly uid: string; readonly resourceVersion: string }
  | { readonly type: 'bookmark'; readonly resourceVersion: string }
  /** A malformed object with a name: what we held under that name is no longer what the cluster has. */
  | { readonly type: 'reject'; readonly key: string; readonly resourceVersion: string; readonly reject: Reject }

export type OpenWatch = { readonly steps: AsyncIterable<readonly WatchStep[]> }

/** An API server sends a bookmark each minute, so 90 s of silence means that nobody is there. */
const silentFor = 90_000
const answerWithin = 30_000

/** Opens a watch from a resourceVersion; the server is asked to end it after 5 to 10 minutes. Throws a Fault. */
export async function openWatch(resource: Resource, io: Io, resourceVersion: string): Promise<OpenWatch> {
  const timeoutSeconds = 300 + Math.floor(io.clock.random() * 301)
  const query = { watch: 'true', allowWatchBookmarks: 'true', resourceVersion, timeoutSeconds }
  const response = await openRequest({ ...io, target: targetOf(resource, query), answerWithin, silentFor })
  if (!isJson(response.contentType)) {
    response.close()
    throw new Fault('not-kubernetes-api', `content-type ${response.contentType || '(none)'}`)
  }
  return { steps: readSteps(resource, response.body) }
}

async function* readSteps(resource: Resource, body: AsyncIterable<Buffer>): AsyncGenerator<WatchStep[]> {
  for await (const lines of splitLines(body)) {
    const steps: WatchStep[] = []
    let fault: unknown
    for (const line of lines) {
      try {
        steps.push(readStep(resource, line))
      } catch (error) {
        fault = error
        break
      }
    }
    // What came before the bad line is good and must not be lost with it.
    if (steps.length > 0) yield steps
    if (fault !== undefined) throw fault
  }
}

/** One line of a watch. Throws a Fault for an ERROR event and for anything that is not an event of this resource. */
function readStep(resource: Resource, line: string): WatchStep {
  const event = parseLine(line)
  const object = field(event, 'object')
  if (!isObject(object)) throw new Fault('bad-event', 'object is missing or not an object')
  const type = field(event, 'type')
  if (type === 'ERROR') throw faultOfError(object)
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED' && type !== 'BOOKMARK') {
    throw new Fault('bad-event', `unknown type ${JSON.stringify(type) ?? '(none)'}`)
  }
  const kind = stringField(object, 'kind')
  if (kind !== resource.kind || stringField(object, 'apiVersion') !== resource.apiVersion) {
    throw new Fault('wrong-kind', `${kind || '(no kind)'} on a watch of ${resource.kind}`)
  }
  const metadata = objectField(object, 'metadata')
  const resourceVersion = stringField(metadata, 'resourceVersion')
  if (resourceVersion === '') throw new Fault('bad-event', 'metadata.resourceVersion is missing')
  if (type === 'BOOKMARK') return { type: 'bookmark', resourceVersion }
  return objectStep(resource, { type, object, metadata, resourceVersion })
}

type ObjectEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: JsonObject
  readonly metadata: JsonObject
  readonly resourceVersion: string
}

function objectStep(resource: Resource, event: ObjectEvent): WatchStep {
  const { type, object, metadata, resourceVersion } = event
  const uid = stringField(metadata, 'uid')
  const parsed = parseObject(resource.kind, object)
  if (parsed.ok) {
    const { record } = parsed
    return type === 'DELETED' ? { type: 'remove', key: record.key, uid, resourceVersion } : { type: 'put', record }
  }
  const key = keyOf(parsed.reject)
  if (key === undefined || uid === '') {
    throw new Fault('bad-event', `${parsed.reject.field || 'object'}: ${parsed.reject.code}`)
  }
  if (type === 'DELETED') return { type: 'remove', key, uid, resourceVersion }
  return { type: 'reject', key, resourceVersion, reject: parsed.reject }
}

function keyOf(reject: Reject): string | undefined {
  if (reject.name === '') return undefined
  if (reject.kind === 'Node' || reject.kind === 'Namespace') return reject.name
  return reject.namespace === '' ? undefined : `${reject.namespace}/${reject.name}`
}

function parseLine(line: string): JsonObject {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch (error) {
    throw new Fault('bad-event', error instanceof Error ? error.message : 'not JSON')
  }
  if (!isObject(event)) throw new Fault('bad-event', 'the line is not an object')
  return event
}

// A Status inside the stream: what an HTTP status would have said before it began.
function faultOfError(status: JsonObject): Fault {
  const code = field(status, 'code')
  const seconds = field(objectField(status, 'details'), 'retryAfterSeconds')
  const retryAfter = typeof seconds === 'number' && seconds > 0 ? Math.min(seconds * 1000, 300_000) : undefined
  const fault = typeof code === 'number' ? faultOfStatus(code, stringField(status, 'message'), retryAfter) : undefined
  return fault ?? new Fault('bad-event', 'ERROR without a status code')
}
