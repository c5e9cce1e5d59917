import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EndpointSliceRecord } from '../model/records'
import { node, nodeMap, pod, service, slice } from '../proxy/testing'
import { type Reconciled, type ReconcileInput, reconcile } from './reconcile'
import { SLICE_CONTROLLER } from './slice-draft'

const NODES = nodeMap(node('node-a', 'zone-a'), node('node-b', 'zone-b'), node('node-c', 'zone-c'))
const SELECTED = { selector: { app: 'cart' } }
const pods = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => pod(`p-${from + i}`, `10.0.1.${from + i}`))

/** What stands after the sync, by name. */
function apply(before: readonly EndpointSliceRecord[], done: Reconciled): readonly EndpointSliceRecord[] {
  const gone = new Set(done.delete.map(({ name }) => name))
  const updated = new Map(done.update.map((one) => [one.name, one]))
  return [...before.filter(({ name }) => !gone.has(name)).map((one) => updated.get(one.name) ?? one), ...done.create]
}

let names = 0
const sync = (input: Partial<ReconcileInput>, max = 5, hintState?: Reconciled['hintState']) => {
  const full = { service: service(SELECTED), pods: [], nodes: NODES, slices: [], ...input }
  const done = reconcile(full, { maxEndpointsPerSlice: max, nameFor: () => `cart-new-${names++}`, hintState })
  return {
    ...done,
    after: apply(full.slices, done),
    writes: [done.create.length, done.update.length, done.delete.length],
  }
}
const sizes = (slices: readonly EndpointSliceRecord[]) =>
  slices.map(({ endpoints }) => endpoints.length).sort((a, b) => b - a)

describe('[S9] existing slices keep what is wanted', () => {
  const start = sync({ pods: pods(17) })
  test('17 pods at 5 per slice are 4 slices', () => {
    expect([start.writes, sizes(start.after)]).toEqual([
      [4, 0, 0],
      [5, 5, 5, 2],
    ])
  })

  test.each([
    ['nothing changed: no write', pods(17), [0, 0, 0], [5, 5, 5, 2]],
    ['one pod gone: one update', pods(16, 1), [0, 1, 0], [5, 5, 4, 2]],
    ['all pods of a slice gone: it is deleted', pods(15), [0, 0, 1], [5, 5, 5]],
    [
      'one pod not ready: one update',
      [...pods(16), pod('p-16', '10.0.1.16', { status: { conditions: [] } })],
      [0, 1, 0],
      [5, 5, 5, 2],
    ],
  ])('%s', (_, next, writes, expected) => {
    const done = sync({ pods: next, slices: start.after })
    expect([done.writes, sizes(done.after)]).toEqual([writes, expected])
  })

  test('an endpoint in two slices stays in the first by name', () => {
    const [one] = sync({ pods: pods(1) }).after
    if (!one) throw new Error('no slice')
    const twice = [
      { ...one, name: 'cart-b' },
      { ...one, name: 'cart-a' },
    ]
    expect(sync({ pods: pods(1), slices: twice }).delete.map(({ name }) => name)).toEqual(['cart-b'])
  })
})

describe('[S10] new endpoints go into slices that are written anyway, the fullest first', () => {
  test('one pod replaced in one slice, two more join it', () => {
    const start = sync({ pods: pods(9) }) // 5 + 4
    const done = sync({ pods: [...pods(3), ...pods(4, 5), ...pods(2, 20)], slices: start.after })
    expect([done.writes, sizes(done.after)]).toEqual([
      [0, 1, 0],
      [5, 4],
    ])
  })

  test('of two slices being written the fuller one is filled', () => {
    const start = sync({ pods: pods(9) })
    const done = sync({ pods: [...pods(4), ...pods(2, 5), ...pods(1, 20)], slices: start.after }) // 4 and 2 remain
    expect([done.writes, sizes(done.after)]).toEqual([
      [0, 2, 0],
      [5, 2],
    ])
  })
})

describe('[S10] the fullest slice first', () => {
  test('also when it comes second', () => {
    const start = sync({ pods: pods(9) })
    const done = sync({ pods: [...pods(2), ...pods(3, 5), ...pods(1, 20)], slices: start.after }) // 2 and 3 remain
    expect([done.writes, sizes(done.after)]).toEqual([
      [0, 2, 0],
      [4, 2],
    ])
  })
})

