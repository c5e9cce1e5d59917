import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { maxSharesOfOne } from '@/core/share/record'
import { systemClock } from '../kube/clock'
import { createFakeClock } from '../kube/testing/fake-clock'
import type { Backend } from './backend'
import { createFileBackend } from './file-backend'
import { createMemoryBackend } from './memory-backend'
import { ada, openShares, wish } from './testing/open-shares'

const folder = mkdtempSync(join(tmpdir(), 'triplane-shares-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = () => join(folder, `state-${files++}`, 'shares.json')

/** Puts a text under a key, as somebody with an editor would. */
async function byHand(backend: Backend, key: string, text: string | undefined) {
  const { documents, version } = await backend.read()
  const next = new Map(documents)
  if (text === undefined) next.delete(key)
  else next.set(key, text)
  expect(await backend.write(next, version)).toBe(true)
}

const textOf = async (backend: Backend, id: string) => (await backend.read()).documents.get(id) ?? ''

describe('records changed by hand', () => {
  test('[K74] a record with other rights, another id or no signature is refused and told once', async () => {
    const backend = createMemoryBackend()
    const shares = openShares({ backend })
    const { id } = await shares.links.create(wish, shares.asker)
    const good = await textOf(backend, id)
    const forged = [
      good.replace('"shop"', '"kube-system"'),
      good.replace('"addresses":false', '"addresses":true'),
      good.replace('"mac":"', '"mac":"0'),
      good.replace(/"mac":"[0-9a-f]{64}"/, `"mac":"${'0'.repeat(64)}"`),
      good.replace('{"record"', '{"admin":true,"record"'),
      '{',
      '',
      'null',
      'x'.repeat(100_000),
    ]
    for (const text of forged) {
      await byHand(backend, id, text)
      expect([...shares.store.links().keys()], text.slice(0, 60)).toEqual([])
      expect(shares.store.refused()).toEqual([id])
    }
    await byHand(backend, 'aaaaaaaaaaaaaaaa', good)
    expect(shares.store.refused()).toEqual([id, 'aaaaaaaaaaaaaaaa'])
    expect(shares.refused).toHaveLength(forged.length + 1)
    await byHand(backend, id, good)
    expect([...shares.store.links().keys()]).toEqual([id])
  })

  test('[K74] an old copy put back opens nothing: neither what was revoked nor an old secret', async () => {
    const backend = createMemoryBackend()
    const shares = openShares({ backend })
    const { id } = await shares.links.create(wish, shares.asker)
    const first = await textOf(backend, id)
    await shares.links.rotate(id, shares.asker)
    await byHand(backend, id, first)
    expect(shares.store.refused()).toEqual([id])
    await shares.links.revoke(id, shares.asker).catch(() => undefined)
    await byHand(backend, id, undefined)
    await byHand(backend, id, first)
    expect(shares.store.links().size).toBe(0)
    expect(shares.refused).toEqual([id])
  })

  test('a record taken away by hand is a link that is over', async () => {
    const backend = createMemoryBackend()
    const shares = openShares({ backend })
    const { id } = await shares.links.create(wish, shares.asker)
    await byHand(backend, id, undefined)
    expect(shares.links.list(shares.asker).links).toEqual([])
  })
})

describe('two replicas at once', () => {
  test.each<[string, () => [Backend, Backend]]>([
    [
      'memory',
      () => {
        const backend = createMemoryBackend()
        return [backend, backend]
      },
    ],
    [
      'a file',
      () => {
        const path = newFile()
        return [createFileBackend(path, systemClock), createFileBackend(path, systemClock)]
      },
    ],
  ])('[K74] lose no link and no revocation (%s)', async (_name, backends) => {
    const [one, other] = backends().map((backend) => openShares({ backend, clock: realClock() }))
    if (!one || !other) throw new Error('two replicas')
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, i) => {
        const { links, asker } = i % 2 ? one : other
        return links.create({ ...wish, label: `link ${i}` }, asker)
      }),
    )
    await Promise.all(made.slice(0, 3).map(({ id }, i) => (i % 2 ? other : one).links.revoke(id, one.asker)))
    // Whoever reads next has it all.
    for (const { store, links, asker } of [one, other]) {
      await store.change(() => [])
      expect(links.list(asker).links).toHaveLength(6)
      expect(links.list(asker).links.filter(({ state }) => state === 'revoked')).toHaveLength(3)
      store.stop()
    }
  })

  test('[K74] a conflict is read again, five times, and then said', async () => {
    const backend = createMemoryBackend()
    let refusals = 0
    let writes = 0
    const contested: Backend = {
      ...backend,
      write: async (documents, version) => {
        writes += 1
        return writes <= refusals ? false : backend.write(documents, version)
      },
    }
    const shares = openShares({ backend: contested, clock: realClock() })
    refusals = 4
    await shares.links.create(wish, shares.asker)
    expect([writes, shares.store.links().size]).toEqual([5, 1])
    writes = 0
    refusals = 5
    await expect(shares.links.create(wish, shares.asker)).rejects.toMatchObject({ code: 'share-store-busy' })
    expect([writes, shares.store.links().size]).toEqual([5, 1])
  })
})

