import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { everything } from '@/core/access/audience'
import { formatShareToken, shareIdOf, shareSecretOf } from '@/core/share/link'
import { createRandom, type Random } from '@/core/testing/random'
import { standBehindFront } from '../front/testing/behind-front'
import { StoreUnavailable } from './backend'
import { createMemoryBackend } from './memory-backend'
import { readRedeemBody, redeemAnswer } from './redeem-http'
import { ada, opened, openShares, wish } from './testing/open-shares'

standBehindFront()

const headers = new Headers()
const peer = '192.0.2.7'
const unknown = { ok: false, status: 404, code: 'share-unknown' }

describe('redeeming a link', () => {
  test('gives a cookie for the secret, and says whose link it is', async () => {
    const shares = openShares()
    const { id, token } = await shares.links.create(wish, shares.asker)
    const redeemed = await shares.redeem({ id, token, headers, peer })
    expect(redeemed).toMatchObject({
      ok: true,
      about: { id, label: 'platform on-call', mode: 'live', pictureAt: null },
    })
    expect(redeemed.ok && redeemed.setCookies).toHaveLength(1)
    expect(redeemed.ok && redeemed.setCookies[0]).toMatch(
      new RegExp(`^triplane-share-${id}-3000=[^;]+; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax$`),
    )
  })

  test('[K64] a secret that expired a second ago is told so, and an outsider is not', async () => {
    const shares = openShares()
    const { id, token } = await shares.links.create({ ...wish, days: 1 }, shares.asker)
    shares.clock.advance(86_400_000 - 1000)
    expect(await shares.redeem({ id, token, headers, peer })).toMatchObject({ ok: true })
    shares.clock.advance(2000)
    expect(await shares.redeem({ id, token, headers, peer })).toMatchObject({ status: 404, code: 'share-expired' })
    const guess = formatShareToken({ id, secret: shareSecretOf(randomBytes(32).toString('base64url')) })
    expect(await shares.redeem({ id, token: guess, headers, peer })).toEqual(unknown)
  })

  test('[K63] an old generation, and a revoked link, are as unknown as any', async () => {
    const shares = openShares()
    const { id, token } = await shares.links.create(wish, shares.asker)
    const renewed = await shares.links.rotate(id, shares.asker)
    expect(await shares.redeem({ id, token, headers, peer })).toEqual(unknown)
    expect(await shares.redeem({ ...renewed, headers, peer })).toMatchObject({ ok: true })
    await shares.links.revoke(id, shares.asker)
    expect(await shares.redeem({ ...renewed, headers, peer })).toEqual(unknown)
  })

  test('a link whose owner may see nothing of it any more is closed, and says why to who has the secret', async () => {
    const shares = openShares()
    const { id, token } = await shares.links.create(wish, shares.asker)
    shares.owner.sees = { ...everything, namespaces: new Set(['other']) }
    expect(await shares.redeem({ id, token, headers, peer })).toMatchObject({ status: 403, code: 'share-owner-lost' })
    shares.owner.sees = { status: 503, code: 'cannot-check' }
    expect(await shares.redeem({ id, token, headers, peer })).toMatchObject({ status: 503, code: 'share-unavailable' })
  })

  test('[T6] ten tries a minute for one address, sixty for all', async () => {
    const shares = openShares()
    const { id } = await shares.links.create(wish, shares.asker)
    const tryAs = (from: string) => {
      const token = formatShareToken({ id, secret: shareSecretOf(randomBytes(32).toString('base64url')) })
      return shares.redeem({ id, token, headers, peer: from })
    }
    for (let i = 0; i < 10; i += 1) expect(await tryAs(peer)).toEqual(unknown)
    expect(await tryAs(peer)).toMatchObject({ status: 429, code: 'share-too-often', retryAfter: 60 })
    const others = []
    for (let i = 0; i < 60; i += 1) others.push(await tryAs(`192.0.2.${i + 10}`))
    expect(others.filter((answer) => !answer.ok && answer.status === 404)).toHaveLength(50)
    shares.clock.advance(60_000)
    expect(await tryAs(peer)).toEqual(unknown)
    expect(shares.events.filter(({ event }) => event === 'share-denied')).toHaveLength(72)
  })

  test('[T23] a use and a refusal are told with the address and the name of the request', async () => {
    const shares = openShares()
    const { id, token } = await shares.links.create(wish, shares.asker)
    const asked = { headers: new Headers({ 'x-triplane-request-id': 'r1' }), peer }
    await shares.redeem({ id, token, ...asked })
    await shares.links.revoke(id, shares.asker)
    await shares.redeem({ id, token, ...asked })
    const told = shares.events.map(({ event }, index) => [event, shares.origins[index]])
    expect(told.filter(([event]) => event === 'share-used' || event === 'share-denied')).toEqual([
      ['share-used', { peer, requestId: 'r1' }],
      ['share-denied', { peer, requestId: 'r1' }],
    ])
  })

  test('[T23] so is what is done with links', async () => {
    const shares = openShares()
    const asker = { ...shares.asker, origin: { peer, requestId: 'r2' } }
    const { id } = await shares.links.create(wish, asker)
    await shares.links.create(wish, asker)
    await shares.links.rotate(id, asker)
    await shares.links.revoke(id, asker)
    await shares.links.revokeAll(asker)
    const kinds = ['share-created', 'share-created', 'share-rotated', 'share-revoked', 'share-revoked']
    expect(shares.events.map(({ event }) => event)).toEqual(kinds)
    expect(shares.origins).toEqual(kinds.map(() => asker.origin))
  })

  test('counts uses in one write, by the hour', async () => {
    const shares = openShares()
    const { id, token } = await shares.links.create(wish, shares.asker)
    for (let i = 0; i < 3; i += 1) await shares.redeem({ id, token, headers, peer })
    shares.clock.advance(6000)
    await expect.poll(() => shares.store.links().get(id)?.uses).toBe(3)
    expect((shares.store.links().get(id)?.lastUsedAt ?? 1) % 3_600_000).toBe(0)
  })

  test('uses that could not be written are written with the next one', async () => {
    const memory = createMemoryBackend()
    let isAway = false
    const write: typeof memory.write = async (documents, version) => {
      if (isAway) throw new StoreUnavailable('away')
      return memory.write(documents, version)
    }
    const shares = openShares({ backend: { ...memory, write } })
    const { id, token } = await shares.links.create(wish, shares.asker)
    isAway = true
    await shares.redeem({ id, token, headers, peer })
    shares.clock.advance(6000)
    // A change of our own comes after the write in the store's queue: by then it has failed.
    await expect(shares.links.revoke(id, shares.asker)).rejects.toThrow('share-store-unavailable')
    expect(shares.uncounted.map(String)).toEqual(['ShareStoreError: share-store-unavailable'])
    isAway = false
    await shares.redeem({ id, token, headers, peer })
    shares.clock.advance(6000)
    await expect.poll(() => shares.store.links().get(id)?.uses).toBe(2)
  })

  test('a twenty-sixth viewer is asked to wait', async () => {
    const shares = openShares()
    const { id, token } = await opened(shares)
    const grant = {
      principal: { kind: 'share', name: '', shareId: id },
      audience: everything,
      ended: new AbortController().signal,
    } as const
    const leaves = Array.from({ length: 25 }, () => shares.viewers.enter(grant))
    expect(leaves.every((leave) => leave !== undefined)).toBe(true)
    expect(shares.viewers.enter(grant)).toBeUndefined()
    expect(await shares.redeem({ id, token, headers, peer })).toMatchObject({ status: 429, code: 'share-full' })
    leaves[0]?.()
    leaves[0]?.()
    expect(shares.viewers.count(id)).toBe(24)
    expect(shares.viewers.enter({ ...grant, principal: ada })).toBeDefined()
  })
})

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %:*\0é١'

