import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../kube/clock'
import { plainConnection } from '../kube/connection'
import { Fault } from '../kube/errors'
import { createReviews, type Reviews } from './reviews'

type Answer = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }
type Asked = { readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: unknown }

let answer: Answer
let asked: Asked[]
let server: Server
let reviews: Reviews
let close: () => void

beforeEach(async () => {
  asked = []
  server = createServer(async (request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers, body: JSON.parse((await text(request)) || 'null') })
    const { status, body, headers = { 'content-type': 'application/json' } } = answer
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body ?? null))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const connection = plainConnection(`http://127.0.0.1:${portOf(server)}`)
  close = connection.close
  reviews = createReviews({ connection, clock: systemClock, audience: 'triplane' })
})
afterEach(() => {
  close()
  server.close()
})

function portOf(listening: Server): number {
  const address = listening.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address.port
}

const tokenStatus = (status: unknown): Answer => ({ status: 201, body: { kind: 'TokenReview', status } })
const good = { authenticated: true, audiences: ['triplane'], user: { username: 'anna', groups: ['dev'] } }

describe('whose token it is', () => {
  test('is asked with our audience, and answered with a name and groups', async () => {
    answer = tokenStatus(good)
    expect(await reviews.reviewToken('secret-token')).toEqual({ name: 'anna', groups: ['dev'] })
    expect(asked).toMatchObject([
      {
        url: '/apis/authentication.k8s.io/v1/tokenreviews',
        body: { kind: 'TokenReview', spec: { token: 'secret-token', audiences: ['triplane'] } },
      },
    ])
  })

  test.each([
    ['not authenticated', { ...good, authenticated: false }],
    ['nothing said', {}],
    ['for somebody else', { ...good, audiences: ['vault'] }],
    ['for the API server itself, which names no audience', { ...good, audiences: undefined }],
    ['with an error', { ...good, error: 'token expired' }],
    ['of nobody', { ...good, user: { username: '' } }],
    ['of the anonymous user', { ...good, user: { username: 'system:anonymous' } }],
    ['without a user', { ...good, user: undefined }],
  ])('[K73] is nobody: %s', async (_name, status) => {
    answer = tokenStatus(status)
    expect(await reviews.reviewToken('t')).toBeUndefined()
  })

  test.each([
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['429', { status: 429 }],
    ['403', { status: 403 }],
    ['401', { status: 401 }],
    ['404', { status: 404 }],
    ['a sign-in page', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['no JSON', { status: 201, body: '{"kind":', headers: { 'content-type': 'application/json' } }],
    ['another kind', { status: 201, body: { kind: 'Status', status: good } }],
    ['groups that are none', tokenStatus({ ...good, user: { username: 'a', groups: 'dev' } })],
  ] as [string, Answer][])('[K73] cannot be said: %s', async (_name, said) => {
    answer = said
    await expect(reviews.reviewToken('t')).rejects.toBeInstanceOf(Fault)
  })

  test('[T20] a redirect is not followed, and the token goes nowhere', async () => {
    const target = createServer(() => {
      throw new Error('asked')
    }).listen(0, '127.0.0.1')
    await once(target, 'listening')
    let connections = 0
    target.on('connection', () => (connections += 1))
    for (const status of [301, 302, 307, 308]) {
      answer = { status, headers: { location: `http://127.0.0.1:${portOf(target)}/` } }
      await expect(reviews.reviewToken('t')).rejects.toMatchObject({ code: 'redirected' })
    }
    expect(connections).toBe(0)
    target.close()
  })
})

describe('whether somebody may', () => {
  const right = { verb: 'list', group: '', resource: 'services', namespace: 'shop' } as const
  const may = () => reviews.isAllowed({ name: 'anna', groups: ['dev'] }, right)

  test('is asked about the person, and impersonates nobody', async () => {
    answer = { status: 201, body: { kind: 'SubjectAccessReview', status: { allowed: true } } }
    expect(await may()).toBe(true)
    expect(asked).toMatchObject([
      {
        url: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
        body: { kind: 'SubjectAccessReview', spec: { user: 'anna', groups: ['dev'], resourceAttributes: right } },
      },
    ])
    expect(Object.keys(asked[0]?.headers ?? {}).filter((name) => name.startsWith('impersonate'))).toEqual([])
  })

  test.each([
    ['not allowed', { allowed: false }],
    ['denied by one and allowed by another', { allowed: true, denied: true }],
  ])('is no: %s', async (_name, status) => {
    answer = { status: 201, body: { kind: 'SubjectAccessReview', status } }
    expect(await may()).toBe(false)
  })

  test.each([
    ['500', { status: 500 }],
    ['nothing', { status: 201, body: { kind: 'SubjectAccessReview', status: {} } }],
    ['another kind', { status: 201, body: { kind: 'SelfSubjectAccessReview', status: { allowed: true } } }],
  ] as [string, Answer][])('[T13] is not assumed: %s', async (_name, said) => {
    answer = said
    await expect(may()).rejects.toBeInstanceOf(Fault)
  })
})