describe('[S11] of slices that are alike', () => {
  test('the first by name takes the rest', () => {
    const start = sync({ pods: pods(10) })
    const alike = sync({ pods: [...pods(3), ...pods(3, 5)], slices: start.after }).after
    const done = sync({ pods: [...pods(3), ...pods(3, 5), ...pods(1, 20)], slices: alike })
    const names = alike.map(({ name }) => name).sort()
    expect(done.update.map(({ name }) => name)).toEqual(names.slice(0, 1))
  })
})

describe('[S11] the rest goes into one slice that takes it all, or into new ones', () => {
  const halfFull = () => {
    const start = sync({ pods: pods(10) })
    return sync({ pods: [...pods(3), ...pods(2, 5)], slices: start.after }).after // 3 and 2
  }
  const kept = [...pods(3), ...pods(2, 5)]
  test.each([
    ['the slice that ends up fullest', pods(2, 20), [0, 1, 0], [5, 2]],
    ['the only slice with room for all', pods(3, 20), [0, 1, 0], [5, 3]],
    ['a new slice if no slice takes all', pods(4, 20), [1, 0, 0], [4, 3, 2]],
    ['as many as the limit: a new slice', pods(5, 20), [1, 0, 0], [5, 3, 2]],
    ['a new slice, and the remainder into one that takes it', pods(7, 20), [1, 1, 0], [5, 5, 2]],
  ])('%s', (_, more, writes, expected) => {
    const slices = halfFull()
    expect(sizes(slices)).toEqual([3, 2])
    const done = sync({ pods: [...kept, ...more], slices })
    expect([done.writes, sizes(done.after)]).toEqual([writes, expected])
  })
})

describe('[S11] an empty slice with the same ports', () => {
  const headless = service({ ...SELECTED, clusterIP: 'None', ports: [] })
  const empty = sync({ service: headless }).after
  test.each([
    ['takes fewer endpoints than the limit', 4, [0, 1, 0], [4]],
    ['is passed over for a full slice, and stays', 5, [1, 0, 0], [5, 0]],
  ])('%s', (_, count, writes, expected) => {
    const done = sync({ service: headless, pods: pods(count), slices: empty })
    expect([done.writes, sizes(done.after)]).toEqual([writes, expected])
  })
})

describe('[S12] whose slices are touched', () => {
  const own = { labels: { 'endpointslice.kubernetes.io/managed-by': SLICE_CONTROLLER } }
  test.each([
    [
      'a slice of another manager is left alone',
      slice([], { name: 'x', labels: { 'endpointslice.kubernetes.io/managed-by': 'me' } }),
      [1, 0, 0],
    ],
    ['a slice without a manager is left alone', slice([], { name: 'x' }), [1, 0, 0]],
    [
      'a slice of another Service is left alone',
      slice([], { name: 'x', labels: { ...own.labels, 'kubernetes.io/service-name': 'web' } }),
      [1, 0, 0],
    ],
    [
      'a slice of an earlier Service of that name is deleted, not taken over',
      { ...slice([], { name: 'x', ...own }), owner: { name: 'cart', uid: 'old' } },
      [1, 0, 1],
    ],
    [
      'a slice of a lost family is deleted',
      { ...slice([], { name: 'x', ...own, addressType: 'IPv6' }), owner: { name: 'cart', uid: 'svc-uid' } },
      [1, 0, 1],
    ],
  ] as const)('%s', (_, existing, writes) => {
    expect(sync({ pods: pods(1), slices: [existing] }).writes).toEqual(writes)
  })

  test('a Service that is not sliced gets no writes', () => {
    expect(sync({ service: service({}), pods: pods(1), slices: sync({ pods: pods(1) }).after }).writes).toEqual([
      0, 0, 0,
    ])
  })
})

describe('[S13] labels of slices are those of the Service', () => {
  const labelled = (labels: object) => service(SELECTED, { labels })
  const created = sync({ service: labelled({ team: 'a', 'kubernetes.io/service-name': 'lie' }), pods: pods(1) })
  test('but for the reserved ones', () => {
    expect(Object.fromEntries(created.after[0]?.labels ?? [])).toEqual({
      team: 'a',
      'kubernetes.io/service-name': 'cart',
      'endpointslice.kubernetes.io/managed-by': SLICE_CONTROLLER,
    })
  })

  test.each([
    ['changed', labelled({ team: 'b' }), [0, 1, 0]],
    ['removed', labelled({}), [0, 1, 0]],
    ['added', labelled({ team: 'a', more: 'x' }), [0, 1, 0]],
    ['a reserved one', labelled({ team: 'a', 'kubernetes.io/service-name': 'other lie' }), [0, 0, 0]],
    ['headless state alone', service({ ...SELECTED, clusterIP: 'None' }, { labels: { team: 'a' } }), [0, 0, 0]],
  ])('%s', (_, changed, writes) => {
    expect(sync({ service: changed, pods: pods(1), slices: created.after }).writes).toEqual(writes)
  })

  test('headless shows when a slice is written for another reason', () => {
    const headless = service({ ...SELECTED, clusterIP: 'None' }, { labels: { team: 'b' } })
    const done = sync({ service: headless, pods: pods(1), slices: created.after })
    expect(done.after[0]?.labels.get('service.kubernetes.io/headless')).toBe('')
  })
})

