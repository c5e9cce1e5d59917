import { describe, expect, test } from 'vitest'
import { control } from '../control'
import { type ResourceName, resourceNames } from '../resources'
import { type ScenarioName, scenarioNames, scenarioOf } from '../scenarios/find-scenario'
import { selectedPods, settle } from './controllers'
import { createWorld, durationMs } from './create-world'
import { failNode } from './incidents'
import { createRandom } from './random'
import { recordOf } from './records'
import { planSlices } from './slices'
import type { World } from './world'

const startAt = Date.parse('2026-11-21T10:00:00Z')
const worldOf = (scenario: ScenarioName, { seed = 1, speed = 1 } = {}) =>
  createWorld({ scenario: scenarioOf(scenario), seed, speed, startAt })

const pass = (world: World, seconds: number) => world.timeline.advanceTo(world.timeline.now() + seconds * 1000)
const contents = (world: World) => JSON.stringify(resourceNames.map((name) => world.cache.list(name)))
const count = (world: World, resource: ResourceName) => world.cache.list(resource).length

/** What is wrong with the pods; plain code, for an expect per address would take minutes. */
function podFaults(world: World): string[] {
  const faults: string[] = []
  const owners = new Map<string, string>()
  for (const { name, nodeName, phase, podIPs, workload } of world.pods.values()) {
    if (nodeName === undefined ? phase !== 'Pending' : !world.nodes.has(nodeName))
      faults.push(`${name} is on ${nodeName}`)
    if (phase === 'Running' && podIPs.length !== (workload.spec.families ?? world.scenario.families).length)
      faults.push(`${name} runs without addresses`)
    if (workload.spec.hostNetwork || phase !== 'Running') continue
    for (const ip of podIPs) {
      if (owners.has(ip)) faults.push(`${ip} is of ${name} and of ${owners.get(ip)}`)
      owners.set(ip, name)
    }
  }
  return faults
}

/** Every Service whose slices core/slices would write otherwise. Hints by CPU are only looked at again when out of balance. */
function unsettled(world: World): string[] {
  return [...world.services].flatMap(([key, { spec }]) => {
    const object = world.cache.get('services', key)
    if (object === undefined || spec.annotations?.['service.kubernetes.io/topology-mode']) return []
    const service = recordOf('Service', object)
    const naming = { nameFor: () => 'new', triggerTime: 0 }
    const plan = planSlices(world, { service, pods: selectedPods(world, key) }, naming)
    return plan.create.length + plan.update.length + plan.delete.length + plan.skipped.length === 0 ? [] : [key]
  })
}