// One step away from a real link, or what scanners try.
function nearMiss(random: Random, real: { id: string; token: string }): { id: unknown; token: unknown } {
  const { id, token } = real
  const at = random.int(token.length)
  const letter = alphabet[random.int(alphabet.length)] ?? ''
  const kinds: (() => { id: unknown; token: unknown })[] = [
    () => ({ id, token: token.slice(0, at) + letter + token.slice(at + 1) }),
    () => ({ id, token: token.slice(0, at) + token.slice(at + 1) }),
    () => ({ id, token: token.slice(0, at) + letter + token.slice(at) }),
    () => ({ id, token: token.slice(0, at) }),
    () => ({ id: shareIdOf(randomBytes(10)), token }),
    () => ({ id: random.pick([':key', '%3Akey', '*', 'null', '', `${id}.`, id.toUpperCase(), `../${id}`]), token }),
    () => ({ id, token: random.pick([':key', '%3Akey', '*', 'null', 'undefined', '{}', '[object Object]']) }),
    () => ({ id, token: random.pick<unknown>([null, 1, true, [token], { token }, { toString: () => token }]) }),
    () => ({ id, token: token.replace('v1', random.pick(['v0', 'v2', 'V1', 'v１'])) }),
    () => ({ id, token: token + random.pick(['=', '\n', ' ', '#', '?share=x', '0']) }),
  ]
  return kinds[random.int(kinds.length)]?.() ?? real
}