describe('what fits', () => {
  test('[K74] five hundred links, and not one more', async () => {
    const shares = openShares()
    const { id } = await shares.links.create(wish, shares.asker)
    const first = shares.store.links().get(id)
    if (!first) throw new Error('no link')
    const letters = (i: number) => String.fromCharCode(97 + Math.floor(i / 26), 97 + (i % 26))
    const more = Array.from({ length: 499 }, (_, i) => ({
      put: { ...first, id: `aaaaaaaaaaaaaa${letters(i)}`, owner: { ...first.owner, name: `somebody ${i}` } },
    }))
    await shares.store.change(() => more)
    expect(shares.store.links().size).toBe(500)
    await expect(shares.links.create(wish, shares.asker)).rejects.toMatchObject({ code: 'share-store-full' })
    // Links that ended a month ago make room.
    shares.clock.advance(38 * 86_400_000)
    await shares.links.create(wish, shares.asker)
    expect(shares.store.links().size).toBe(1)
  })

  test('[K74] one person has so many links and no more, whatever room there is; others have as many', async () => {
    const shares = openShares()
    const ids: string[] = []
    for (let i = 0; i < maxSharesOfOne; i++) ids.push((await shares.links.create(wish, shares.asker)).id)
    await expect(shares.links.create(wish, shares.asker)).rejects.toMatchObject({ code: 'share-too-many' })
    const bob = { ...shares.asker, principal: { ...ada, name: 'bob' } }
    await shares.links.create(wish, bob)
    // Their own ended links make room, the oldest first; making and revoking fills nothing.
    const [first = '', second = ''] = ids
    await shares.links.revoke(second, shares.asker)
    shares.clock.advance(1000)
    await shares.links.revoke(first, shares.asker)
    for (let i = 0; i < 5; i++) {
      const { id } = await shares.links.create(wish, shares.asker)
      if (i === 0) expect([shares.store.links().has(second), shares.store.links().has(first)]).toEqual([false, true])
      await shares.links.revoke(id, shares.asker)
    }
    expect(shares.store.links().size).toBe(maxSharesOfOne + 1)
  })

  test('the one person of a laptop has all places', async () => {
    const shares = openShares()
    const local = { ...shares.asker, principal: { kind: 'local', name: 'local' } as const }
    for (let i = 0; i <= maxSharesOfOne; i++) await shares.links.create(wish, local)
    expect(shares.store.links().size).toBe(maxSharesOfOne + 1)
  })

  test('[K74] no more bytes than the store holds', async () => {
    const backend = { ...createMemoryBackend(), limits: { bytes: 1000, picture: 100 } }
    const shares = openShares({ backend })
    await shares.links.create(wish, shares.asker)
    await expect(shares.links.create(wish, shares.asker)).rejects.toMatchObject({ code: 'share-store-full' })
  })

  test('a frozen link whose picture does not fit is refused, and said beforehand', async () => {
    const backend = { ...createMemoryBackend(), limits: { bytes: 100_000, picture: 10 } }
    const shares = openShares({ backend })
    const frozen = { ...wish, mode: 'frozen' } as const
    expect(shares.links.offer(frozen, shares.asker).isTooLarge).toBe(true)
    await expect(shares.links.create(frozen, shares.asker)).rejects.toMatchObject({ code: 'share-too-large' })
  })
})

describe('a file of links', () => {
  test('is for its user alone, and outlives a restart', async () => {
    const path = newFile()
    const shares = openShares({ backend: createFileBackend(path, systemClock) })
    const { id } = await shares.links.create(wish, shares.asker)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
    const again = openShares({ backend: createFileBackend(path, systemClock) })
    await again.store.ready()
    expect([...again.store.links().keys()]).toEqual([id])
    for (const { store } of [shares, again]) store.stop()
  })

  test('[K64] tells of what another process wrote within a second', async () => {
    const path = newFile()
    const clock = createFakeClock()
    const watching = openShares({ backend: createFileBackend(path, clock), clock })
    await watching.store.ready()
    const writing = openShares({ backend: createFileBackend(path, systemClock) })
    const { id } = await writing.links.create(wish, writing.asker)
    clock.advance(1000)
    await expect.poll(() => watching.store.links().has(id)).toBe(true)
    for (const { store } of [watching, writing]) store.stop()
  })

  test.each(['{', '[]', '{"version":2,"links":{}}'])(
    '[K74] that holds %j is refused, not written over',
    async (text) => {
      const path = newFile()
      const shares = openShares({ backend: createFileBackend(path, systemClock) })
      await shares.links.create(wish, shares.asker)
      writeFileSync(path, text)
      await expect(shares.links.create(wish, shares.asker)).rejects.toMatchObject({ code: 'share-store-unavailable' })
      expect(statSync(path).size).toBe(text.length)
      shares.store.stop()
    },
  )

  test('a lock that a dead process left is broken after ten seconds', async () => {
    const path = newFile()
    const shares = openShares({ backend: createFileBackend(path, systemClock), clock: realClock() })
    await shares.links.create(wish, shares.asker)
    writeFileSync(`${path}.lock`, '')
    await expect(shares.links.create(wish, shares.asker)).rejects.toMatchObject({ code: 'share-store-busy' })
    utimesSync(`${path}.lock`, new Date(Date.now() - 20_000), new Date(Date.now() - 20_000))
    await shares.links.create(wish, shares.asker)
    expect(shares.store.links().size).toBe(2)
    shares.store.stop()
  })
})

// Waits between tries are real here, and short.
function realClock() {
  const fake = createFakeClock()
  return { ...fake, now: systemClock.now, elapsed: systemClock.elapsed, after: systemClock.after }
}
