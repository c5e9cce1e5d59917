// Carries out the actions of actions.ts on a world.

import { ControlError, type DemoCommand, type DemoResult, readCommand } from './actions'
import { settle } from './world/controllers'
import { setGatewayApi } from './world/gateway-api'
import { drain, failZone, healZone, nodesOfZone, setUnschedulable } from './world/incidents'
import { refreshPod } from './world/pods'
import { workloadsOf } from './world/selection'
import { livePods, rollOut, scaleTo } from './world/workloads'
import { keyOf, type SimNode, type SimPod, type SimWorkload, type World } from './world/world'

/** Does what a person asks for, at the world's present moment; what follows from it takes its time. */
export function control(world: World, action: string, args: unknown): DemoResult {
  try {
    run(world, readCommand(action, args))
  } catch (error) {
    if (!(error instanceof ControlError)) throw error
    return { ok: false, problem: error.problem, values: error.values }
  }
  settle(world)
  return { ok: true }
}

function run(world: World, { action, args }: DemoCommand): void {
  if (action === 'scale') scale(world, keyOf(args), args.replicas)
  else if (action === 'rollOut') rollOut(world, workloadOf(world, keyOf(args)))
  else if (action === 'failProbe') failProbe(world, keyOf(args), args.pods)
  else if (action === 'fix') fix(world, keyOf(args))
  else if (action === 'drain') drain(world, cordonable(world, args.node, false))
  else if (action === 'uncordon') setUnschedulable(world, cordonable(world, args.node, true), false)
  else if (action === 'failZone') failZone(world, zoneOf(world, args.zone))
  else if (action === 'gatewayApi') setGatewayApi(world, args.installed)
  else healZone(world, zoneOf(world, args.zone))
}

function scale(world: World, target: string, replicas: number) {
  const workload = workloadOf(world, target)
  const { kind } = workload.spec
  if (kind !== 'Deployment' && kind !== 'StatefulSet')
    throw new ControlError('demo-not-scalable', { object: target, kind })
  workload.usualReplicas = replicas
  scaleTo(world, workload, replicas)
}

function failProbe(world: World, target: string, count: number) {
  const pod = world.pods.get(target)
  const workload = pod?.workload ?? workloadOf(world, target)
  const fine = livePods(workload).filter(({ failing }) => !failing)
  if (fine.length === 0 || pod?.failing || !workload.spec.probe)
    throw new ControlError('demo-no-pod-to-fail', { object: target })
  if (pod !== undefined) pod.failing = true
  workload.failing += pod === undefined ? Math.min(count, fine.length) : 1
  touch(world, workload, pod)
}

function fix(world: World, target: string) {
  const pod = world.pods.get(target)
  const service = pod === undefined ? world.services.get(target) : undefined
  const workloads = pod ? [pod.workload] : service ? workloadsOf(world, service) : [workloadOf(world, target)]
  const broken = workloads.filter(({ failing }) => failing > 0)
  if (broken.length === 0 || pod?.failing === false) throw new ControlError('demo-nothing-to-fix', { object: target })
  for (const workload of broken) {
    if (pod !== undefined) pod.failing = false
    workload.failing = pod === undefined ? 0 : workload.failing - 1
    if (workload.failing === 0) workload.failsBy = 'probe'
    touch(world, workload, pod)
  }
}

function touch(world: World, workload: SimWorkload, pod: SimPod | undefined) {
  if (pod !== undefined) refreshPod(world, pod)
  world.dirty.workloads.add(keyOf(workload.spec))
}

/** The workload of that name, or the first one whose pods the Service of that name selects. */
function workloadOf(world: World, target: string): SimWorkload {
  const service = world.services.get(target)
  const workload = world.workloads.get(target) ?? (service && workloadsOf(world, service)[0])
  if (workload !== undefined) return workload
  throw new ControlError(service === undefined ? 'demo-unknown-object' : 'demo-no-workload', { object: target })
}

function cordonable(world: World, name: string, cordoned: boolean): SimNode {
  const node = world.nodes.get(name)
  if (node === undefined) throw new ControlError('demo-unknown-node', { node: name })
  if (node.unschedulable !== cordoned) throw new ControlError('demo-already-so', { object: name })
  return node
}

function zoneOf(world: World, zone: string): string {
  if (nodesOfZone(world, zone).length === 0) throw new ControlError('demo-unknown-zone', { zone })
  return zone
}