const lastOfSecret = 'AEIMQUYcgkosw048'

/** A well-formed link, checksum and all, whose secret is one letter, a few letters or everything away from the real one's. */
function wrongSecret(random: Random, { id, token }: { id: string; token: string }): { id: string; token: string } {
  const [, dressed = ''] = token.split('.')
  const letters = [...dressed.slice(shareSecretOf('').length)]
  const plain = alphabet.slice(0, 64)
  for (let left = random.pick([1, 1, 1, 2, 3, letters.length]); left > 0; left -= 1) {
    const at = random.int(letters.length)
    const from = at === letters.length - 1 ? lastOfSecret : plain
    letters[at] = from[random.int(from.length)] ?? 'A'
  }
  return { id, token: formatShareToken({ id, secret: shareSecretOf(letters.join('')) }) }
}

describe('near misses', () => {
  const cases = process.env.TRIPLANE_TEST_LONG ? 100_000 : 2000

  test(`[T6] [K63] none of ${cases} wrong secrets with a right checksum opens a link, each held against the store`, async () => {
    const shares = openShares()
    const real = await shares.links.create(wish, shares.asker)
    const other = await shares.links.create(wish, shares.asker)
    const gone = await shares.links.create(wish, shares.asker)
    await shares.links.revoke(gone.id, shares.asker)
    const random = createRandom(7)
    const bodies = new Set<string>()
    let tried = 0
    for (let i = 0; i < cases; i += 1) {
      const near = wrongSecret(random, real)
      const [, secret = ''] = near.token.split('.')
      const id = random.pick([real.id, real.id, real.id, other.id, gone.id, shareIdOf(randomBytes(10))])
      const miss = { id, token: formatShareToken({ id, secret }) }
      if (miss.token === real.token) continue
      tried += 1
      // Within the limits, as somebody who waits would try.
      if (i % 50 === 0) shares.clock.advance(60_000)
      const answer = redeemAnswer(await shares.redeem({ ...miss, headers, peer: `192.0.2.${i % 50}` }))
      bodies.add(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`)
    }
    expect([...bodies]).toEqual([
      '404 [["cache-control","no-store"],["content-type","application/json"]] {"error":{"code":"share-unknown"}}',
    ])
    expect(tried).toBeGreaterThan(cases * 0.95)
    const denied = shares.events.flatMap((one) => (one.event === 'share-denied' ? [one.code] : []))
    expect(denied.length).toBe(tried)
    expect(denied.filter((code) => code === 'wrong-secret').length).toBeGreaterThan(tried * 0.6)
    expect(new Set(denied)).toEqual(new Set(['wrong-secret', 'unknown']))
    shares.clock.advance(60_000)
    for (const link of [real, other])
      expect(await shares.redeem({ ...link, headers, peer })).toMatchObject({ ok: true })
  }, 600_000)

  test(`[T6] [K63] none of ${cases} opens a link, all get the same bytes, and no store is asked`, async () => {
    const shares = openShares()
    const real = await shares.links.create(wish, shares.asker)
    const asked: string[] = []
    const links = shares.store.links
    const told = () => {
      asked.push('links')
      return links()
    }
    Object.assign(shares.store, { links: told })
    const random = createRandom(6)
    const bodies = new Set<string>()
    let tried = 0
    for (let i = 0; i < cases; i += 1) {
      const miss = nearMiss(random, real)
      if (miss.id === real.id && miss.token === real.token) continue
      tried += 1
      const answer = redeemAnswer(await shares.redeem({ ...miss, headers, peer }))
      bodies.add(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`)
    }
    expect(tried).toBeGreaterThan(cases * 0.98)
    expect([...bodies]).toEqual([
      '404 [["cache-control","no-store"],["content-type","application/json"]] {"error":{"code":"share-unknown"}}',
    ])
    expect(asked).toEqual([])
    expect(await shares.redeem({ ...real, headers, peer })).toMatchObject({ ok: true })
  }, 600_000)

  test('[K63] a refusal costs less than 5 ms, however long what was sent is', async () => {
    const shares = openShares()
    const { id, token } = await shares.links.create(wish, shares.asker)
    const startedAt = performance.now()
    for (let i = 0; i < 100; i += 1) await shares.redeem({ id, token: token + 'A'.repeat(1_000_000), headers, peer })
    expect((performance.now() - startedAt) / 100).toBeLessThan(5)
  })
})

