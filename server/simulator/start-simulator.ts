// The embedded cluster: a living world behind the Kubernetes list and watch API, on a loopback port of this process.

import type { AddressInfo } from 'node:net'
import type { DemoResult } from './actions'
import { createApi } from './api'
import { control } from './control'
import { type ScenarioName, scenarioOf } from './scenarios/find-scenario'
import { createWorld } from './world/create-world'
import { type LastRead, lastReadOf } from './world/stopped-proxies'
import type { World } from './world/world'

export type SimulatorOptions = {
  readonly scenario: ScenarioName
  readonly size: 'small'
  readonly seed: number
  /** How much faster than life; 0: nothing happens by itself, and what a person does takes its usual time. */
  readonly speed: number
  readonly clock?: Clock
  readonly bookmarkEveryMs?: number
  /** Events kept per resource; a watch that resumes from before gets 410. */
  readonly historySize?: number
}

/** Time as the simulator sees it; tests hand in their own. */
export type Clock = { now(): number; setTimer(happen: () => void, ms: number): () => void }

export type Simulator = {
  readonly url: string
  /** Makes something happen; actions.ts says what and with which arguments. */
  control(action: string, args: Readonly<Record<string, unknown>>): Promise<DemoResult>
  /** What the kube-proxy of this node had read when it stopped writing rules; undefined where it follows the cluster. */
  stoppedProxy(node: string): LastRead | undefined
  /** Nodes with such a kube-proxy. */
  stoppedProxies(): readonly string[]
  stop(): Promise<void>
}

const systemClock: Clock = {
  now: Date.now,
  setTimer(happen, ms) {
    const timer = setTimeout(happen, ms)
    return () => clearTimeout(timer)
  },
}

/** Builds the scenario's world and serves it. The port is free and loopback only. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { scenario, seed, speed, historySize, bookmarkEveryMs = 30_000, clock = systemClock } = options
  const world = createWorld({ scenario: scenarioOf(scenario), seed, speed, startAt: clock.now(), historySize })
  const server = createApi({ cache: world.cache, bookmarkEveryMs, maxBufferedBytes: 16 << 20 })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', listening)
  })
  const life = live(world, clock)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async control(action, args) {
      life.catchUp()
      const result = control(world, action, args)
      life.catchUp()
      return result
    },
    stoppedProxy: (node) => lastReadOf(world, node),
    stoppedProxies: () => [...world.stoppedProxies.keys()],
    async stop() {
      life.end()
      const closed = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
}

const maxLateMs = 60_000

// Advances the world to the clock, and again whenever something is due.
function live(world: World, clock: Clock) {
  let cancel = () => {}
  let ended = false
  const catchUp = () => {
    cancel()
    if (ended) return
    const late = clock.now() - (world.timeline.nextDue() ?? Number.POSITIVE_INFINITY)
    if (late > maxLateMs) world.timeline.postpone(late)
    world.timeline.advanceTo(clock.now())
    const due = world.timeline.nextDue()
    // Timers of more than 24 days would fire at once.
    cancel =
      due === undefined ? () => {} : clock.setTimer(catchUp, Math.min(Math.max(due - clock.now(), 1), 86_400_000))
  }
  catchUp()
  return {
    catchUp,
    end() {
      ended = true
      cancel()
    },
  }
}
