// Random clusters, random audiences, every text a canary: no text that an audience may not see is in any byte it gets, and every text
// that it must see is. TRIPLANE_TEST_LONG=1 runs 100,000 cases; TRIPLANE_SEED=<n> repeats one cluster.

import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Audience, everything } from '@/core/access/audience'
import { addressPage } from '@/core/addresses/address-page'
import { lookUp } from '@/core/discovery/look-up'
import { podNames } from '@/core/discovery/pod-names'
import { serviceNames } from '@/core/discovery/service-names'
import { besideSlices } from '@/core/endpoints/beside'
import { orphansOf } from '@/core/endpoints/strays'
import { entriesOf } from '@/core/entries/entries-of'
import { entryList } from '@/core/entries/entry-list'
import { explain } from '@/core/explain/explain'
import { flowOfQuery } from '@/core/explain/flow-of-query'
import { matrix } from '@/core/explain/matrix'
import { encodeMatrix } from '@/core/explain/matrix-wire'
import type { GraphView } from '@/core/graph/graph-view'
import { parsePageQuery } from '@/core/graph/page-query'
import { project } from '@/core/graph/project'
import type { PartKey } from '@/core/graph/types'
import type { ClusterEvent } from '@/core/model/events'
import { nodeKey, serviceKey } from '@/core/model/keys'
import type { Kind, PodRecord, ServiceRecord } from '@/core/model/records'
import { entryKinds } from '@/core/model/records-entries'
import { policiesOfPod } from '@/core/policy/of-pod'
import { policiesOfService } from '@/core/policy/of-service'
import { portFacts } from '@/core/ports/port-facts'
import { podCommands } from '@/core/problems/pod-commands'
import { podReadiness } from '@/core/readiness/pod-readiness'
import { serviceReadiness } from '@/core/readiness/service-readiness'
import { nodeRules } from '@/core/rules/node-rules'
import { type CanaryCluster, createCanaryCluster } from '@/core/testing/canary-cluster'
import { canaryPattern, sharedLabels } from '@/core/testing/canary-ledger'
import { createRandom, type Random } from '@/core/testing/random'
import { randomAudience } from '@/core/testing/random-audience'
import { createSessionFeeds } from '../feed/session-feeds'
import { createFakeClock } from '../feed/testing/fake-clock'
import { takePicture } from '../share/picture'
import { createClusterStore } from '../store/cluster-store'
import { viewJson } from '../view/view-json'
import { audienceSide } from './audience-side'

const AUDIENCES = 5
const CLUSTERS = process.env.TRIPLANE_TEST_LONG ? 20_000 : 400
const BLOCKS = 20
const only = process.env.TRIPLANE_SEED
const key = new Uint8Array(32).fill(3)
const kinds: readonly Kind[] = [
  ...(['Service', 'EndpointSlice', 'Node', 'Pod', 'Endpoints', 'Namespace'] as const),
  ...(['ConfigMap', 'DaemonSet', 'ServiceCIDR', 'NetworkPolicy'] as const),
  ...entryKinds,
]