describe('[S24] a Service is never without a slice', () => {
  const empty = sync({})
  test('no pods: one placeholder without endpoints and ports', () => {
    expect(empty.after.map(({ endpoints, ports, addressType }) => [endpoints, ports, addressType])).toEqual([
      [[], [], 'IPv4'],
    ])
    expect(sync({ slices: empty.after }).writes).toEqual([0, 0, 0])
  })

  test('one per family', () => {
    const dual = service({ ...SELECTED, ipFamilies: ['IPv4', 'IPv6'] })
    expect(sync({ service: dual }).after.map(({ addressType }) => addressType)).toEqual(['IPv4', 'IPv6'])
  })

  test('a placeholder with other labels is rewritten in place', () => {
    const done = sync({ service: service(SELECTED, { labels: { team: 'a' } }), slices: empty.after })
    expect([done.writes, done.after[0]?.name]).toEqual([[0, 1, 0], empty.after[0]?.name])
  })
})

describe('[S24] a placeholder', () => {
  const [kept] = sync({}).after
  if (!kept) throw new Error('no placeholder')
  test.each([
    ['with a label that is empty stays', new Map([...kept.labels, ['extra', '']]), [0, 0, 0]],
    ['with one that says something does not', new Map([...kept.labels, ['extra', 'x']]), [0, 1, 0]],
  ])('%s', (_, labels, writes) => {
    expect(sync({ slices: [{ ...kept, labels }] }).writes).toEqual(writes)
  })

  test.each([
    ['ports', { ports: [{ name: '', protocol: 'TCP', port: 80, appProtocol: undefined }] as const }],
    ['endpoints', { endpoints: sync({ pods: pods(1) }).after.flatMap(({ endpoints }) => endpoints) }],
  ])('is none with %s', (_, more) => {
    const done = sync({ slices: [{ ...kept, ...more }] })
    expect([done.writes, done.after.map(({ ports, endpoints }) => [ports, endpoints])]).toEqual([[0, 1, 0], [[[], []]]])
  })

  test('that lacks an empty label of its Service stays', () => {
    const headless = service({ ...SELECTED, clusterIP: 'None' })
    expect(sync({ service: headless, slices: [kept] }).writes).toEqual([0, 0, 0])
  })
})

test('[S9] a slice that is rewritten stays of its family', () => {
  const six = service({ ...SELECTED, clusterIP: 'fd00::a', clusterIPs: ['fd00::a'], ipFamilies: ['IPv6'] })
  const both = [pod('p-0', 'fd00::1'), pod('p-1', 'fd00::2')]
  const start = sync({ service: six, pods: both })
  const done = sync({ service: six, pods: both.slice(0, 1), slices: start.after })
  expect(done.update.map(({ addressType, name }) => [addressType, name])).toEqual([['IPv6', start.after[0]?.name]])
})

