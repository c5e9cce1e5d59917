import { expect, test, vi } from 'vitest'
import { standBehindFront } from '../front/testing/behind-front'

standBehindFront()

const told = vi.hoisted(() => vi.fn())
vi.mock('../audit', () => ({ audit: told }))

const { auditedSignIn, whoOf } = await import('./audited-sign-in')
const request = { headers: new Headers({ 'x-triplane-request-id': 'r1' }), peer: '192.0.2.1' }
const origin = { peer: '192.0.2.1', requestId: 'r1' }
const session = { kind: 'user', name: 'ada', groups: ['a', 'b'] } as const

test('[T23] a sign-in is told with who and by which mode, a refused one with its reason; what was shown never', async () => {
  const good = auditedSignIn(
    async () => ({ setCookie: 'canary-cookie', session: { ...session, groups: [...session.groups] } }),
    'token',
  )
  const bad = auditedSignIn(async () => ({ status: 401, code: 'token-rejected' }), 'token')
  await good(request, { token: 'canary-token' })
  await bad(request, { token: 'canary-token' })
  expect(told.mock.calls).toEqual([
    [{ event: 'sign-in', mode: 'token', who: { kind: 'user', name: 'ada' }, groups: 2 }, origin],
    [{ event: 'sign-in-refused', mode: 'token', code: 'token-rejected' }, origin],
  ])
  expect(JSON.stringify(told.mock.calls)).not.toContain('canary')
})

test('the person at this machine has no name of their own', () => {
  expect(whoOf({ kind: 'local' })).toEqual({ who: { kind: 'local', name: 'local' } })
})
