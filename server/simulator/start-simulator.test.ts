import { afterEach, describe, expect, test } from 'vitest'
import type { DemoProblemCode } from './actions'
import type { ApiObject } from './api-object'
import { type Clock, type Simulator, type SimulatorOptions, startSimulator } from './start-simulator'

const startAt = Date.parse('2026-11-21T10:00:00Z')
let running: Simulator | undefined

afterEach(async () => {
  await running?.stop()
  running = undefined
})

/** A clock that stands still until the test moves it. */
function handClock() {
  let now = startAt
  let timers: { due: number; happen: () => void }[] = []
  const clock: Clock = {
    now: () => now,
    setTimer(happen, ms) {
      const timer = { due: now + ms, happen }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
  }
  const pass = (seconds: number) => {
    const end = now + seconds * 1000
    for (;;) {
      const [next] = timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)
      if (next === undefined) break
      timers = timers.filter((timer) => timer !== next)
      now = next.due
      next.happen()
    }
    now = end
  }
  return { clock, pass, pending: () => timers.length }
}

async function start(options: Partial<SimulatorOptions> = {}) {
  running = await startSimulator({ scenario: 'shop', size: 'small', seed: 1, speed: 0, ...options })
  const { url, control } = running
  const list = async (path: string) => {
    const response = await fetch(url + path)
    return ((await response.json()) as { items: ApiObject[] }).items
  }
  const readyPods = async (namespace: string, labels: string) => {
    const pods = await list(`/api/v1/namespaces/${namespace}/pods?labelSelector=${labels}`)
    // Pods on their way out do not count: their successors have to be there before them.
    const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    return staying.filter((pod) => JSON.stringify(pod.status).includes('"type":"Ready","status":"True"')).length
  }
  return { url, control, list, readyPods }
}

describe('the embedded cluster', () => {
  test('is served over HTTP on loopback and ends when it is stopped', async () => {
    const { url, list } = await start()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await list('/api/v1/nodes')).toHaveLength(12)
    await running?.stop()
    running = undefined
    await expect(fetch(`${url}/readyz`)).rejects.toThrow()
  })

  test('speed 0 is a frozen world: nothing is due, and an hour changes nothing', async () => {
    const { clock, pass, pending } = handClock()
    const { list } = await start({ clock })
    const before = await list('/api/v1/pods')
    expect(pending()).toBe(0)
    pass(3600)
    expect(await list('/api/v1/pods')).toEqual(before)
  })

  test('a watch sees the world live at speed 1', async () => {
    const { clock, pass } = handClock()
    const { url } = await start({ clock, speed: 1 })
    const response = await fetch(`${url}/api/v1/pods?watch=true&timeoutSeconds=1`)
    pass(120)
    const lines = (await response.text()).split('\n')
    expect(lines.filter((line) => line.startsWith('{"type":"MODIFIED"')).length).toBeGreaterThan(5)
  })

  test('a laptop that slept for a day does not live through it at once', async () => {
    let now = startAt
    const timers: (() => void)[] = []
    const clock: Clock = {
      now: () => now,
      setTimer(happen) {
        timers.push(happen)
        return () => {}
      },
    }
    const { list } = await start({ clock, speed: 1 })
    now += 24 * 3600_000
    timers.at(-1)?.()
    const changed = (await list('/api/v1/pods')).filter(({ metadata }) => Number(metadata.resourceVersion) > 0)
    expect(changed.filter(({ metadata }) => Date.parse(metadata.creationTimestamp) > startAt).length).toBeLessThan(3)
  })
})

