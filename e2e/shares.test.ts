// Links in a real ConfigMap, kept by two replicas that have the chart's rights on it and no others.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '@/server/kube/clock'
import { type Connection, contextConnection } from '@/server/kube/connection'
import { loadContext } from '@/server/kube/kubeconfig'
import { createFakeClock } from '@/server/kube/testing/fake-clock'
import { createConfigMapBackend } from '@/server/share/configmap-backend'
import { type OpenShares, opened, openShares, wish } from '@/server/share/testing/open-shares'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { grant } from './cluster/objects'

const why = await whyNoPrograms()
if (why !== undefined) console.warn(`links in a ConfigMap are not tested: ${why}`)

const namespace = 'triplane'
const name = 'triplane-shares'
const ref = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name } }
const empty = { ...ref, metadata: { namespace, name, labels: { app: 'triplane' } } }
const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`

type Held = { readonly data?: Record<string, string>; readonly metadata: { readonly labels?: Record<string, string> } }

describe.skipIf(why !== undefined)('links in a ConfigMap', () => {
  let cluster: ControlPlane
  const connections: Connection[] = []
  const replicas: OpenShares[] = []

  function replica(user: 'viewer' | 'nobody' = 'viewer'): OpenShares {
    const connection = contextConnection({
      load: () => loadContext([cluster.kubeconfigs[user]], undefined),
      env: process.env,
    })
    const backend = createConfigMapBackend({ connection, clock: systemClock, namespace, name })
    const clock = { ...createFakeClock(), now: systemClock.now, elapsed: systemClock.elapsed, after: systemClock.after }
    const shares = openShares({ backend, clock })
    connections.push(connection)
    replicas.push(shares)
    return shares
  }

  const held = () => cluster.api.get<Held>(path)
  let one: OpenShares
  let other: OpenShares

  beforeAll(async () => {
    cluster = await startControlPlane()
    await cluster.api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    await cluster.api.create(empty)
    const verbs = ['get', 'watch', 'update']
    const rules = [{ apiGroups: [''], resources: ['configmaps'], resourceNames: [name], verbs }]
    await grant(cluster.api, 'viewer', { namespace, rules })
    one = replica()
    other = replica()
    await Promise.all([one.store.ready(), other.store.ready()])
  })
  afterAll(async () => {
    for (const { store } of replicas) store.stop()
    for (const connection of connections) connection.close()
    await cluster?.stop()
  })

  test('[K74] a link made on one replica opens on the other, and closes there within five seconds of a revocation', async () => {
    const { id, headers } = await opened(one)
    await expect.poll(() => other.store.links().has(id), { timeout: 5000 }).toBe(true)
    const identity = await other.authenticate({ headers, peer: 'x', share: id })
    if (identity === undefined || 'status' in identity) throw new Error('not let in')
    const audience = await identity.audience()
    if ('status' in audience) throw new Error(audience.code)
    const codes: string[] = []
    for (const source of identity.ends(audience)) source(({ code }) => codes.push(code))
    const revokedAt = Date.now()
    await one.links.revoke(id, one.asker)
    await expect.poll(() => codes, { timeout: 5000 }).toEqual(['share-revoked'])
    expect(Date.now() - revokedAt).toBeLessThan(5000)
  })

  test('[K74] both replicas make and revoke at once, and nothing is lost', async () => {
    const before = Object.keys((await held()).data ?? {}).length
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? one : other).links.create({ ...wish, label: `${i}` }, one.asker)),
    )
    await Promise.all(made.slice(0, 4).map(({ id }, i) => (i % 2 ? other : one).links.revoke(id, one.asker)))
    expect(Object.keys((await held()).data ?? {})).toHaveLength(before + 8)
    await expect
      .poll(() =>
        [one, other].map(({ store }) => made.filter(({ id }) => store.links().get(id)?.revokedAt === null).length),
      )
      .toEqual([4, 4])
    expect((await held()).metadata.labels).toEqual({ app: 'triplane' })
    expect([one, other].flatMap(({ refused }) => refused)).toEqual([])
  })

  test('[K74] a record garbled by hand is refused and told on both; the others go on', async () => {
    const good = await one.links.create(wish, one.asker)
    const bad = await one.links.create(wish, one.asker)
    const text = (await held()).data?.[bad.id] ?? ''
    const change = (data: Record<string, string | null>) => cluster.api.patch(ref, { data })
    await change({ [bad.id]: text.replace('"shop"', '"kube-system"'), nonsense: '{' })
    for (const { store, refused, redeem } of [one, other]) {
      await expect.poll(() => store.refused(), { timeout: 5000 }).toEqual([bad.id, 'nonsense'].sort())
      expect(refused).toEqual(expect.arrayContaining([bad.id, 'nonsense']))
      const ask = { headers: new Headers(), peer: 'x' }
      expect(await redeem({ ...bad, ...ask })).toMatchObject({ status: 404 })
      expect(await redeem({ ...good, ...ask })).toMatchObject({ ok: true })
    }
    await change({ nonsense: null })
  })

  test('[K74] without the ConfigMap every link is closed; with a new one, new links work', async () => {
    const { id, token } = await one.links.create(wish, one.asker)
    await cluster.api.delete(ref)
    await expect.poll(() => [one, other].map(({ store }) => store.links().size), { timeout: 5000 }).toEqual([0, 0])
    await expect(one.links.create(wish, one.asker)).rejects.toMatchObject({ code: 'share-store-unavailable' })
    const answer = await other.redeem({ id, token, headers: new Headers(), peer: 'x' })
    expect(answer).toMatchObject({ status: 503, code: 'share-unavailable' })
    await cluster.api.create(empty)
    await expect.poll(() => [one, other].map(({ store }) => store.troubledFor()), { timeout: 30_000 }).toEqual([0, 0])
    await opened(one)
  })

  test('[K74] rights on the one name suffice, and without them nothing works and nothing breaks', async () => {
    const stranger = replica('nobody')
    await stranger.store.ready()
    expect(stranger.store.troubledFor()).toBeGreaterThan(0)
    await expect(stranger.links.create(wish, stranger.asker)).rejects.toMatchObject({ code: 'share-store-unavailable' })
  })

  test('[K74] at 1 MiB new links are refused, and the old ones go on', async () => {
    const filler = 'x'.repeat(890 * 1024)
    const { id, token } = await one.links.create(wish, one.asker)
    await cluster.api.patch(ref, { data: { 'filler.picture': filler } })
    const many = { ...wish, namespaces: Array.from({ length: 50 }, (_, i) => `${'n'.repeat(60)}${i}`) }
    const fill = async () => {
      for (let i = 0; i < 10; i += 1) await one.links.create(many, one.asker)
    }
    await expect(fill()).rejects.toMatchObject({ code: 'share-store-full' })
    expect(await other.redeem({ id, token, headers: new Headers(), peer: 'y' })).toMatchObject({ ok: true })
    await cluster.api.patch(ref, { data: { 'filler.picture': null } })
    await opened(other)
  })
})