describe('[S12] which slices are looked at', () => {
  const start = sync({ pods: pods(1) })
  const [own] = start.after
  if (!own) throw new Error('no slice')

  test('a slice of another namespace is left alone', () => {
    expect(sync({ pods: pods(1), slices: [{ ...own, namespace: 'other' }] }).writes).toEqual([1, 0, 0])
  })

  test.each([
    ['of an earlier Service', { name: 'cart', uid: 'old' }],
    ['of nobody', undefined],
  ])('one %s is deleted although it holds what is wanted', (_, owner) => {
    const done = sync({ pods: pods(1), slices: [{ ...own, owner }] })
    expect([done.writes, done.delete.map(({ name }) => name)]).toEqual([[1, 0, 1], [own.name]])
  })

  test('those of both families stay', () => {
    const dual = service({ ...SELECTED, ipFamilies: ['IPv4', 'IPv6'] })
    const both = [pod('p-0', undefined, { status: { podIPs: [{ ip: '10.0.1.1' }, { ip: 'fd00::1' }] } })]
    const before = sync({ service: dual, pods: both })
    expect(before.writes).toEqual([2, 0, 0])
    expect(sync({ service: dual, pods: both, slices: before.after }).writes).toEqual([0, 0, 0])
  })

  test('they are looked at by name, in whatever order they come', () => {
    const [a, b] = [
      { ...own, name: 'cart-a' },
      { ...own, name: 'cart-b' },
    ]
    const kept = [
      [a, b],
      [b, a],
    ].map((slices) => sync({ pods: pods(1), slices }).after.map(({ name }) => name))
    expect(kept).toEqual([['cart-a'], ['cart-a']])
  })

  test('a Service that is not sliced is given nothing', () => {
    const done = reconcile(
      { service: service(), pods: pods(2), nodes: NODES, slices: [own] },
      { maxEndpointsPerSlice: 5, nameFor: () => 'x' },
    )
    expect(done).toMatchObject({ create: [], update: [], delete: [], events: [], skipped: [] })
  })

  test('a slice that is written anyway is not looked at again for its hints', () => {
    const before = sync({ pods: pods(2) }).after
    const zoned = service({ ...SELECTED, trafficDistribution: 'PreferSameZone' })
    expect(sync({ service: zoned, pods: pods(1), slices: before }).writes).toEqual([0, 1, 0])
  })

  test('of two placeholders one is left, written anew', () => {
    const [one] = sync({}).after
    if (!one) throw new Error('no placeholder')
    const done = sync({
      slices: [
        { ...one, name: 'cart-a' },
        { ...one, name: 'cart-b' },
      ],
    })
    expect([done.writes, done.after.map(({ name }) => name)]).toEqual([[0, 1, 1], ['cart-a']])
  })
})

describe('[S25] a slice to create takes the name of one to delete', () => {
  test.each([
    ['from nothing to pods', {}, { pods: pods(2) }],
    ['from pods to nothing', { pods: pods(2) }, {}],
    [
      'a renamed port',
      { pods: pods(2) },
      { pods: pods(2), service: service({ ...SELECTED, ports: [{ name: 'http', port: 80 }] }) },
    ],
  ])('%s: one update', (_, before, after) => {
    const start = sync(before)
    const done = sync({ ...after, slices: start.after })
    expect([done.writes, done.after.map(({ name }) => name)]).toEqual([[0, 1, 0], start.after.map(({ name }) => name)])
  })

  test('a Service being deleted gets no new slice', () => {
    const leaving = service(SELECTED, { deletionTimestamp: '2026-01-01T00:00:00Z' })
    expect(sync({ service: leaving, pods: pods(1) }).writes).toEqual([0, 0, 0])
  })
})

test('[S8] the other pods are written though one has no node', () => {
  const done = sync({ pods: [...pods(2), pod('lost', '10.0.2.1', { spec: { nodeName: 'gone' } })] })
  expect([sizes(done.after), done.skipped]).toEqual([[2], [{ pod: 'lost', node: 'gone' }]])
})

test('a written slice carries its owner, the trigger time and the name it was given', () => {
  const input = { service: service(SELECTED), pods: pods(1), nodes: NODES, slices: [] }
  const [made] = reconcile(input, { maxEndpointsPerSlice: 5, nameFor: (n) => `cart-${n}`, triggerTime: 7 }).create
  expect([made?.key, made?.name, made?.owner, made?.lastChangeTriggerTime, made?.serviceName, made?.managedBy]).toEqual(
    ['shop/cart-0', 'cart-0', { name: 'cart', uid: 'svc-uid' }, 7, 'cart', SLICE_CONTROLLER],
  )
})

