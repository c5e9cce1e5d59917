import { EncryptJWT, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { Fault } from '../kube/errors'
import { longestSessionMs, proveByToken } from './prove-token'

const now = 1_800_000_000_000
const anna = { name: 'anna', groups: ['dev'] }
const jwt = (seconds: number) =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(now / 1000 + seconds)
    .sign(new Uint8Array(32))
const prove = (answer: () => Promise<typeof anna | undefined>) => proveByToken({ reviewToken: answer }, () => now)
const good = prove(async () => anna)

test('a session ends with its token', async () => {
  const proof = await good({ token: await jwt(600) })
  expect(proof).toEqual({ session: { kind: 'user', ...anna }, expiresAt: now + 600_000 })
})

test('a session ends after twelve hours, however long the token lasts', async () => {
  expect(await good({ token: await jwt(86_400 * 365) })).toMatchObject({ expiresAt: now + longestSessionMs })
  expect(await good({ token: 'a-token-that-says-nothing' })).toMatchObject({ expiresAt: now + longestSessionMs })
  const sealed = await new EncryptJWT({}).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(new Uint8Array(32))
  expect(await good({ token: sealed })).toMatchObject({ expiresAt: now + longestSessionMs })
})

test('a token that is over by our clock begins no session', async () => {
  expect(await good({ token: await jwt(-1) })).toEqual({ status: 401, code: 'token-rejected' })
})

test('[K73] a token that the cluster does not know is refused', async () => {
  expect(await prove(async () => undefined)({ token: 'x' })).toEqual({ status: 401, code: 'token-rejected' })
})

test.each([
  ['server-error', 'cannot-check'],
  ['connection-refused', 'cannot-check'],
  ['answer-timeout', 'cannot-check'],
  ['too-many-requests', 'cannot-check'],
  ['not-kubernetes-api', 'cannot-check'],
  ['forbidden', 'review-forbidden'],
] as const)('[K73] when the cluster cannot say (%s), nobody is let in: %s', async (fault, code) => {
  const proof = prove(async () => {
    throw new Fault(fault, 'no')
  })
  expect(await proof({ token: 'x' })).toEqual({ status: 503, code })
})

test.each([undefined, null, {}, { token: '' }, { token: 1 }, { token: 'a b' }, { token: 'x'.repeat(16_385) }, ['x']])(
  'nothing is asked about %j',
  async (body) => {
    const proof = prove(async () => {
      throw new Error('asked')
    })
    expect(await proof(body)).toBeUndefined()
  },
)
