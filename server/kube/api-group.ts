// What an API group serves now, as discovery tells it: asked for groups that come and go with their CRDs.

import { Fault } from './errors'
import { openRequest, readText } from './http'
import { field, isObject, stringField } from './json'
import type { Io } from './list'

/** The versions that serve each kind, in the server's own order. */
export type ServedKinds = ReadonlyMap<string, readonly string[]>

const answerLimit = 1024 * 1024
const mostVersions = 8

/** Kinds of the group; none where there is no such group. Throws a Fault when it cannot be told. */
export async function readServedKinds(io: Io, group: string): Promise<ServedKinds> {
  const found = new Map<string, string[]>()
  for (const version of await versionsOf(io, group)) {
    for (const kind of await kindsOf(io, `/apis/${group}/${version}`)) {
      found.set(kind, [...(found.get(kind) ?? []), version])
    }
  }
  return found
}

const versionsOf = async (io: Io, group: string): Promise<readonly string[]> =>
  (await list(io, `/apis/${group}`, 'versions')).map((one) => stringField(one, 'version')).slice(0, mostVersions)

// A slash stands in the names of subresources.
const kindsOf = async (io: Io, path: string): Promise<readonly string[]> =>
  (await list(io, path, 'resources'))
    .filter((one) => !stringField(one, 'name').includes('/'))
    .map((one) => stringField(one, 'kind'))

async function list(io: Io, target: string, name: string) {
  const answer = await read(io, target)
  const items = isObject(answer) ? field(answer, name) : undefined
  if (answer !== undefined && !Array.isArray(items)) throw new Fault('not-kubernetes-api', target)
  return Array.isArray(items) ? items.filter(isObject) : []
}

/** Undefined for 404. */
async function read(io: Io, target: string): Promise<unknown> {
  try {
    const { body } = await openRequest({ ...io, target, answerWithin: 10_000, silentFor: 10_000 })
    return JSON.parse(await readText(body, answerLimit))
  } catch (error) {
    if (error instanceof Fault && error.code === 'not-found') return undefined
    if (error instanceof SyntaxError) throw new Fault('not-kubernetes-api', error.message)
    throw error
  }
}
