// What the API server says it is: the one question that is not a watch.

import type { Clock } from './kube/clock'
import type { Connection } from './kube/connection'
import { openRequest, readText } from './kube/http'
import { isObject, stringField } from './kube/json'

/** `v1.36.3`; null when the server does not answer it. Throws a Fault when it does not answer at all. */
export async function readServerVersion(
  connection: Connection,
  clock: Clock,
  signal: AbortSignal,
): Promise<string | null> {
  const request = { connection, clock, signal, target: '/version', answerWithin: 10_000, silentFor: 10_000 }
  const { body } = await openRequest(request)
  const answer: unknown = JSON.parse(await readText(body, 64 * 1024))
  return isObject(answer) ? stringField(answer, 'gitVersion') || null : null
}
