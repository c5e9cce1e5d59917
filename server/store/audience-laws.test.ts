// An audience's view is held against a store that holds only what the audience may see, and its stream against a full projection,
// on seeded random clusters. A failing run names its seed; TRIPLANE_SEED=<n> repeats it alone.

import { describe, expect, test } from 'vitest'
import type { Audience } from '@/core/access/audience'
import { audienceChanges } from '@/core/access/audience-changes'
import { audienceView } from '@/core/access/audience-view'
import { createStandIns } from '@/core/access/stand-ins'
import type { GraphView } from '@/core/graph/graph-view'
import { project, projectObject } from '@/core/graph/project'
import type { GraphId, GraphObject, PartKey } from '@/core/graph/types'
import type { ClusterEvent } from '@/core/model/events'
import { nodeKey, podKey, serviceKey } from '@/core/model/keys'
import type { ClusterRecord, Kind } from '@/core/model/records'
import { entryKinds } from '@/core/model/records-entries'
import { createRandom } from '@/core/testing/random'
import { randomAudience } from '@/core/testing/random-audience'
import { createRandomCluster } from '@/core/testing/random-cluster'
import { NAMESPACES, NODE_NAMES, SERVICE_NAMES } from '@/core/testing/random-records'
import { createClusterStore } from './cluster-store'

const RUNS = process.env.TRIPLANE_TEST_LONG ? 3000 : 150
const STEPS = 40
const seeds = process.env.TRIPLANE_SEED
  ? [Number(process.env.TRIPLANE_SEED)]
  : Array.from({ length: RUNS }, (_, i) => i)
const key = new Uint8Array(32).fill(7)

function setUp(seed: number) {
  const random = createRandom(seed)
  const audience = randomAudience(random, NAMESPACES, ['app', 'tier', 'zone'])
  const cluster = createRandomCluster(random)
  const store = createClusterStore()
  const standIns = createStandIns(key, audience.id)
  return { audience, cluster, store, standIns, view: audienceView(store, audience, standIns) }
}

const partsOf = (view: GraphView): readonly PartKey[] => [
  'overview',
  'status',
  ...NAMESPACES.map((name) => `namespace/${name}` as const),
  ...NODE_NAMES.map((name) => `node/${name}` as const),
  ...[...view.nodes()].map(({ name }) => `node/${name}` as const),
  ...NAMESPACES.flatMap((namespace) => SERVICE_NAMES.map((name) => `service/${namespace}/${name}` as const)),
]

const sorted = (objects: ReadonlyMap<GraphId, GraphObject>) =>
  new Map([...objects].sort(([a], [b]) => (a < b ? -1 : 1)))
const projected = (view: GraphView, parts: readonly PartKey[]) =>
  new Map(parts.map((part) => [part, sorted(project(view, part).objects)]))

/** Every record a view gives. */
function recordsOf(view: GraphView): readonly ClusterRecord[] {
  const services = [...view.services()]
  return [
    ...services,
    ...view.slices(),
    ...view.pods(),
    ...view.nodes(),
    ...view.namespaces(),
    ...view.configMaps(),
    ...view.daemonSets(),
    ...view.serviceCIDRs(),
    ...entryKinds.flatMap((kind) => [...view.entries(kind)]),
    ...NAMESPACES.flatMap((namespace) => view.networkPoliciesOfNamespace(namespace)),
    ...NAMESPACES.flatMap((namespace) =>
      SERVICE_NAMES.flatMap((name) => view.endpoints(`${namespace}/${name}` as never) ?? []),
    ),
  ]
}

// Coverage has no such store: a store that was given less knows all it was given. It is taken from the view and tested by itself.
function rebuilt(view: GraphView): GraphView {
  const store = createClusterStore()
  store.apply(recordsOf(view).map((record): ClusterEvent => ({ type: 'put', record })))
  return { ...store, coverage: view.coverage, cluster: view.cluster, watches: view.watches, rejectsOf: view.rejectsOf }
}

