// Whether the server is still the same cluster. Kubernetes has no name for a cluster; the uid of namespace kube-system is what
// everybody takes for one. Another uid behind the same address means that no version we know counts any more.
import { Fault } from './errors'
import { isJson, openRequest, readText } from './http'
import { isObject, objectField, stringField } from './json'
import type { Io } from './list'

export type ClusterIdentity = {
  /** How many times the cluster has been exchanged for another. */
  generation(): number
  /** Asks, once for all who ask within a second, and returns the generation. Throws a Fault when the server cannot be reached. */
  check(io: Io): Promise<number>
}

const path = '/api/v1/namespaces/kube-system'
const sameAnswerFor = 1_000
const answerWithin = 10_000

/** `onExchange` is told, once each time, that the cluster is another one. */
export function createClusterIdentity(onExchange: () => void = () => undefined): ClusterIdentity {
  let known: string | undefined
  let generation = 0
  let asked: { readonly at: number; readonly answer: Promise<number> } | undefined

  async function ask(io: Io): Promise<number> {
    const uid = await readUid(io)
    if (uid === undefined) return generation
    const isAnother = known !== undefined && known !== uid
    known = uid
    if (isAnother) {
      generation += 1
      onExchange()
    }
    return generation
  }

  return {
    generation: () => generation,
    check(io) {
      const now = io.clock.elapsed()
      if (asked !== undefined && now - asked.at < sameAnswerFor) return asked.answer
      const answer = ask(io)
      asked = { at: now, answer }
      // A failure is shared by those who wait for it, and not kept.
      return answer.catch((error: unknown) => {
        if (asked?.answer === answer) asked = undefined
        throw error
      })
    },
  }
}

// Undefined when the server answers and does not tell: it may be forbidden, and is then no reason for anything.
async function readUid(io: Io): Promise<string | undefined> {
  try {
    const response = await openRequest({ ...io, target: path, answerWithin, silentFor: answerWithin })
    const text = await readText(response.body, 1024 * 1024).finally(response.close)
    if (!isJson(response.contentType)) return undefined
    const namespace: unknown = JSON.parse(text)
    return isObject(namespace) ? stringField(objectField(namespace, 'metadata'), 'uid') || undefined : undefined
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Fault && answered.has(error.code))) return undefined
    throw error
  }
}

const answered: ReadonlySet<string> = new Set(['forbidden', 'not-found', 'credentials-rejected', 'too-many-requests'])
