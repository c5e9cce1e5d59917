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
import type { ClusterRecord } from '@/core/model/records'
import { type CanaryCluster, createCanaryCluster } from '@/core/testing/canary-cluster'
import { canaryPattern, sharedLabels } from '@/core/testing/canary-ledger'
import { createRandom } from '@/core/testing/random'
import { randomAudience } from '@/core/testing/random-audience'
import { createKeys } from '@/server/access/keys'
import { createShareCookies, type ShareCookies } from '@/server/share/share-cookie'
import { createApi } from '@/server/simulator/api'
import type { ApiObject } from '@/server/simulator/api-object'
import type { ResourceName } from '@/server/simulator/resources'
import { createWatchCache } from '@/server/simulator/watch-cache'
import { apiEndpointSlice, apiEndpoints, apiNode, apiPod, apiService } from '@/server/view/api-objects'
import { type Product, startProduct } from './product'

const LINKS = 200
const random = createRandom(20)
const cluster = createCanaryCluster(random, 6)

describe('[T3] end to end', { timeout: 900_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'triplane-canary-'))
  let api: Server
  let product: Product
  let cookies: ShareCookies
  let whole: ReadonlySet<string>

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
    const names = cluster.records.filter(({ kind }) => kind === 'Pod').map(({ key }) => key)
    const isThere = async () => (await (await product.fetch('/api/view.json')).text()).includes(names.at(-1) ?? '')
    for (let tries = 0; !(await isThere()); tries++) {
      if (tries > 100) throw new Error(`the cluster was not read:\n${product.log()}`)
      await sleep(300)
    }
    whole = canariesIn(await everythingAsked(product, { cookie: product.cookie }, ''))
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
    const secret = cluster.canaries.filter(({ shown }) => shown(nobodysLimit))
    expect(whole.size).toBeGreaterThan(200)
    expect(secret.filter(({ text }) => whole.has(text)).length).toBeGreaterThan(150)
    expect(ofSystem.filter((text) => whole.has(text)).length).toBeGreaterThan(2)
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
      const found = canariesIn(await everythingAsked(product, headers, id))
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
        ({ text, shown }) => shown(audience) && whole.has(text) && !found.has(text),
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

const canariesIn = (texts: readonly string[]) => new Set(texts.flatMap((text) => text.match(canaryPattern) ?? []))

type Shown = { readonly objects: Readonly<Record<string, Readonly<Record<string, unknown>>>> }

