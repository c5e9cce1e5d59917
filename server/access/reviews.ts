// The two questions Triplane asks the cluster about people: whose token is this (TokenReview), and may they do that
// (SubjectAccessReview). Both are `create` calls that create nothing.

import { z } from 'zod'
import type { Clock } from '../kube/clock'
import type { Connection } from '../kube/connection'
import { Fault } from '../kube/errors'
import { isJson, openRequest, readText } from '../kube/http'

/** A person as the cluster names them. */
export type Person = { readonly name: string; readonly groups: readonly string[] }

/** A right: a verb on a resource, in a namespace or ('' ) in all of them. */
export type Right = {
  readonly verb: 'list'
  readonly group: string
  readonly resource: string
  readonly namespace: string
}

export type Reviews = {
  /** Whose token it is; undefined when it is nobody's, or not for us. Throws a Fault when the cluster cannot say. */
  reviewToken(token: string): Promise<Person | undefined>
  /** Whether the person has the right. Throws a Fault when the cluster cannot say. */
  isAllowed(person: Person, right: Right): Promise<boolean>
}

export type ReviewOptions = {
  readonly connection: Connection
  readonly clock: Clock
  /** What tokens must be for. */
  readonly audience: string
}

const answerWithin = 10_000
const largestAnswer = 1024 * 1024

const tokenReview = z.object({
  kind: z.literal('TokenReview'),
  status: z.object({
    authenticated: z.boolean().default(false),
    user: z.object({ username: z.string().default(''), groups: z.array(z.string()).nullish() }).nullish(),
    audiences: z.array(z.string()).nullish(),
    error: z.string().default(''),
  }),
})

const accessReview = z.object({
  kind: z.literal('SubjectAccessReview'),
  status: z.object({
    allowed: z.boolean(),
    denied: z.boolean().default(false),
    evaluationError: z.string().default(''),
  }),
})

export function createReviews({ connection, clock, audience }: ReviewOptions): Reviews {
  async function ask<T>(target: string, object: unknown, answer: z.ZodType<T>): Promise<T> {
    const response = await openRequest({
      connection,
      clock,
      // However slowly it answers, and whatever it says in between.
      signal: AbortSignal.timeout(2 * answerWithin),
      target,
      answerWithin,
      silentFor: answerWithin,
      send: { method: 'POST', object },
    })
    try {
      if (!isJson(response.contentType)) throw new Fault('not-kubernetes-api', `content-type ${response.contentType}`)
      const parsed = answer.safeParse(parseJson(await readText(response.body, largestAnswer)))
      if (!parsed.success) throw new Fault('not-kubernetes-api', `${target} answered something else`)
      return parsed.data
    } finally {
      response.close()
    }
  }

  return {
    async reviewToken(token) {
      const apiVersion = 'authentication.k8s.io/v1'
      const object = { apiVersion, kind: 'TokenReview', spec: { token, audiences: [audience] } }
      const { status } = await ask(`/apis/${apiVersion}/tokenreviews`, object, tokenReview)
      // Without audiences in the answer the token is good for the API server itself, and not for us.
      if (!status.authenticated || status.error !== '' || !status.audiences?.includes(audience)) return undefined
      const name = status.user?.username ?? ''
      if (name === '' || name === 'system:anonymous') return undefined
      return { name, groups: status.user?.groups ?? [] }
    },
    async isAllowed({ name, groups }, right) {
      const apiVersion = 'authorization.k8s.io/v1'
      const spec = { user: name, groups, resourceAttributes: right }
      const object = { apiVersion, kind: 'SubjectAccessReview', spec }
      const { status } = await ask(`/apis/${apiVersion}/subjectaccessreviews`, object, accessReview)
      return status.allowed && !status.denied
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Fault('not-kubernetes-api', error instanceof Error ? error.message : 'not JSON')
  }
}