describe('over any change of the pods', () => {
  const state = fc.record({
    ready: fc.boolean(),
    node: fc.constantFrom('node-a', 'node-b', 'node-c'),
    port: fc.constantFrom(8080, 9090),
  })
  const world = fc.dictionary(fc.integer({ min: 0, max: 40 }).map(String), state, { maxKeys: 40, size: 'max' })
  const toPods = (states: Record<string, { ready: boolean; node: string; port: number }>) =>
    Object.entries(states).map(([n, of]) =>
      pod(`p-${n}`, `10.0.1.${n}`, {
        spec: { nodeName: of.node, containers: [{ name: 'c', ports: [{ name: 'web', containerPort: of.port }] }] },
        status: { conditions: [{ type: 'Ready', status: of.ready ? 'True' : 'False' }] },
      }),
    )
  const distribution = fc.constantFrom(undefined, 'PreferSameZone', 'PreferSameNode')
  const subjects = (trafficDistribution: string | undefined) =>
    service({ ...SELECTED, ports: [{ port: 80, targetPort: 'web' }], trafficDistribution })

  test('[S9] every wanted endpoint stands once, no slice is over the limit, and a second sync writes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(world, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        distribution,
        (worlds, max, wanted) => {
          let slices: readonly EndpointSliceRecord[] = []
          for (const states of worlds) {
            const input = { service: subjects(wanted), pods: toPods(states), slices }
            slices = sync(input, max).after
            const placed = slices.flatMap(({ endpoints }) => endpoints.map(({ targetRef }) => targetRef?.name ?? ''))
            expect(placed.sort()).toEqual(input.pods.map(({ name }) => name).sort())
            expect(Math.max(...sizes(slices))).toBeLessThanOrEqual(max)
            expect(slices.length).toBeGreaterThan(0)
            expect(sync({ ...input, slices }, max).writes).toEqual([0, 0, 0])
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('[S18] a second sync writes nothing with topology hints either, and every ready endpoint is hinted or none is', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 9 }), (states, max) => {
        const subject = service(SELECTED, { annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } })
        const input = { service: subject, pods: toPods(states) }
        const first = sync(input, max)
        const ready = first.after.flatMap(({ endpoints }) => endpoints).filter((one) => one.ready)
        const hinted = ready.filter(({ hintZones }) => hintZones.length === 1)
        expect([0, ready.length]).toContain(hinted.length)
        expect(sync({ ...input, slices: first.after }, max, first.hintState).writes).toEqual([0, 0, 0])
      }),
      { numRuns: 100 },
    )
  })

  test('[S20] an endpoint in a zone that does not count is rewritten on every sync, as the real controller does', () => {
    const nodes = nodeMap(
      ...NODES.values(),
      node('node-d', 'zone-d', { labels: { 'node-role.kubernetes.io/control-plane': '' } }),
    )
    const on = (name: string, at: string) => pod(name, `10.0.1.${name.length}`, { spec: { nodeName: at } })
    const subject = service(SELECTED, { annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } })
    const six = ['a', 'b', 'c', 'a', 'b', 'c'].map((zone, i) => on('p'.repeat(i + 1), `node-${zone}`))
    const input = { service: subject, nodes, pods: [...six, on('ppppppp', 'node-d')] }
    const first = sync(input, 100)
    expect(sync({ ...input, slices: first.after }, 100, first.hintState).writes).toEqual([0, 1, 0])
  })
})

describe('[S13] a slice that is made', () => {
  const made = (spec: object, extra: object = {}) => {
    const [found] = sync({ service: service({ ...SELECTED, ...spec }, { ...extra }), pods: pods(1) }).create
    return {
      kind: found?.kind,
      uid: found?.uid,
      resourceVersion: found?.resourceVersion,
      labels: [...(found?.labels.keys() ?? [])],
    }
  }
  const own = ['kubernetes.io/service-name', 'endpointslice.kubernetes.io/managed-by']
  const headless = 'service.kubernetes.io/headless'
  const fresh = { kind: 'EndpointSlice', uid: '', resourceVersion: '' }

  test.each([
    ['with a cluster IP', {}, {}, own],
    ['headless', { clusterIP: 'None' }, {}, [headless, ...own]],
    ['without a cluster IP', { clusterIP: '' }, {}, [headless, ...own]],
    [
      'a reserved label of the Service is not taken over',
      {},
      { labels: { [headless]: '', team: 'a' } },
      ['team', ...own],
    ],
  ])('%s', (_, spec, extra, labels) => {
    expect(made(spec, extra)).toEqual({ ...fresh, labels })
  })
})

describe('[S26] events', () => {
  const auto = service(SELECTED, { annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } })
  const spread = ['a', 'b', 'c'].map((zone, i) => pod(`p-${i}`, `10.0.1.${i}`, { spec: { nodeName: `node-${zone}` } }))

  test('are those of the hints: once when they are given, on every sync that fails', () => {
    const first = sync({ service: auto, pods: spread })
    const second = sync({ service: auto, pods: spread, slices: first.after }, 5, first.hintState)
    const failed = sync({ service: auto, pods: spread.slice(0, 1) })
    expect([first.events.length, second.events, failed.events.length]).toEqual([1, [], 1])
  })

  test('none without hints', () => {
    expect(sync({ pods: pods(1) }).events).toEqual([])
  })
})

test('[S21] an endpoint without node and zone is hinted for neither', () => {
  const near = service({ ...SELECTED, trafficDistribution: 'PreferSameNode', publishNotReadyAddresses: true })
  const [made] = sync({ service: near, pods: [pod('p', '10.0.1.1', { spec: { nodeName: undefined } })] }).create
  expect(made?.endpoints.map(({ hintZones, hintNodes }) => [hintZones, hintNodes])).toEqual([[[], []]])
})