function watched(cluster: CanaryCluster) {
  const store = createClusterStore()
  store.setCluster(cluster.cluster)
  for (const watch of cluster.watches) store.setWatch(watch)
  store.reject(cluster.rejects)
  store.apply([
    ...kinds.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...cluster.records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  const clock = createFakeClock()
  const feeds = createSessionFeeds({
    epoch: 'e1',
    clock,
    sideOf: (audience) => audienceSide(store, audience, key),
    epochSuffix: () => 'x',
    onFault: (part, error) => {
      throw new Error(`part ${part}`, { cause: error })
    },
  })
  return { store, clock, feeds }
}

type Watched = ReturnType<typeof watched>

const partsFor = (view: GraphView): readonly PartKey[] => [
  'overview',
  'status',
  ...[...view.namespaces()].map(({ name }) => `namespace/${name}` as const),
  ...[...view.services()].map(({ key: service }) => `service/${service}` as const),
  ...[...view.nodes()].map(({ name }) => `node/${name}` as const),
]

/** Everything a stream sends: the parts as they are, and the deltas of a cluster that changes all over. */
async function streamed({ store, clock, feeds }: Watched, audience: Audience, random: Random): Promise<string> {
  const parts = partsFor(feeds.viewOf(audience)).map((part) => ({ key: part, since: undefined }))
  const subscription = feeds.feedOf(audience).subscribe({ epoch: undefined, lastEventId: undefined, parts })
  const sent: unknown[] = []
  let next = subscription.next()
  const nothing = Symbol('nothing')
  const drain = async () => {
    for (;;) {
      const batch = await Promise.race([next, new Promise((resolve) => setImmediate(resolve, nothing))])
      if (batch === nothing) return
      sent.push(batch)
      next = subscription.next()
    }
  }
  await drain()
  const records = [...store.services(), ...store.slices(), ...store.pods(), ...store.nodes()]
  const touched = records.filter(() => random.chance(0.6))
  store.apply(
    touched.map((record): ClusterEvent => {
      const { kind, key: name, uid } = record
      if (random.chance(0.2)) return { type: 'remove', kind, key: name, uid }
      return {
        type: 'put',
        record: { ...record, deletedAt: 7, ...(kind === 'Node' || kind === 'Pod' ? { ready: false } : {}) },
      }
    }),
  )
  clock.advance(2000)
  await drain()
  store.apply(touched.map((record): ClusterEvent => ({ type: 'put', record })))
  clock.advance(2000)
  await drain()
  subscription.end('left')
  return JSON.stringify(sent)
}

const page = (view: GraphView, params: readonly (readonly [string, string])[]) => JSON.stringify(viewJson(view, params))

/** Everything that is asked for: view.json of every page, explanations, matrices, rules. */
function asked(view: GraphView, random: Random): readonly string[] {
  const some = <T>(list: Iterable<T>, most: number) => random.shuffle([...list]).slice(0, most)
  const services = some(view.services(), 2)
  const pods = some(view.pods(), 1)
  const nodes = some(view.nodes(), 1)
  const sources = [...pods.map((pod) => `Pod:${pod.key}`), ...nodes.map(({ name }) => `Node:${name}`)]
  const answers = ['map', 'services', 'nodes', 'problems'].map((name) => page(view, [['view', name]]))
  for (const focus of [...sources, ...services.map((one) => `Service:${one.key}`)]) {
    answers.push(page(view, [['focus', focus], ...(sources[0] ? [['from', sources[0]] as const] : [])]))
  }
  for (const service of services) {
    answers.push(JSON.stringify(besideSlices(view, service)))
    const name = `${service.ports[0]?.name}/TCP`
    for (const from of sources) {
      answers.push(
        explained(view, from, service.clusterIP),
        explained(view, from, `${service.name}.${service.namespace}.svc`),
      )
    }
    for (const from of ['inside', 'outside'] as const) {
      const made = matrix(view, { service: service.key, port: name, family: 'IPv4', from })
      answers.push(JSON.stringify(made && encodeMatrix(made)))
    }
  }
  for (const pod of pods) {
    const typed = services.map(({ name, namespace }) => lookUp(view, pod, `${name}.${namespace}`))
    answers.push(JSON.stringify([podNames(view, pod.key), typed]))
    answers.push(JSON.stringify([podReadiness(view, pod), podCommands(pod), policiesOfPod(view, pod.key)]))
  }
  for (const service of services) answers.push(JSON.stringify(serviceNames(view, service.key)))
  for (const service of services) answers.push(JSON.stringify(serviceReadiness(view, service)))
  for (const service of services) answers.push(JSON.stringify(policiesOfService(view, service.key)))
  for (const service of services) answers.push(JSON.stringify(entriesOf(view, service.key)))
  const list = entryList(view, '')
  answers.push(JSON.stringify(list))
  for (const host of some(new Set(list.rows.flatMap(({ hosts }) => hosts)), 2)) {
    answers.push(explained(view, sources[0] ?? '', `http://${host || 'any.example'}/`))
  }
  for (const node of nodes) answers.push(JSON.stringify(nodeRules(view, node, { family: 'IPv4' })))
  answers.push(JSON.stringify(orphansOf(view)))
  answers.push(...services.map((service) => JSON.stringify(portFacts(view, service))))
  for (const text of ['', '0.0.0.0/0', '::/0', ...services.map(({ clusterIP }) => clusterIP)]) {
    answers.push(JSON.stringify(addressPage(view, { text, after: 0 }, { partial: false, departed: [] })))
  }
  // What a frozen link keeps.
  const picture = takePicture(
    view,
    [...view.namespaces()].map(({ name }) => name),
    1,
  )
  return [...answers, gunzipSync(Buffer.from(picture, 'base64')).toString('utf8')]
}

function explained(view: GraphView, from: string, host: string): string {
  const to = host.startsWith('http:') ? host : host.includes(':') ? `[${host}]:80` : `${host}:80`
  const { query } = parsePageQuery([
    ['view', 'explain'],
    ['from', from],
    ['to', to],
  ])
  const flow = flowOfQuery(view, query)
  return JSON.stringify([
    flow && explain(view, flow),
    viewJson(view, [
      ['view', 'explain'],
      ['from', from],
      ['to', to],
    ]),
  ])
}

/** What a guess at a name is answered. */
function guessed(
  view: GraphView,
  { namespace, name, node }: { namespace: string; name: string; node: string },
): string {
  const parts: readonly PartKey[] = [`namespace/${namespace}`, `service/${namespace}/${name}`, `node/${node}`]
  return [
    ...[`Service:${namespace}/${name}`, `Pod:${namespace}/${name}`, `Node:${node}`].flatMap((focus) => [
      page(view, [['focus', focus]]),
      page(view, [
        ['ns', namespace],
        ['from', focus.startsWith('Service') ? 'Node:x' : focus],
      ]),
    ]),
    explained(view, `Pod:${namespace}/${name}`, `${name}.${namespace}.svc`),
    explained(view, `Node:${node}`, `${name}.${namespace}`),
    JSON.stringify(
      matrix(view, { service: serviceKey(namespace, name), port: 'x/TCP', family: 'IPv4', from: 'inside' }),
    ),
    JSON.stringify(view.node(nodeKey(node))),
    ...parts.map((part) => JSON.stringify([...project(view, part).objects])),
  ].join('\n')
}

const canariesIn = (texts: readonly string[]) => new Set(texts.flatMap((text) => text.match(canaryPattern) ?? []))

const seeds = (block: number) =>
  only === undefined
    ? Array.from({ length: CLUSTERS / BLOCKS }, (_, i) => block * (CLUSTERS / BLOCKS) + i)
    : block === 0
      ? [Number(only)]
      : []

describe('[T3] what an audience gets', () => {
  const blocks = Array.from({ length: BLOCKS }, (_, block) => block)

  test.each(blocks)(
    'block %i: no byte of what is hidden, and all that must be shown',
    { timeout: 600_000 },
    async (block) => {
      for (const seed of seeds(block)) {
        const random = createRandom(seed)
        const cluster = createCanaryCluster(random)
        const world = watched(cluster)
        for (let i = 0; i < AUDIENCES; i++) {
          const audience = randomAudience(random, cluster.namespaces, sharedLabels)
          const about = `seed ${seed}, audience ${i}: ${JSON.stringify(audience, (_, value) => (value instanceof Set ? [...value] : value))}`
          const found = canariesIn([
            await streamed(world, audience, random),
            ...asked(world.feeds.viewOf(audience), random),
          ])
          const leaked = cluster.canaries.filter(({ text, hidden }) => hidden(audience) && found.has(text))
          expect(
            leaked.map(({ text }) => text),
            about,
          ).toEqual([])
          const missing = cluster.canaries.filter(({ text, shown }) => shown(audience) && !found.has(text))
          expect(
            missing.map(({ text }) => text),
            about,
          ).toEqual([])
        }
        world.feeds.stop()
      }
    },
  )

  test('without the wrapper the canaries are there: the search finds what it looks for', async () => {
    let leaked = 0
    let hiddenOnes = 0
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const random = createRandom(seed)
      const cluster = createCanaryCluster(random)
      const world = watched(cluster)
      const audience = randomAudience(random, cluster.namespaces, sharedLabels)
      const found = canariesIn([await streamed(world, everything, random), ...asked(world.store, random)])
      const hidden = cluster.canaries.filter((one) => one.hidden(audience) && one.shown(everything))
      hiddenOnes += hidden.length
      leaked += hidden.filter(({ text }) => found.has(text)).length
    }
    expect(hiddenOnes).toBeGreaterThan(100)
    expect(leaked).toBe(hiddenOnes)
  })

  test.each(blocks)('block %i: a guess at a hidden name is answered as one at a name that never was', (block) => {
    for (const seed of seeds(block).filter((_, i) => i % 4 === 0 || only !== undefined)) {
      const random = createRandom(seed)
      const cluster = createCanaryCluster(random)
      const { feeds } = watched(cluster)
      const [hidden, ...seen] = random.shuffle(cluster.namespaces.filter((name) => name !== 'kube-system'))
      const base = randomAudience(random, cluster.namespaces, sharedLabels)
      const audience = { ...base, namespaces: new Set(seen), nodes: false }
      const view = feeds.viewOf(audience)
      const secret = cluster.records.find(
        (one): one is ServiceRecord | PodRecord =>
          (one.kind === 'Service' || one.kind === 'Pod') && one.namespace === hidden,
      )
      const node = cluster.records.find(({ kind }) => kind === 'Node')
      if (!secret || node?.kind !== 'Node') throw new Error('nothing is hidden')
      const real = { namespace: secret.namespace, name: secret.name, node: node.name }
      const never = { namespace: 'zqnever1qz', name: 'zqnever2qz', node: 'zqnever3qz' }
      const answer = guessed(view, real)
        .replaceAll(real.namespace, never.namespace)
        .replaceAll(real.name, never.name)
        .replaceAll(real.node, never.node)
      expect(answer, `seed ${seed}`).toBe(guessed(view, never))
    }
  })
})