describe('control', () => {
  test('scale makes pods, and takes them away again', async () => {
    const { clock, pass } = handClock()
    const { control, readyPods } = await start({ clock })
    await control('scale', { namespace: 'shop', name: 'web', replicas: 15 })
    pass(20)
    expect(await readyPods('shop', 'app=web')).toBe(15)
    await control('scale', { namespace: 'shop', name: 'web', replicas: 0 })
    pass(30)
    expect(await readyPods('shop', 'app=web')).toBe(0)
  })

  test('rollOut replaces every pod and never goes below three quarters', async () => {
    const { clock, pass } = handClock()
    const { control, list, readyPods } = await start({ clock })
    const before = new Set(
      (await list('/api/v1/namespaces/shop/pods?labelSelector=app=web')).map(({ metadata }) => metadata.uid),
    )
    await control('rollOut', { namespace: 'shop', name: 'web' })
    for (let second = 0; second < 120; second += 1) {
      pass(1)
      expect(await readyPods('shop', 'app=web')).toBeGreaterThanOrEqual(9)
    }
    const after = await list('/api/v1/namespaces/shop/pods?labelSelector=app=web')
    expect(after).toHaveLength(12)
    expect(after.filter(({ metadata }) => before.has(metadata.uid))).toEqual([])
  })

  test('drain empties a node but for its DaemonSets; uncordon opens it', async () => {
    const { clock, pass } = handClock()
    const { control, list } = await start({ clock })
    await control('drain', { node: 'node-4' })
    pass(60)
    const left = await list('/api/v1/pods?fieldSelector=spec.nodeName=node-4')
    expect(left.map(({ metadata }) => metadata.ownerReferences?.[0]?.kind)).toEqual(['DaemonSet', 'DaemonSet'])
    expect((await list('/api/v1/nodes?fieldSelector=metadata.name=node-4'))[0]?.spec).toMatchObject({
      unschedulable: true,
    })
    await control('uncordon', { node: 'node-4' })
    expect((await list('/api/v1/nodes?fieldSelector=metadata.name=node-4'))[0]?.spec).not.toHaveProperty(
      'unschedulable',
    )
  })

  test('failZone silences its nodes and pods; healZone brings all back', async () => {
    const { clock, pass } = handClock()
    const { control, readyPods, list } = await start({ clock })
    const conditions = async () =>
      (await list('/api/v1/nodes')).filter((node) =>
        JSON.stringify(node.status).includes('"type":"Ready","status":"True"'),
      ).length
    await control('failZone', { zone: 'zone-a' })
    pass(10)
    expect([await readyPods('shop', 'app=web'), await conditions()]).toEqual([8, 8])
    await control('healZone', { zone: 'zone-a' })
    pass(30)
    expect([await readyPods('shop', 'app=web'), await conditions()]).toEqual([12, 12])
  })

  test('a zone that stays away is evicted after five minutes, and its pods are gone once it is back', async () => {
    const { clock, pass } = handClock()
    const { control, readyPods, list } = await start({ clock })
    await control('failZone', { zone: 'zone-a' })
    pass(330)
    const web = '/api/v1/namespaces/shop/pods?labelSelector=app=web'
    expect(await readyPods('shop', 'app=web')).toBe(12)
    expect((await list(web)).filter(({ metadata }) => metadata.deletionTimestamp)).toHaveLength(4)
    await control('healZone', { zone: 'zone-a' })
    pass(30)
    expect(await list(web)).toHaveLength(12)
  })

  test('failProbe makes pods not ready, of a workload or one by name; fix mends them', async () => {
    const { clock, pass } = handClock()
    const { control, readyPods, list } = await start({ clock })
    await control('failProbe', { namespace: 'shop', name: 'web', pods: 2 })
    const [first] = await list('/api/v1/namespaces/shop/pods?labelSelector=app=web')
    await control('failProbe', { namespace: 'shop', name: first?.metadata.name })
    pass(5)
    expect(await readyPods('shop', 'app=web')).toBe(9)
    await control('fix', { namespace: 'shop', name: 'web' })
    pass(5)
    expect(await readyPods('shop', 'app=web')).toBe(12)
  })

  const refused: [string, Parameters<Simulator['control']>, DemoProblemCode][] = [
    ['an unknown Service', ['scale', { namespace: 'shop', name: 'nobody', replicas: 1 }], 'demo-unknown-object'],
    [
      'a Service without workload',
      ['scale', { namespace: 'data', name: 'warehouse', replicas: 1 }],
      'demo-no-workload',
    ],
    [
      'a DaemonSet',
      ['scale', { namespace: 'observability', name: 'otel-collector', replicas: 1 }],
      'demo-not-scalable',
    ],
    ['too many replicas', ['scale', { namespace: 'shop', name: 'web', replicas: 9999 }], 'demo-bad-argument'],
    ['an unknown action', ['deleteEverything', {}], 'demo-unknown-action'],
    ['a name of the language', ['constructor', {}], 'demo-unknown-action'],
    ['an argument that is missing', ['drain', {}], 'demo-bad-argument'],
    ['an argument too many', ['drain', { node: 'node-1', force: true }], 'demo-bad-argument'],
    ['an unknown node', ['drain', { node: 'node-99' }], 'demo-unknown-node'],
    ['a node that is not cordoned', ['uncordon', { node: 'node-1' }], 'demo-already-so'],
    ['an unknown zone', ['failZone', { zone: 'zone-x' }], 'demo-unknown-zone'],
    ['nothing broken', ['fix', { namespace: 'shop', name: 'web' }], 'demo-nothing-to-fix'],
    ['pods without a probe', ['failProbe', { namespace: 'batch', name: 'scheduler' }], 'demo-no-pod-to-fail'],
  ]
  test.each(refused)('%s is refused with a code', async (_, [action, args], code) => {
    const { clock } = handClock()
    const { control } = await start({ clock })
    expect(await control(action, args)).toMatchObject({ ok: false, problem: code })
  })
})