describe('the world', () => {
  test('is the same for the same seed, and lives the same', () => {
    const [one, other] = [worldOf('shop', { seed: 7 }), worldOf('shop', { seed: 7 })]
    expect(contents(one)).toBe(contents(other))
    pass(one, 900)
    for (let n = 0; n < 300; n += 1) pass(other, 3)
    expect(contents(one)).toBe(contents(other))
  })

  test('differs for another seed', () => {
    expect(contents(worldOf('shop', { seed: 1 }))).not.toBe(contents(worldOf('shop', { seed: 2 })))
  })

  test.each(scenarioNames)('%s: at the start everything has settled and has its age', (scenario) => {
    const world = worldOf(scenario)
    expect(podFaults(world)).toEqual([])
    expect(unsettled(world)).toEqual([])
    for (const name of resourceNames) {
      for (const { metadata, kind } of world.cache.list(name)) {
        expect(metadata.uid, `${kind} ${metadata.name}`).toMatch(/^[0-9a-f-]{36}$/)
        expect(Date.parse(metadata.creationTimestamp)).toBeLessThanOrEqual(startAt)
        expect(Number(metadata.resourceVersion)).toBeGreaterThan(0)
      }
    }
    const old = world.cache
      .list('pods')
      .filter(({ metadata }) => startAt - Date.parse(metadata.creationTimestamp) > 3600_000)
    expect(old.length).toBeGreaterThan(world.pods.size * 0.8)
  })

  test('10,000 steps of one second keep every invariant, through drains and outages', { timeout: 120_000 }, () => {
    const world = worldOf('shop', { seed: 3 })
    const sizes = new Map(resourceNames.map((name) => [name, count(world, name)]))
    const seen = { outage: 0, cordon: 0, rollout: 0 }
    const awayFor = new Map<string, number>()
    for (let step = 0; step < 10_000; step += 1) {
      pass(world, 1)
      expect(podFaults(world)).toEqual([])
      if (step % 50 === 0) expect(unsettled(world), `step ${step}`).toEqual([])
      for (const node of world.nodes.values()) {
        if (node.downSince !== undefined) seen.outage += 1
        if (node.unschedulable) seen.cordon += 1
        const isAway = node.downSince !== undefined || node.unschedulable
        awayFor.set(node.spec.name, isAway ? (awayFor.get(node.spec.name) ?? 0) + 1 : 0)
      }
      if ([...world.workloads.values()].some(({ replicaSets }) => replicaSets.size > 1)) seen.rollout += 1
      if (step % 50 === 0) {
        expect([...awayFor].filter(([, seconds]) => seconds > 180)).toEqual([])
        const drifted = [...world.workloads].filter(
          ([, { replicas, usualReplicas }]) => Math.abs(replicas - usualReplicas) > 2,
        )
        expect(drifted.map(([key]) => key)).toEqual([])
        expect(count(world, 'pods')).toBe(world.pods.size)
        const grown = [...sizes].filter(([name, size]) => count(world, name) > size * 1.4 + 5)
        expect(grown, `step ${step}`).toEqual([])
      }
    }
    expect(world.pods.size).toBeGreaterThan(180)
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(0)
  })

  test('healthy stays healthy: no pod fails, no node goes away, every Service always has a ready pod', () => {
    const world = worldOf('healthy', { seed: 5 })
    for (let step = 0; step < 1_500; step += 1) {
      pass(world, 1)
      const failing = [...world.pods.values()].filter((pod) => pod.failing || pod.retiring)
      const away = [...world.nodes.values()].filter((node) => node.downSince !== undefined || node.unschedulable)
      expect([...failing, ...away], `step ${step}`).toEqual([])
      const lost = [...world.services].filter(
        ([key, { spec }]) => spec.spec.selector !== undefined && !selectedPods(world, key).some(({ ready }) => ready),
      )
      expect(
        lost.map(([key]) => key),
        `step ${step}`,
      ).toEqual([])
    }
  })

  test('anything a person does, in any order, keeps the invariants and heals', { timeout: 120_000 }, () => {
    for (const seed of [11, 12, 13]) {
      const world = worldOf('shop', { seed, speed: 0 })
      const random = createRandom(seed)
      const workloads = [...world.workloads.values()].map(({ spec }) => ({
        namespace: spec.namespace,
        name: spec.name,
      }))
      const nodes = [...world.nodes.keys()]
      for (let step = 0; step < 150; step += 1) {
        const object = random.pick(workloads) ?? {}
        const node = { node: random.pick(nodes) }
        const zone = { zone: random.pick(['zone-a', 'zone-b', 'zone-c']) }
        const [action, args] = random.pick([
          ['scale', { ...object, replicas: Math.floor(random.between(0, 20)) }],
          ['rollOut', object],
          ['failProbe', object],
          ['fix', object],
          ['drain', node],
          ['uncordon', node],
          ['failZone', zone],
          ['healZone', zone],
        ] as const) ?? ['fix', {}]
        control(world, action, args)
        pass(world, random.between(0, 60))
        expect(podFaults(world)).toEqual([])
        if (step % 5 === 0) expect(unsettled(world), `seed ${seed} step ${step}`).toEqual([])
      }
      for (const zone of ['zone-a', 'zone-b', 'zone-c']) control(world, 'healZone', { zone })
      for (const node of nodes) control(world, 'uncordon', { node })
      for (const object of workloads) control(world, 'fix', object)
      pass(world, 1200)
      expect(world.timeline.nextDue(), `seed ${seed}`).toBeUndefined()
      const notReady = [...world.pods.values()].filter(
        (pod) => !pod.ready && pod.phase !== 'Succeeded' && !pod.retiring,
      )
      expect(notReady.map(({ name }) => name)).toEqual([])
      expect(unsettled(world)).toEqual([])
    }
  })

  test('nodes that fail without a pod of the Service still take its hints by CPU away', () => {
    // One node per zone takes the pods; three more of zone-a fail, which leaves its one node two ninths of what it was.
    const small = scenarioOf('healthy')
    const takers = ['node-1', 'node-2', 'node-3']
    const nodes = small.nodes.map((spec) =>
      takers.includes(spec.name) ? { ...spec, labels: { ...spec.labels, taker: 'yes' } } : spec,
    )
    const workloads = small.workloads.map((spec) =>
      spec.name === 'search' ? { ...spec, nodeSelector: { taker: 'yes' } } : spec,
    )
    const world = createWorld({ scenario: { ...small, nodes, workloads }, seed: 1, speed: 0, startAt })
    const hints = () =>
      world.cache
        .list('endpointslices')
        .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'search')
        .flatMap((object) => recordOf('EndpointSlice', object).endpoints.flatMap(({ hintZones }) => hintZones))
    expect(hints()).toHaveLength(6)
    for (const name of ['node-4', 'node-9', 'node-11']) {
      const node = world.nodes.get(name)
      if (node !== undefined) failNode(world, node)
    }
    settle(world)
    expect(hints()).toEqual([])
  })

  test.each([1, 2, 3, 4, 5])('a zone that comes back before it is wholly down is wholly back, with seed %i', (seed) => {
    const world = worldOf('healthy', { seed, speed: 0 })
    const down = () => [...world.nodes.values()].filter(({ downSince }) => downSince !== undefined)
    control(world, 'failZone', { zone: 'zone-c' })
    pass(world, 1)
    control(world, 'healZone', { zone: 'zone-c' })
    pass(world, 10)
    expect(down()).toEqual([])
    control(world, 'healZone', { zone: 'zone-c' })
    control(world, 'failZone', { zone: 'zone-c' })
    pass(world, 10)
    expect(down().map(({ spec }) => spec.zone)).toEqual(['zone-c', 'zone-c', 'zone-c', 'zone-c'])
  })

  test('speed makes everything quicker by the same factor', () => {
    const [slow, quick] = [worldOf('shop', { speed: 1 }), worldOf('shop', { speed: 10 })]
    const [before, after] = [slow, quick].map((world) => {
      const revision = world.cache.revision()
      pass(world, 300)
      return world.cache.revision() - revision
    })
    expect(after).toBeGreaterThan((before ?? 0) * 5)
  })

  test('a duration that is none is refused', () => {
    expect(() => durationMs('soon')).toThrow('soon')
  })
})
