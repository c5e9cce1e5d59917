import { describe, expect, test } from 'vitest'
import { everything } from '@/core/access/audience'
import { createGate } from '../access/gate'
import { embeddedAuthenticator } from '../access/modes'
import { type Access, type AccessRequest, accesses, GrantEnd, isDenial } from '../access/principal'
import { createMemoryBackend } from './memory-backend'
import { noShares } from './no-shares'
import { type OpenShares, opened, openShares, withCookies } from './testing/open-shares'

const gateOf = (shares: OpenShares) => createGate([shares.authenticate, embeddedAuthenticator()], 'locked')
const request = (share: string | undefined, headers = new Headers()): AccessRequest => ({ headers, peer: 'x', share })

async function granted(shares: OpenShares, of: AccessRequest, access: Access = 'view') {
  const grant = await gateOf(shares)(of, access)
  if (isDenial(grant)) throw new Error(grant.code)
  return grant
}

/** The code a stream of this grant ended with, once it has. */
const endCode = (ended: AbortSignal) => (ended.aborted ? ended.reason.code : undefined)

describe('a reader of a link', () => {
  test('sees what the link shows, under its label', async () => {
    const shares = openShares()
    const { id, headers } = await opened(shares)
    const { principal, audience } = await granted(shares, request(id, headers))
    expect(principal).toEqual({ kind: 'share', name: 'platform on-call', shareId: id })
    expect(audience.namespaces).toEqual(new Set(['shop']))
  })

  test('[K66] may view and explain, and nothing else there is', async () => {
    const shares = openShares()
    const { id, headers } = await opened(shares)
    const allowed: Access[] = []
    for (const access of accesses) {
      const answer = await gateOf(shares)(request(id, headers), access)
      if (isDenial(answer)) expect(answer).toMatchObject({ status: 403 })
      else allowed.push(access)
    }
    expect(allowed).toEqual(['view', 'explain', 'public'])
  })

  test('[K65] whoever names a link without its cookie is nobody, though everybody is let in without one', async () => {
    const shares = openShares()
    const { id, headers } = await opened(shares)
    const other = await opened(shares)
    const [name, value = ''] = (headers.get('cookie') ?? '').split('=')
    const cases: [string, AccessRequest][] = [
      ['no cookie', request(id)],
      ['another link', request(other.id, headers)],
      ['an unknown link', request('aaaaaaaaaaaaaaaa', headers)],
      ['no link behind the word', request('', headers)],
      ['a changed letter', request(id, withCookies([`${name}=${value.slice(0, -2)}AA`]))],
      ['two cookies of one name', request(id, withCookies([`${name}=${value}`, `${name}=${value}`]))],
      [
        "another link's cookie under this name",
        request(other.id, withCookies([`triplane-share-${other.id}-3000=${value}`])),
      ],
      ['a long cookie', request(id, withCookies([`${name}=${'A'.repeat(16_000)}`]))],
    ]
    for (const [why, of] of cases) {
      expect(await gateOf(shares)(of, 'view'), why).toMatchObject({ status: 401, code: 'share-over' })
    }
    expect(await gateOf(shares)(request(undefined, headers), 'demo')).toMatchObject({ principal: { kind: 'embedded' } })
  })

  test('[K65] a cookie of a replica with another key is worth nothing', async () => {
    const backend = createMemoryBackend()
    const one = openShares({ backend })
    const { id, headers } = await opened(one)
    const other = openShares({ backend, key: new Uint8Array(32).fill(8) })
    expect(await gateOf(other)(request(id, headers), 'view')).toMatchObject({ status: 401 })
  })

  test('[K65] a cookie is worth nothing after a revocation, and is taken back', async () => {
    const shares = openShares()
    const { id, headers } = await opened(shares)
    await shares.links.revoke(id, shares.asker)
    const answer = await gateOf(shares)(request(id, headers), 'view')
    expect(answer).toMatchObject({ status: 401, code: 'share-over' })
    expect(isDenial(answer) && answer.setCookies?.[0]).toContain('Max-Age=0')
  })

  test('[K65] the cookies of all but ten links are taken back when another one is opened', () => {
    const { cookies } = openShares()
    const ids = Array.from(
      { length: 50 },
      (_, i) => `aaaaaaaaaaaaaa${String.fromCharCode(97 + (i % 26))}${i > 25 ? 'a' : 'b'}`,
    )
    const lines = cookies.clearOld(withCookies(ids.map((id) => `triplane-share-${id}-3000=x`)))
    expect(lines).toHaveLength(40)
    expect(lines[0]).toContain(ids[0])
    expect(cookies.clearOld(new Headers({ cookie: 'triplane-3000=x; theme=dark' }))).toEqual([])
  })

  test('where no links are kept, whoever names one gets nothing', async () => {
    const gate = createGate([noShares, embeddedAuthenticator()], 'locked')
    expect(await gate(request('aaaaaaaaaaaaaaaa'), 'view')).toMatchObject({ status: 401 })
    expect(await gate(request(undefined), 'view')).toMatchObject({ principal: { kind: 'embedded' } })
  })
})

