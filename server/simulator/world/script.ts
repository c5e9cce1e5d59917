// What happens by itself: a small thing every 5 to 15 seconds, a drain now and then, seldom a whole zone. Everything
// comes back: replicas return to what is usual, nodes are uncordoned, zones heal. So the world stays the same size.

import type { Script } from '../scenarios/types'
import { drain, evictable, failZone, healZone, setUnschedulable } from './incidents'
import { closePod, deletePod } from './pods'
import type { Random } from './random'
import { isRollingOut, livePods, rollOut, scaleTo } from './workloads'
import { after, type World } from './world'

type Life = { readonly world: World; readonly random: Random; incident: boolean }
type Move = {
  readonly weight: number
  readonly candidates: readonly string[]
  readonly make: (life: Life, target: string) => void
}

const seconds = { betweenMoves: [5, 15], failing: [20, 45], drained: [60, 120], zoneDown: [60, 100] } as const

/** Starts the script; it goes on as long as the timeline is advanced. */
export function startScript(world: World): void {
  const life: Life = { world, random: world.random.fork(), incident: false }
  const moves = movesOf(world.scenario.script).filter(({ candidates }) => candidates.length > 0)
  const tick = () => {
    if (!life.incident) makeMove(life, moves)
    after(world, life.random.between(...seconds.betweenMoves), tick)
  }
  after(world, life.random.between(...seconds.betweenMoves), tick)
}

function makeMove(life: Life, moves: readonly Move[]) {
  let draw = life.random.between(
    0,
    moves.reduce((sum, { weight }) => sum + weight, 0),
  )
  for (const { weight, candidates, make } of moves) {
    draw -= weight
    const target = draw < 0 ? life.random.pick(candidates) : undefined
    if (target !== undefined) return make(life, target)
  }
}

const movesOf = (script: Script): readonly Move[] => [
  { weight: 450, candidates: script.restart, make: restartOne },
  { weight: 350, candidates: script.scale, make: drift },
  { weight: 80, candidates: script.failProbe, make: failForAWhile },
  { weight: 60, candidates: script.rollOut, make: ({ world }, target) => withWorkload(world, target, rollOut) },
  { weight: 30, candidates: [''], make: renewRetiring },
  { weight: 20, candidates: script.drain, make: drainForAWhile },
  { weight: 5, candidates: script.failZone, make: failZoneForAWhile },
]

function restartOne({ world, random }: Life, target: string) {
  withWorkload(world, target, (_, workload) => {
    const pod = random.pick(livePods(workload).filter(({ ready }) => ready))
    if (pod !== undefined && !isRollingOut(workload)) deletePod(world, pod)
  })
}

// One step up or down; never further than two from what is usual.
function drift({ world, random }: Life, target: string) {
  withWorkload(world, target, (_, workload) => {
    const off = workload.replicas - workload.usualReplicas
    const step = off >= 2 ? -1 : off <= -1 ? 1 : random.next() < 0.5 ? 1 : -1
    scaleTo(world, workload, Math.max(1, workload.replicas + step))
  })
}

function failForAWhile({ world, random }: Life, target: string) {
  withWorkload(world, target, (_, workload) => {
    if (workload.failing > 0) return
    const set = (failing: number) => {
      workload.failing = failing
      world.dirty.workloads.add(target)
    }
    set(1)
    after(world, random.between(...seconds.failing), () => set(0))
  })
}

// A pod that finished its last connection goes, and the workload retires another one in its place.
function renewRetiring({ world }: Life) {
  const oldest = [...world.pods.values()].find(({ retiring }) => retiring)
  if (oldest !== undefined) closePod(world, oldest)
}

function drainForAWhile(life: Life, target: string) {
  const { world, random } = life
  const node = world.nodes.get(target)
  if (node === undefined || node.unschedulable || evictable(world, node).length === 0) return
  life.incident = true
  drain(world, node)
  after(world, random.between(...seconds.drained), () => {
    setUnschedulable(world, node, false)
    life.incident = false
  })
}

function failZoneForAWhile(life: Life, target: string) {
  const { world, random } = life
  life.incident = true
  failZone(world, target)
  after(world, random.between(...seconds.zoneDown), () => {
    healZone(world, target)
    life.incident = false
  })
}

function withWorkload(
  world: World,
  key: string,
  act: (world: World, workload: NonNullable<ReturnType<World['workloads']['get']>>) => void,
) {
  const workload = world.workloads.get(key)
  if (workload !== undefined) act(world, workload)
}