/** HTML, RSC, view.json, the stream, explanations and rules. Nothing that is asked names what the asker has not been told. */
async function everythingAsked(
  product: Product,
  headers: Record<string, string>,
  share: string,
): Promise<readonly string[]> {
  const texts: string[] = []
  const ask = async (path: string, more: Record<string, string> = {}) => {
    const marked = share === '' ? path : `${path}${path.includes('?') ? '&' : '?'}share=${share}`
    const answer = await fetch(product.url + marked, { headers: { ...headers, ...more } })
    const text = await answer.text()
    texts.push(text, JSON.stringify([...answer.headers].filter(([name]) => name !== 'set-cookie')))
    return { ok: answer.ok, text }
  }
  const query = (path: string, input: object) =>
    ask(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
  const map = await ask('/api/view.json')
  if (!map.ok) throw new Error(`no view: ${map.text}`)
  const { objects } = JSON.parse(map.text) as Shown
  const keys = (kind: string) => Object.keys(objects[kind] ?? {})
  const [services, pods, nodes] = [keys('Service'), keys('Pod'), keys('Node')]
  await ask('/')
  await ask('/?_rsc=1', { RSC: '1' })
  if (share !== '') {
    await ask(`/s/${share}`)
    await ask(`/s/${share}?_rsc=1`, { RSC: '1' })
  }
  for (const view of ['services', 'nodes', 'problems']) await ask(`/api/view.json?view=${view}`)
  for (const focus of [
    services[0] && `Service:${services[0]}`,
    pods[0] && `Pod:${pods[0]}`,
    nodes[0] && `Node:${nodes[0]}`,
  ]) {
    if (focus) await ask(`/api/view.json?focus=${encodeURIComponent(focus)}`)
  }
  for (const path of ['status.get', 'session.get', 'share.about', 'share.list', 'cluster.contexts'])
    await ask(`/api/trpc/${path}`)
  if (services[0] && pods[0]) {
    const [namespace = '', service = ''] = services[0].split('/')
    const search = new URLSearchParams({
      view: 'explain',
      from: `Pod:${pods[0]}`,
      to: `${service}.${namespace}.svc:80`,
    })
    await ask(`/api/view.json?${search}`)
    await query('cost.beside', { namespace, name: service })
    await query('cost.churn', { service: { namespace, name: service } })
    await query('explain.connection', { search: String(search) })
    await query('explain.matrix', { namespace, service, port: 'x/TCP', family: 'IPv4', from: 'inside' })
    await query('readiness.service', { namespace, name: service })
    const [space, pod] = pods[0].split('/')
    await query('names.service', { namespace, name: service })
    await query('names.pod', { namespace: space, name: pod })
    await query('names.lookUp', { namespace: space, name: pod, typed: `${service}.${namespace}` })
  }
  await query('cost.churn', {})
  await ask('/api/trpc/cost.orphans')
  if (nodes[0]) await query('rules.predicted', { node: nodes[0], family: 'IPv4' })
  const parts = [
    'overview',
    'status',
    ...services.slice(0, 40).map((key) => `service/${key}`),
    ...nodes.map((name) => `node/${name}`),
  ]
  texts.push(await streamed(product, headers, { share, parts }))
  return texts
}

type Stream = { readonly share: string; readonly parts: readonly string[] }

/** What the stream says until every part has come, and a moment longer. */
async function streamed(product: Product, headers: Record<string, string>, { share, parts }: Stream): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ parts: parts.map((key) => ({ key })) }))
  const leaving = new AbortController()
  const marked = share === '' ? '' : `&share=${share}`
  const answer = await fetch(`${product.url}/api/trpc/graph.watch?input=${input}${marked}`, {
    headers,
    signal: leaving.signal,
  })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const quiet = () => (parts.every((part) => text.includes(JSON.stringify(part))) ? 40 : 5000)
  for (;;) {
    const read = await Promise.race([reader?.read(), new Promise<undefined>((resolve) => setTimeout(resolve, quiet()))])
    if (read === undefined || read.done) break
    text += read.value
  }
  leaving.abort()
  if (!text.includes('overview')) throw new Error(`the stream said nothing: ${text.slice(0, 300)}`)
  return text
}

function serve({ records, namespaces }: CanaryCluster): Server {
  const cache = createWatchCache({ historySize: 1000 })
  for (const name of namespaces) {
    cache.put('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, uid: `uid-${name}` } } as never)
  }
  for (const record of records) {
    const [resource, object] = written(record) ?? []
    if (resource !== undefined && object !== undefined) cache.put(resource as never, object)
  }
  for (const [resource, object] of systemObjects()) cache.put(resource, JSON.parse(JSON.stringify(object)))
  return createApi({ cache, bookmarkEveryMs: 30_000, maxBufferedBytes: 64 << 20 })
}

function written(record: ClusterRecord): readonly [string, ApiObject] | undefined {
  const as = (resource: string, object: unknown) => [resource, JSON.parse(JSON.stringify(object)) as ApiObject] as const
  if (record.kind === 'Service') return as('services', apiService(record))
  if (record.kind === 'Pod') return as('pods', apiPod(record))
  if (record.kind === 'Node') return as('nodes', apiNode(record))
  if (record.kind === 'Endpoints') return as('endpoints', apiEndpoints(record))
  if (record.kind !== 'EndpointSlice') return undefined
  const labels = new Map([...record.labels, ['kubernetes.io/service-name', record.serviceName ?? '']])
  return as(
    'endpointslices',
    apiEndpointSlice({ ...record, labels }, () => ({})),
  )
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