describe('something a reader keeps open', () => {
  test.each([
    ['revoked', 'share-revoked', (shares: OpenShares, id: string) => shares.links.revoke(id, shares.asker)],
    ['given a new secret', 'share-rotated', (shares: OpenShares, id: string) => shares.links.rotate(id, shares.asker)],
    ['revoked with all others', 'share-revoked', (shares: OpenShares) => shares.links.revokeAll(shares.asker)],
  ])('[K64] ends for good at once when its link is %s, on another replica too', async (_name, code, act) => {
    const backend = createMemoryBackend()
    const one = openShares({ backend })
    const other = openShares({ backend })
    const { id, headers } = await opened(one)
    const here = await granted(one, request(id, headers))
    const there = await granted(other, request(id, headers))
    expect([endCode(here.ended), endCode(there.ended)]).toEqual([undefined, undefined])
    await act(one, id)
    expect([endCode(here.ended), endCode(there.ended)]).toEqual([code, code])
    expect(here.ended.reason).toMatchObject({ final: true })
  })

  test('[K64] ends for good at the moment its link expires, however far away that was', async () => {
    const shares = openShares()
    const { id, headers } = await opened(shares, { days: 1 })
    const { ended } = await granted(shares, request(id, headers))
    shares.clock.advance(86_400_000 - 1)
    expect(endCode(ended)).toBeUndefined()
    shares.clock.advance(1)
    expect(ended.reason).toMatchObject({ final: true, code: 'share-expired' })
  })

  test('[K62] a clock that jumps over the end ends it within half a minute', async () => {
    const shares = openShares()
    const { id, headers } = await opened(shares)
    const { ended } = await granted(shares, request(id, headers))
    shares.clock.jump(8 * 86_400_000)
    shares.clock.advance(30_000)
    expect(endCode(ended)).toBe('share-expired')
  })

  test('[K64] its owner lost the namespace: the next request is told so, and gets nothing', async () => {
    const shares = openShares()
    const { id, headers } = await opened(shares, { namespaces: ['shop', 'web'] })
    shares.owner.sees = { ...everything, namespaces: new Set(['web', 'x']), nodes: false }
    expect((await granted(shares, request(id, headers))).audience).toMatchObject({
      namespaces: new Set(['web']),
      nodes: false,
    })
    shares.owner.sees = { ...everything, namespaces: new Set(['x']) }
    const answer = await gateOf(shares)(request(id, headers), 'view')
    expect(answer).toMatchObject({ status: 403, code: 'share-owner-lost' })
  })

  test('[K64] its owner may see something else: what is open ends, and its reader may come back', async () => {
    const shares = openShares()
    const { id, headers } = await opened(shares)
    const { ended } = await granted(shares, request(id, headers))
    expect([ended.aborted, shares.ownerEnds.size]).toEqual([false, 1])
    for (const end of [...shares.ownerEnds]) end(new GrantEnd(true, 'rights-changed'))
    expect(ended.reason).toMatchObject({ final: false, code: 'rights-changed' })
    expect(shares.ownerEnds.size).toBe(0)
  })

  test('stops being watched when its reader goes', async () => {
    const shares = openShares()
    const { id, headers } = await opened(shares)
    const closed = new AbortController()
    const { ended } = await granted(shares, { ...request(id, headers), closed: closed.signal })
    expect(ended.aborted).toBe(false)
    closed.abort()
    await shares.links.revoke(id, shares.asker)
    expect(ended.aborted).toBe(false)
  })
})
