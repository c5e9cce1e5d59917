// The very reflector that reads a real API server reads the embedded cluster: what it holds must be what the model has.

import { afterEach, expect, test } from 'vitest'
import type { Kind } from '@/core/model/records'
import { entryKinds } from '@/core/model/records-entries'
import { plainConnection } from '@/server/kube/connection'
import { type Reflectors, startReflectors } from '@/server/kube/start-reflectors'
import { createClusterStore } from '@/server/store/cluster-store'
import { type Simulator, startSimulator } from './start-simulator'

let simulator: Simulator
let reflectors: Reflectors

afterEach(async () => {
  await reflectors.stop()
  await simulator.stop()
})

const kinds: readonly Kind[] = [
  'Node',
  'Namespace',
  'Service',
  'EndpointSlice',
  'Pod',
  'Endpoints',
  'DaemonSet',
  'ServiceCIDR',
  ...entryKinds,
  'NetworkPolicy',
]

async function read(options: { speed: number; historySize?: number }) {
  simulator = await startSimulator({ scenario: 'shop', size: 'small', seed: 1, bookmarkEveryMs: 50, ...options })
  const store = createClusterStore()
  const faults: unknown[] = []
  const connection = plainConnection(simulator.url)
  reflectors = startReflectors({
    connection,
    namespaces: [],
    watchPods: true,
    onEvents: (events) => void store.apply(events),
    onState: (state) => {
      if (state.state === 'broken' || state.state === 'forbidden') faults.push(state)
    },
    onRejects: (rejects) => void faults.push(...rejects),
    onIdentityUnknown: (error) => void faults.push(error),
  })
  await expect.poll(() => kinds.filter((kind) => store.coverage(kind) !== 'synced'), { timeout: 10_000 }).toEqual([])
  return { store, faults }
}

type Item = {
  readonly metadata: { readonly namespace?: string; readonly name: string; readonly resourceVersion: string }
}

async function served(path: string) {
  const response = await fetch(simulator.url + path)
  const { items } = (await response.json()) as { items: Item[] }
  return items.map(({ metadata }) => `${metadata.namespace}/${metadata.name} ${metadata.resourceVersion}`)
}

test('reads the whole world, nothing refused, and follows what a person does', async () => {
  const { store, faults } = await read({ speed: 0 })
  expect([[...store.nodes()].length, [...store.services()].length]).toEqual([12, 41])
  await simulator.control('scale', { namespace: 'shop', name: 'web', replicas: 14 })
  const web = () => [...store.pods()].filter(({ workload, ready }) => workload?.name === 'web' && ready).length
  await expect.poll(web, { timeout: 15_000 }).toBe(14)
  expect(faults).toEqual([])
})

test('ends up with exactly what is served, although the history is short and the world is quick', {
  timeout: 40_000,
}, async () => {
  const { store, faults } = await read({ speed: 40, historySize: 20 })
  const held = () => [...store.pods()].map(({ key, resourceVersion }) => `${key} ${resourceVersion}`)
  let equal = 0
  await expect
    .poll(
      async () => {
        const [now, wanted] = [held(), await served('/api/v1/pods')]
        if (JSON.stringify(now.sort()) === JSON.stringify(wanted.sort())) equal += 1
        return equal
      },
      { timeout: 30_000, interval: 100 },
    )
    .toBeGreaterThan(3)
  expect(faults).toEqual([])
})
