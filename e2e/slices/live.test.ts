// The real EndpointSlice controller, step by step: core/slices predicts its writes, the slices' sizes, conditions and hints.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseObject } from '../../core/model/from-api'
import type { Kind, RecordOf } from '../../core/model/records'
import type { HintState } from '../../core/slices/settle-hints'
import { whyNoPrograms } from '../cluster/build.ts'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { namespace, node } from '../cluster/objects.ts'
import { takePriority } from '../priority.ts'
import { factsOf, type Observed, type Predicted, predictSync, type SliceFacts } from './prediction.ts'
import { BATCH_MS, NODES, type Sequence, World } from './sequence.ts'
import { sequences } from './sequences.ts'
import { type SliceWatch, type Writes, watchSlices } from './slice-watch.ts'

takePriority()

const LIMIT = 10

/** After this silence a step is over; a write that comes later would be counted to the next one, and be found there. */
const QUIET_MS = 1_500

type Outcome = {
  readonly predicted: Pick<Predicted, 'writes' | 'facts'>
  readonly real: { readonly writes: Writes; readonly facts: SliceFacts }
  readonly tookMs: number
}

const skipReason = await whyNoPrograms()
if (skipReason) console.warn(`SKIPPED, the real EndpointSlice controller: ${skipReason}`)

describe.skipIf(skipReason)('the real EndpointSlice controller', () => {
  let cluster: ControlPlane
  let watch: SliceWatch
  let lastTurn: Promise<unknown> = Promise.resolve()
  const outcomes = new Map<Sequence, Promise<readonly Outcome[]>>()

  beforeAll(async () => {
    const period = `--endpointslice-updates-batch-period=${BATCH_MS}ms`
    cluster = await startControlPlane({ maxEndpointsPerSlice: LIMIT, controllerManagerFlags: [period] })
    for (const name of NODES) await cluster.api.create(node(name, { zone: name.replace('node', 'zone') }))
    watch = await watchSlices(cluster)
    for (const [i, sequence] of sequences.entries()) outcomes.set(sequence, run(sequence, `live-${i}`))
    await Promise.allSettled(outcomes.values())
  })
  afterAll(async () => {
    watch?.stop()
    await cluster?.stop()
  })

  describe.each(sequences.map((sequence) => [sequence.name, sequence] as const))('[M8] real: %s', (_, sequence) => {
    test.each(sequence.steps.map(({ name }, i) => [name, i] as const))('%s', async (_, i) => {
      const outcome = (await outcomes.get(sequence))?.[i]
      // Longer than the batch period, and the controller may have synced in between.
      expect(outcome?.tookMs).toBeLessThan(BATCH_MS)
      expect(outcome?.real).toEqual(outcome?.predicted)
    })
  })

  async function run(sequence: Sequence, name: string): Promise<readonly Outcome[]> {
    const world = new World(cluster.api, name)
    await alone(async () => {
      await cluster.api.create(namespace(name))
      await sequence.before?.(world)
    })
    await sleep(BATCH_MS)
    const done: Outcome[] = []
    let hintState: HintState | undefined
    for (const step of sequence.steps) {
      const before = await observeSlices(name)
      const writesBefore = watch.writes(`${name}/web`)
      const tookMs = await alone(() => step.act(world))
      const observed = await observe(name)
      const predicted = predictSync(observed, before, { limit: LIMIT, hintState })
      await settled(`${name}/web`)
      const real = {
        writes: since(writesBefore, watch.writes(`${name}/web`)),
        facts: factsOf(await observeSlices(name)),
      }
      done.push({ predicted: { writes: predicted.writes, facts: predicted.facts }, real, tookMs })
      hintState = predicted.hintState
    }
    return done
  }

  // One sequence writes at a time, so that a step's writes keep within the batch period.
  async function alone(act: () => Promise<unknown>): Promise<number> {
    const turn = lastTurn.then(async () => {
      const start = performance.now()
      await act()
      return performance.now() - start
    })
    lastTurn = turn.catch(() => undefined)
    return turn
  }

  async function settled(service: string): Promise<void> {
    await sleep(BATCH_MS + QUIET_MS)
    while (performance.now() - watch.lastAt(service) < QUIET_MS) await sleep(100)
  }

  async function observe(name: string): Promise<Observed> {
    const [service] = await records('Service', `/api/v1/namespaces/${name}/services`)
    if (!service) throw new Error(`no Service in ${name}`)
    const all = await records('Pod', `/api/v1/namespaces/${name}/pods`)
    const selector = [...(service.selector ?? [])]
    const pods = all.filter(({ labels }) => selector.every(([key, value]) => labels.get(key) === value))
    return { service, pods, nodes: await records('Node', '/api/v1/nodes') }
  }

  const observeSlices = (name: string) =>
    records('EndpointSlice', `/apis/discovery.k8s.io/v1/namespaces/${name}/endpointslices`)

  async function records<K extends Kind>(kind: K, path: string): Promise<readonly RecordOf<K>[]> {
    return (await cluster.api.list(path)).map((object) => {
      const parsed = parseObject(kind, object)
      if (!parsed.ok) throw new Error(`${kind} ${parsed.reject.name}: ${parsed.reject.field} ${parsed.reject.code}`)
      return parsed.record
    })
  }
})

const since = (before: Writes, after: Writes): Writes => ({
  creates: after.creates - before.creates,
  updates: after.updates - before.updates,
  deletes: after.deletes - before.deletes,
})
