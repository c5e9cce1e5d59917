import { describe, expect, test } from 'vitest'
import { everything } from '@/core/access/audience'
import { accesses } from '@/core/access/session-info'
import { createFakeClock } from '../kube/testing/fake-clock'
import type { Identity } from './authenticator'
import { atTime } from './ends'
import { createGate, nothing } from './gate'
import { accessesOf, anonymousAuthenticator, embeddedAuthenticator } from './modes'
import { type Access, GrantEnd, isDenial } from './principal'

const request = { headers: new Headers(), peer: undefined }
const anna: Identity = {
  principal: { kind: 'user', name: 'anna', groups: [] },
  accesses: accessesOf.user,
  audience: async () => everything,
  ends: () => [],
}

describe('the gate', () => {
  test.each(accesses.filter((access) => access !== 'public'))('[T1] gives nobody %s', async (access) => {
    expect(await createGate([], 'locked')(request, access)).toEqual({ status: 401, code: 'locked' })
  })

  test('lets nobody ask what everybody may know, and shows them no cluster', async () => {
    const grant = await createGate([], 'locked')(request, 'public')
    expect(grant).toMatchObject({ principal: { kind: 'nobody' }, audience: nothing })
  })

  test('asks authenticators in order, and takes the first that knows the request', async () => {
    const refused = { status: 401, code: 'session-over', setCookies: ['x'] } as const
    const first = createGate([async () => undefined, async () => anna, async () => refused], 'missing')
    expect(await first(request, 'view')).toMatchObject({ principal: { name: 'anna' }, audience: everything })
    const second = createGate([async () => refused, async () => anna], 'missing')
    expect(await second(request, 'view')).toEqual(refused)
  })

  test('refuses what is not for people of this kind, without asking what they see', async () => {
    const unasked = { ...anna, audience: () => Promise.reject(new Error('asked')) }
    const gate = createGate([async () => unasked], 'missing')
    expect(await gate(request, 'cluster')).toEqual({ status: 403, code: 'not-allowed' })
  })

  test('says why what they see is not known', async () => {
    const denial = { status: 503, code: 'cannot-check' } as const
    const gate = createGate([async () => ({ ...anna, audience: async () => denial })], 'missing')
    expect(await gate(request, 'view')).toEqual(denial)
  })

  test('ends what stays open with the first reason, and watches nothing for what does not', async () => {
    const clock = createFakeClock()
    const gate = createGate([async () => ({ ...anna, ends: () => [atTime(clock, clock.now() + 1000)] })], 'missing')
    const grant = await gate(request, 'view')
    if (isDenial(grant)) throw new Error(grant.code)
    expect(clock.untilNext()).toBeUndefined()
    const { ended } = grant
    expect(grant.ended).toBe(ended)
    clock.advance(1000)
    expect(ended.reason).toEqual(new GrantEnd(true, 'expired'))
  })

  test('watches nothing any more for whoever has gone', async () => {
    const clock = createFakeClock()
    const gate = createGate([async () => ({ ...anna, ends: () => [atTime(clock, clock.now() + 1000)] })], 'missing')
    const closed = new AbortController()
    const grant = await gate({ ...request, closed: closed.signal }, 'view')
    if (isDenial(grant)) throw new Error(grant.code)
    expect(grant.ended.aborted).toBe(false)
    closed.abort()
    expect(clock.untilNext()).toBeUndefined()
  })
})

test.each([
  ['embedded', ['view', 'explain', 'rules', 'cluster', 'demo', 'shares', 'public']],
  ['local', ['view', 'explain', 'rules', 'cluster', 'demo', 'shares', 'public']],
  ['user', ['view', 'explain', 'rules', 'shares', 'public']],
  ['anonymous', ['view', 'explain', 'public']],
  ['share', ['view', 'explain', 'public']],
  ['nobody', ['public']],
] satisfies [keyof typeof accessesOf, Access[]][])('%s may ask for %j', (kind, allowed) => {
  expect(accesses.filter((access) => accessesOf[kind].has(access))).toEqual(allowed)
})

test('everybody sees the embedded cluster; without a name only the named namespaces, and no details of them', async () => {
  const embedded = await createGate([embeddedAuthenticator()], 'x')(request, 'demo')
  expect(embedded).toMatchObject({ audience: everything })
  const anonymous = await createGate([anonymousAuthenticator(['shop'], (text) => text)], 'x')(request, 'view')
  expect(anonymous).toMatchObject({
    audience: { namespaces: new Set(['shop']), nodes: false, show: { addresses: false, nodeNames: false, labels: [] } },
  })
})
