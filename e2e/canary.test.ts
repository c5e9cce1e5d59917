// A cluster of canaries behind the built product, and 200 share links that show more or less of it: no text that a link hides is in
// any byte it answers with, whatever is asked.

import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Audience } from '@/core/access/audience'
import type { WatchState } from '@/core/model/events'
import { parseObject } from '@/core/model/from-api'
import { entryKinds } from '@/core/model/records-entries'
import { type CanaryCluster, createCanaryCluster } from '@/core/testing/canary-cluster'
import { canaryPattern, sharedLabels } from '@/core/testing/canary-ledger'
import { createRandom } from '@/core/testing/random'
import { randomAudience } from '@/core/testing/random-audience'
import { createKeys } from '@/server/access/keys'
import { appRouter } from '@/server/routers/_app'
import { createShareCookies, type ShareCookies } from '@/server/share/share-cookie'
import { createApi } from '@/server/simulator/api'
import type { ApiObject } from '@/server/simulator/api-object'
import type { ResourceName } from '@/server/simulator/resources'
import { createWatchCache } from '@/server/simulator/watch-cache'
import { everythingAsked } from './canary/asked'
import { written } from './canary/written'
import { type Product, startProduct } from './product'

const LINKS = 200
// Of what is not understood so many are named, the others counted.
const SHOWN_REJECTS = 5
const random = createRandom(20)
const cluster = createCanaryCluster(random, 6)

type Definition = { readonly _def: { readonly type: string } }

test('[T3] the objects of the API server are read as the records they are written from, every text of them', () => {
  for (const record of cluster.records) {
    const parsed = parseObject(record.kind, written(record)[1])
    const read = parsed.ok ? parsed.record : parsed.reject
    const lost = [...canariesIn([spelled(record)])].filter((text) => !spelled(read).includes(text))
    expect({ kind: record.kind, lost }).toEqual({ kind: record.kind, lost: [] })
  }
})

describe('[T3] end to end', { timeout: 900_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'triplane-canary-'))
  let api: Server
  let product: Product
  let cookies: ShareCookies
  /** What the cluster's own person is told, and of this what everybody is who may know it. */
  let whole: ReadonlySet<string>
  let certain: ReadonlySet<string>
  let asked: ReadonlySet<string>

  beforeAll(async () => {
    api = serve(cluster)
    api.listen(0, '127.0.0.1')
    await once(api, 'listening')
    const kubeconfig = join(folder, 'config')
    const keyFile = join(folder, 'key')
    writeFileSync(kubeconfig, kubeconfigOf(`http://127.0.0.1:${(api.address() as AddressInfo).port}`))
    writeFileSync(keyFile, Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)))
    product = await startProduct({
      TRIPLANE_CLUSTER: 'kubeconfig',
      KUBECONFIG: kubeconfig,
      TRIPLANE_SHARES: 'memory',
      TRIPLANE_KEY_FILE: keyFile,
      HOME: folder,
    })
    const scope = { basePath: '', secure: false, port: Number(new URL(product.url).port) }
    cookies = createShareCookies({ key: createKeys(keyFile).derive('cookie'), scope, now: Date.now })
    const watches = async (): Promise<readonly WatchState[]> =>
      (await (await product.fetch('/api/trpc/status.get')).json()).result.data.watches
    // Those of the Gateway API begin once discovery has told of it.
    const isRead = (all: readonly WatchState[]) =>
      entryKinds.every((kind) => all.some((one) => one.kind === kind)) && all.every(({ state }) => state === 'synced')
    for (let tries = 0; !isRead(await watches()); tries++) {
      if (tries > 100) throw new Error(`the cluster was not read: ${JSON.stringify(await watches())}\n${product.log()}`)
      await sleep(300)
    }
    const person = { headers: { cookie: product.cookie }, share: '' }
    const { texts, procedures } = await everythingAsked(product, person, Number.POSITIVE_INFINITY)
    whole = canariesIn(texts)
    asked = procedures
    // Hosts of a route are told with the Gateway it belongs to, of which its readers may not know.
    const hosts = canariesIn(cluster.records.flatMap((one) => (one.kind === 'HTTPRoute' ? one.hostnames : [])))
    const always = canariesIn((await everythingAsked(product, person, 0)).texts)
    certain = new Set([...always].filter((text) => !hosts.has(text)))
  }, 120_000)
  afterAll(async () => {
    await product?.stop()
    api?.closeAllConnections()
    api?.close()
    rmSync(folder, { recursive: true })
  })

  async function link(audience: Audience): Promise<{ readonly id: string; readonly headers: Record<string, string> }> {
    const { addresses, nodeNames, externalNames, labels } = audience.show
    const body = {
      ...{ label: 'canary', mode: 'live', days: 1, search: '' },
      namespaces: [...audience.namespaces],
      show: { addresses, nodeNames, externalNames, labels },
    }
    const answer = await product.fetch('/api/trpc/share.create', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`no link: ${answer.status} ${text}`)
    const { id } = JSON.parse(text).result.data
    const [cookie = ''] = (await cookies.write({ id, generation: 1 }, Date.now() + 3_600_000)).split(';')
    return { id, headers: { cookie } }
  }

  test('the whole cluster has its canaries in what its own person is answered', () => {
    const unserved = new Set(cluster.rejects.slice(SHOWN_REJECTS).map(({ name }) => name))
    const secret = cluster.canaries
      .filter(({ text, shown }) => shown(nobodysLimit) && !unserved.has(text))
      .map(({ text }) => text)
    expect(secret.length).toBeGreaterThan(200)
    expect(secret.filter((text) => !whole.has(text))).toEqual([])
    expect(secret.filter((text) => certain.has(text)).length).toBeGreaterThan(150)
    expect(ofSystem.filter((text) => whole.has(text)).length).toBeGreaterThan(2)
  })

  test('every query there is was asked', () => {
    const queries = Object.entries(appRouter._def.procedures as unknown as Readonly<Record<string, Definition>>)
      .filter(([, { _def }]) => _def.type === 'query')
      .map(([path]) => path)
    expect([...asked].sort()).toEqual(queries.sort())
  })

  test('the page itself carries nothing of the cluster, as HTML and as what Next sends for a navigation', async () => {
    const page = await (await product.fetch('/')).text()
    const navigation = await (await product.fetch('/?_rsc=1', { headers: { RSC: '1' } })).text()
    expect(page).toContain('<html')
    expect(navigation.length).toBeGreaterThan(100)
    expect([...canariesIn([page, navigation])]).toEqual([])
  })

  test(`${LINKS} links give no byte of what they hide, and what they show`, async () => {
    for (let made = 0; made < LINKS; made++) {
      const drawn = randomAudience(random, cluster.namespaces, sharedLabels)
      const some =
        drawn.namespaces === 'all' || drawn.namespaces.size === 0
          ? cluster.namespaces.slice(made % 6)
          : drawn.namespaces
      const audience: Audience = {
        ...drawn,
        nodes: true,
        namespaces: new Set(some),
        show: { ...drawn.show, clusterName: false },
      }
      const { id, headers } = await link(audience)
      const found = canariesIn((await everythingAsked(product, { headers, share: id }, 1)).texts)
      const about = `link ${made}: ${JSON.stringify(audience, (_, value) => (value instanceof Set ? [...value] : value))}`
      const leaked = cluster.canaries.filter(({ text, hidden }) => hidden(audience) && found.has(text))
      expect(
        leaked.map(({ text }) => text),
        about,
      ).toEqual([])
      expect(
        ofSystem.filter((text) => found.has(text)),
        about,
      ).toEqual([])
      const missing = cluster.canaries.filter(
        ({ text, shown }) => shown(audience) && certain.has(text) && !found.has(text),
      )
      expect(
        missing.map(({ text }) => text),
        about,
      ).toEqual([])
    }
  })
})