function answers(view: GraphView): unknown {
  const services = [...view.services()]
  const pods = [...view.pods()]
  const nodes = [...view.nodes()]
  const addresses = new Set([
    ...pods.flatMap(({ podIPs }) => podIPs),
    ...nodes.flatMap((node) => node.addresses.map(({ address }) => address)),
    ...services.flatMap((one) => [
      one.clusterIP,
      ...one.clusterIPs,
      ...one.externalIPs,
      ...one.loadBalancerIngress.flatMap(({ ip }) => ip ?? []),
    ]),
    ...[...view.slices()].flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => endpoint.addresses)),
    // Real ones too, which a reader who is not shown addresses may guess.
    ...['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', 'fd00::1'],
  ])
  return {
    records: recordsOf(view),
    byKey: [
      services.map(({ key }) => view.service(key)),
      [...view.slices()].map(({ key }) => view.slice(key)),
      pods.map(({ key }) => view.pod(key)),
      nodes.map(({ key }) => view.node(key)),
    ],
    hidden: NAMESPACES.flatMap((namespace) => [
      view.service(serviceKey(namespace, 'cart')),
      view.pod(podKey(namespace, 'p1')),
      view.namespace(namespace),
    ]),
    guessed: NODE_NAMES.map((name) => [
      view.node(nodeKey(name)),
      view.podsOfNode(nodeKey(name)),
      view.servicesOfNode(nodeKey(name)),
    ]),
    entriesOfService: services.map(({ key }) => view.entriesOfService(key)),
    entriesByKey: entryKinds.map((kind) => [...view.entries(kind)].map(({ key }) => view.entry(kind, key))),
    slicesOfService: services.map(({ key }) => view.slicesOfService(key)),
    podsOfService: services.map(({ key }) => view.podsOfService(key)),
    servicesOfPod: pods.map(({ key }) => view.servicesOfPod(key)),
    endpointsOfPod: pods.map(({ key }) => view.endpointsOfPod(key)),
    podsOfNode: nodes.map(({ key }) => view.podsOfNode(key)),
    servicesOfNode: nodes.map(({ key }) => view.servicesOfNode(key)),
    owners: [...addresses].map((ip) => [ip, view.ownersOf(ip)]),
    ofNamespaces: NAMESPACES.map((name) => [
      view.servicesOfNamespace(name),
      view.slicesOfNamespace(name),
      view.podsOfNamespace(name),
    ]),
  }
}

const named = (audience: Audience) =>
  JSON.stringify(audience, (_, value) => (value instanceof Set ? [...value] : value))

describe('the laws of an audience', () => {
  test.each(seeds)('[A2] seed %i: its view answers as a store that holds only what it may see', (seed) => {
    const { audience, cluster, store, view } = setUp(seed)
    for (let step = 0; step < STEPS; step++) store.apply(cluster.step())
    const own = rebuilt(view)
    expect(answers(view), named(audience)).toEqual(answers(own))
    const parts = partsOf(view)
    expect(projected(view, parts), named(audience)).toEqual(projected(own, parts))
  })

  test.each(seeds)('[A3] seed %i: following its own changes leads to what a full projection gives', (seed) => {
    const { audience, cluster, store, standIns, view } = setUp(seed)
    const changes = audienceChanges(audience, standIns)
    const held = new Map<PartKey, Map<GraphId, GraphObject>>()
    for (let step = 0; step < STEPS; step++) {
      const { dirty } = store.apply(cluster.step())
      for (const [part, ids] of changes(dirty)) {
        const objects = held.get(part)
        for (const id of ids) {
          const object = projectObject(view, part, id)
          if (object === undefined) objects?.delete(id)
          else objects?.set(id, object)
        }
      }
      for (const part of partsOf(view)) {
        const full = sorted(project(view, part).objects)
        const followed = held.get(part)
        if (followed) expect(sorted(followed), `step ${step}, ${part}, ${named(audience)}`).toEqual(full)
        else held.set(part, new Map(full))
      }
    }
  })

  test.each(seeds.slice(0, 60))(
    '[A1] seed %i: it sees the objects of its namespaces, all of them and no others',
    (seed) => {
      const { audience, cluster, store, view } = setUp(seed)
      for (let step = 0; step < STEPS; step++) store.apply(cluster.step())
      const { namespaces } = audience
      const may = (namespace: string) => namespaces === 'all' || namespaces.has(namespace)
      const count = (records: Iterable<ClusterRecord>, kind: Kind) =>
        [...records].filter((one) => one.kind === kind).length
      const visible = cluster.records().filter((one) => 'namespace' in one && may(one.namespace))
      for (const kind of ['Service', 'EndpointSlice', 'Pod'] as const) {
        expect(count(recordsOf(view), kind), `${kind}, ${named(audience)}`).toBe(count(visible, kind))
      }
      const endpoints = (records: Iterable<ClusterRecord>) =>
        [...records].reduce((sum, one) => sum + (one.kind === 'EndpointSlice' ? one.endpoints.length : 0), 0)
      expect(endpoints(recordsOf(view))).toBe(endpoints(visible))
    },
  )
})
