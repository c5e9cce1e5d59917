// Builds a scenario's world. It is built in the past, oldest things first, so that by the start everything has the age,
// the versions and the history it would have; then the script begins.

import { timestamp } from '../api-object'
import type { Change, Scenario, WorkloadSpec } from '../scenarios/types'
import { createWatchCache } from '../watch-cache'
import { settle } from './controllers'
import { writeManifest } from './manifests'
import { createNode } from './nodes'
import { deletePod } from './pods'
import { createRandom } from './random'
import { startScript } from './script'
import { annotateService, createService, patchService, setLoadBalancer } from './services'
import { stopProxy } from './stopped-proxies'
import { createTimeline, type Timeline } from './timeline'
import { rollOut, scaleTo } from './workloads'
import { keyOf, type SimWorkload, type World, write } from './world'

export type WorldOptions = {
  readonly scenario: Scenario
  readonly seed: number
  /** 0: nothing happens by itself. */
  readonly speed: number
  readonly startAt: number
  readonly historySize?: number
}

const day = 24 * 3600_000

/** A world at its start. Nothing moves until its timeline is advanced. */
export function createWorld({ scenario, seed, speed, startAt, historySize }: WorldOptions): World {
  const births = birthsOf(scenario)
  const oldest = Math.max(...births.map(({ ageMs }) => ageMs))
  const timeline: Timeline = createTimeline(startAt - oldest, () => settle(world))
  const world: World = {
    scenario,
    cache: createWatchCache({ historySize }),
    timeline,
    random: createRandom(seed),
    nodes: new Map(),
    workloads: new Map(),
    pods: new Map(),
    services: new Map(),
    stoppedProxies: new Map(),
    removedGatewayApi: undefined,
    batched: new Set(),
    dirty: { workloads: new Set(), services: new Set(), scheduling: false, nodes: false },
    pace: 1,
  }
  for (const { ageMs, happen } of births) timeline.at(startAt - ageMs, () => happen(world))
  timeline.advanceTo(startAt)
  // Nobody watched the past.
  world.cache.compact()
  if (speed > 0) {
    world.pace = speed
    startScript(world)
  }
  return world
}

type Birth = { readonly ageMs: number; readonly happen: (world: World) => void }

function birthsOf({ nodes, services, workloads, changes }: Scenario): Birth[] {
  const names = new Set([...services, ...workloads].map(({ namespace }) => namespace))
  const namespaceAge = 90 * day
  return [
    ...[...names, 'kube-public', 'kube-node-lease'].map((name) => ({
      ageMs: namespaceAge,
      happen: (world: World) => createNamespace(world, name),
    })),
    ...nodes.map((spec) => ({ ageMs: spec.ageDays * day, happen: (world: World) => createNode(world, spec) })),
    ...services.map((spec) => ({ ageMs: spec.ageDays * day, happen: (world: World) => createService(world, spec) })),
    ...workloads.map((spec) => ({ ageMs: spec.ageDays * day, happen: (world: World) => createWorkload(world, spec) })),
    ...changes.map((change) => ({
      ageMs: durationMs(change.ago),
      happen: (world: World) => applyChange(world, change),
    })),
  ]
}

function createNamespace(world: World, name: string) {
  write(world, 'namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      uid: world.random.uuid(),
      creationTimestamp: timestamp(world.timeline.now()),
      labels: { 'kubernetes.io/metadata.name': name },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  })
}

function createWorkload(world: World, spec: WorkloadSpec) {
  world.workloads.set(keyOf(spec), {
    spec,
    uid: world.random.uuid(),
    createdAt: world.timeline.now(),
    replicas: spec.replicas,
    usualReplicas: spec.replicas,
    revision: world.random.suffix(9),
    replicaSets: new Map(),
    generation: 1,
    failing: 0,
    failsBy: 'probe',
    retiring: 0,
    pods: new Set(),
  })
  world.dirty.workloads.add(keyOf(spec))
}

function applyChange(world: World, change: Change) {
  if (change.do === 'write') return writeManifest(world, change.manifest)
  if (change.do === 'stop-proxy') return stopProxy(world, change.node)
  if (change.do === 'patch-service' || change.do === 'annotate-service' || change.do === 'set-load-balancer') {
    const service = world.services.get(change.target)
    if (service === undefined) throw new Error(`scenario: no Service ${change.target}`)
    if (change.do === 'patch-service') patchService(world, service, change.spec)
    else if (change.do === 'set-load-balancer') setLoadBalancer(world, service, change.ingress)
    else annotateService(world, service, change.annotations)
    return
  }
  const workload = world.workloads.get(change.target)
  if (workload === undefined) throw new Error(`scenario: no workload ${change.target}`)
  changeWorkload(world, workload, change)
}

function changeWorkload(world: World, workload: SimWorkload, change: Change) {
  world.dirty.workloads.add(keyOf(workload.spec))
  if (change.do === 'scale') {
    workload.usualReplicas = change.replicas
    scaleTo(world, workload, change.replicas)
  } else if (change.do === 'roll-out') rollOut(world, workload)
  else if (change.do === 'fail-probe') Object.assign(workload, { failing: change.pods, failsBy: change.by ?? 'probe' })
  else if (change.do === 'retire') workload.retiring = change.pods
  else if (change.do === 'restart-on') {
    for (const pod of workload.pods) if (change.nodes.includes(pod.nodeName ?? '')) deletePod(world, pod)
  }
}

/** `6m`, `2h`, `19d` or `30s` in milliseconds. */
export function durationMs(text: string): number {
  const match = /^(\d+)([smhd])$/.exec(text)
  const unit = { s: 1000, m: 60_000, h: 3600_000, d: day }[match?.[2] ?? '']
  if (match === null || unit === undefined) throw new Error(`scenario: "${text}" is no duration`)
  return Number(match[1]) * unit
}