// What proxies and DNS are configured with, and the ranges of Services: free text, of which no link lets anything out.
const systemWords = Array.from({ length: 10 }, (_, i) => `zqfffff${i}qz`)
const systemRange = '199.199.199.192'
const ofSystem = [...systemWords, systemRange]

function systemObjects(): readonly (readonly [ResourceName, ApiObject])[] {
  const [a, b, c, d, e, f, g, h, i, j] = systemWords
  const metadata = (name: string | undefined, uid: string | undefined) => ({ name, namespace: 'kube-system', uid })
  const configMap = (name: string, uid: string | undefined, data: Readonly<Record<string, string>>) =>
    ['configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(name, uid), data }] as const
  const args = ['kube-proxy', '--proxy-mode=ipvs', `--hostname-override=${a}`]
  const template = {
    spec: {
      containers: [{ name: 'kube-proxy', image: `${b}/kube-proxy:v1.36.3`, command: args }],
      nodeSelector: { [`${c}`]: `${c}` },
    },
  }
  const daemonSet = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadata('kube-proxy', d),
    spec: { template },
  }
  const range = { name: e, uid: f }
  const cidr = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: range,
    spec: { cidrs: [`${systemRange}/26`] },
  }
  return [
    configMap('kube-proxy', g, { 'config.conf': `mode: ipvs\nhostnameOverride: ${h}\n` }),
    configMap('cilium-config', i, { 'kube-proxy-replacement': `${i}` }),
    configMap('coredns', j, { Corefile: `${j}.local:53 {\n  kubernetes ${j}.local in-addr.arpa\n}\n` }),
    ['daemonsets', daemonSet],
    ['servicecidrs', cidr],
  ] as unknown as readonly (readonly [ResourceName, ApiObject])[]
}

const nobodysLimit: Audience = {
  id: 'all',
  namespaces: 'all',
  nodes: true,
  show: { addresses: true, nodeNames: true, externalNames: true, labels: 'all', clusterName: true },
}

// A map is no JSON of itself.
const spelled = (value: unknown) => JSON.stringify(value, (_, one) => (one instanceof Map ? [...one] : one))

const canariesIn = (texts: readonly string[]) => new Set(texts.flatMap((text) => text.match(canaryPattern) ?? []))

function serve({ records, rejects }: CanaryCluster): Server {
  const cache = createWatchCache({ historySize: 1000 })
  for (const record of records) cache.put(...written(record))
  for (const { kind, namespace, name } of rejects.slice(0, SHOWN_REJECTS)) {
    const metadata = { namespace, name, uid: `uid-${name}` }
    cache.put('services', { apiVersion: 'v1', kind, metadata, spec: 'none' } as unknown as ApiObject)
  }
  for (const [resource, object] of systemObjects()) cache.put(resource, JSON.parse(JSON.stringify(object)))
  return createApi({ cache, bookmarkEveryMs: 30_000, maxBufferedBytes: 64 << 20 })
}

function kubeconfigOf(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': cluster.cluster.name,
    contexts: [{ name: cluster.cluster.name, context: { cluster: 'canary', user: 'canary' } }],
    clusters: [{ name: 'canary', cluster: { server } }],
    users: [{ name: 'canary', user: {} }],
  })
}
