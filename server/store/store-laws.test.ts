// The laws of the store on seeded random clusters. A failing run names its seed; TRIPLANE_SEED=<n> repeats it alone.

import { describe, expect, test } from 'vitest'
import { apply, diff } from '@/core/graph/delta'
import { project, projectObject } from '@/core/graph/project'
import type { GraphId, GraphObject, GraphPart, PartKey } from '@/core/graph/types'
import type { ClusterEvent } from '@/core/model/events'
import { entryKinds } from '@/core/model/records-entries'
import { createRandom } from '@/core/testing/random'
import { createRandomCluster } from '@/core/testing/random-cluster'
import { NAMESPACES, NODE_NAMES, SERVICE_NAMES } from '@/core/testing/random-records'
import { type ClusterStore, createClusterStore, type StoreChange } from './cluster-store'

const RUNS = 60
const STEPS = 60
const seeds = process.env.TRIPLANE_SEED
  ? [Number(process.env.TRIPLANE_SEED)]
  : Array.from({ length: RUNS }, (_, i) => i)

const PARTS: readonly PartKey[] = [
  'overview',
  'status',
  ...NAMESPACES.map((name) => `namespace/${name}` as const),
  ...NODE_NAMES.map((name) => `node/${name}` as const),
  ...NAMESPACES.flatMap((namespace) => SERVICE_NAMES.map((name) => `service/${namespace}/${name}` as const)),
]

const projectAll = (store: ClusterStore) => new Map(PARTS.map((key) => [key, project(store, key)]))

/** What a reader holds who projects only what the store names. */
function follow(store: ClusterStore, parts: Map<PartKey, GraphPart>, change: StoreChange): void {
  for (const [key, ids] of change.dirty) {
    const part = parts.get(key)
    if (part === undefined) continue
    const objects = new Map<GraphId, GraphObject>(part.objects)
    for (const id of ids) {
      const object = projectObject(store, key, id)
      if (object === undefined) objects.delete(id)
      else objects.set(id, object)
    }
    parts.set(key, { key, objects })
  }
}

const sorted = (part: GraphPart | undefined) => new Map([...(part?.objects ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)))

function expectSameParts(
  actual: ReadonlyMap<PartKey, GraphPart>,
  expected: ReadonlyMap<PartKey, GraphPart>,
  run: string,
) {
  for (const key of PARTS) {
    expect(sorted(actual.get(key)), `${run}, part ${key}`).toEqual(sorted(expected.get(key)))
  }
}

const freshStore = (events: readonly ClusterEvent[]) => {
  const store = createClusterStore()
  store.apply(events)
  return store
}

describe('the laws of the store', () => {
  test.each(seeds)('[G1] seed %i: projecting what is dirty gives what projecting everything gives', (seed) => {
    const cluster = createRandomCluster(createRandom(seed))
    const store = createClusterStore()
    const parts = projectAll(store)
    for (let step = 0; step < STEPS; step++) {
      const events = cluster.step()
      follow(store, parts, store.apply(events))
      expectSameParts(parts, projectAll(store), `seed ${seed}, step ${step}, ${JSON.stringify(events.map(short))}`)
    }
  })

  test.each(seeds)('[G2] seed %i: after any events the store equals one made from a fresh list', (seed) => {
    const random = createRandom(seed)
    const cluster = createRandomCluster(random)
    const store = createClusterStore()
    for (let step = 0; step < STEPS; step++) store.apply(cluster.step())
    const list = random.shuffle(cluster.records()).map((record) => ({ type: 'put' as const, record }))
    const fresh = freshStore([...cluster.coverage(), ...list])
    expectSameParts(projectAll(store), projectAll(fresh), `seed ${seed}`)
    expect(indexes(store), `seed ${seed}`).toEqual(indexes(fresh))
  })

  test.each(seeds)('[G3] seed %i: the order of events of different objects does not matter', (seed) => {
    const random = createRandom(seed)
    const cluster = createRandomCluster(random)
    for (let step = 0; step < STEPS; step++) cluster.step()
    const known: readonly ClusterEvent[] = cluster.coverage().filter((event) => event.type === 'synced')
    const events = [...known, ...cluster.records().map((record) => ({ type: 'put' as const, record }))]
    const store = freshStore(events)
    const shuffled = createClusterStore()
    for (const event of random.shuffle(events)) shuffled.apply([event])
    expectSameParts(projectAll(shuffled), projectAll(store), `seed ${seed}`)
  })

  test.each(seeds.slice(0, 20))('[G4] seed %i: deltas between projections lead from one to the next', (seed) => {
    const cluster = createRandomCluster(createRandom(seed))
    const store = createClusterStore()
    let before = projectAll(store)
    for (let step = 0; step < STEPS; step++) {
      store.apply(cluster.step())
      const after = projectAll(store)
      const moved = PARTS.map((key) => {
        const [a, b] = [before.get(key), after.get(key)]
        if (a === undefined || b === undefined) throw new Error(`part ${key} is missing`)
        return [key, apply(a, diff(a, b))] as const
      })
      expectSameParts(new Map(moved), after, `seed ${seed}, step ${step}`)
      before = after
    }
  })
})

const short = (event: ClusterEvent) =>
  event.type === 'put' ? `put ${event.record.kind} ${event.record.key}` : JSON.stringify(event)

/** Everything a ClusterView answers, over the pools the random cluster draws from. */
function indexes(store: ClusterStore): unknown {
  const services = [...store.services()]
  const pods = [...store.pods()]
  const nodes = [...store.nodes()]
  return {
    services,
    pods,
    nodes,
    slices: [...store.slices()],
    namespaces: [...store.namespaces()],
    configMaps: [...store.configMaps()],
    daemonSets: [...store.daemonSets()],
    serviceCIDRs: [...store.serviceCIDRs()],
    entries: entryKinds.map((kind) => [...store.entries(kind)]),
    entriesOfService: services.map(({ key }) => store.entriesOfService(key)),
    networkPolicies: NAMESPACES.map((name) => store.networkPoliciesOfNamespace(name)),
    slicesOfService: services.map(({ key }) => store.slicesOfService(key)),
    podsOfService: services.map(({ key }) => store.podsOfService(key)),
    servicesOfPod: pods.map(({ key }) => store.servicesOfPod(key)),
    endpointsOfPod: pods.map(({ key }) => store.endpointsOfPod(key)),
    podsOfNode: nodes.map(({ key }) => store.podsOfNode(key)),
    servicesOfNode: nodes.map(({ key }) => store.servicesOfNode(key)),
    owners: pods.flatMap((pod) => pod.podIPs).map((ip) => store.ownersOf(ip)),
    ofNamespaces: NAMESPACES.map((name) => [
      store.servicesOfNamespace(name),
      store.slicesOfNamespace(name),
      store.podsOfNamespace(name),
    ]),
  }
}