describe('what is stored', () => {
  test('[T5] nothing in the store opens a link: no value of it, in any form of a link', async () => {
    const backend = createMemoryBackend()
    const shares = openShares({ backend })
    const made = await shares.links.create(wish, shares.asker)
    const { documents } = await backend.read()
    const dump = JSON.stringify([...documents])
    expect(dump).not.toContain(made.token.split('.')[1])
    expect(dump).not.toContain('triplane_')
    const values = dump.split(/[^A-Za-z0-9_.-]+/).filter((value) => value !== '')
    expect(values.length).toBeGreaterThan(30)
    for (const value of values) {
      const tokens = [value, `v1.${value}`, formatShareToken({ id: made.id, secret: value })]
      // A stored hash, dressed as a secret as well as it goes.
      if (/^[0-9a-f]{64}$/.test(value)) {
        const secret = shareSecretOf(Buffer.from(value, 'hex').toString('base64url'))
        tokens.push(formatShareToken({ id: made.id, secret }))
      }
      for (const token of tokens) {
        shares.clock.advance(60_000)
        expect(await shares.redeem({ id: made.id, token, headers, peer })).toEqual(unknown)
      }
    }
  })
})

describe('the body of a redemption', () => {
  const read = (body: string) => readRedeemBody(new Request('http://127.0.0.1/', { method: 'POST', body }))
  const none = { id: undefined, token: undefined }

  test('is an id and a token, and nothing else is read', async () => {
    expect(await read('{"id":"a","token":"b","scope":"all"}')).toEqual({ id: 'a', token: 'b' })
    expect(await read('{"__proto__":{"id":"a","token":"b"}}')).toEqual(none)
  })

  test.each(['', 'null', '[]', '"x"', '{', `{"id":"${'x'.repeat(3000)}"}`])('%j names no link', async (body) => {
    expect(await read(body)).toEqual(none)
  })
})
