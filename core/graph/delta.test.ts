import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { podSummary } from '../testing/graph-objects'
import { apply, applyInto, diff, diffObject, isEmptyDelta, squash } from './delta'
import type { GraphObject, GraphPart } from './types'

const pod = (name: string, over?: Parameters<typeof podSummary>[1]) => podSummary(`shop/${name}`, over)

const part = (...objects: readonly GraphObject[]): GraphPart => ({
  key: 'overview',
  objects: new Map(objects.map((object) => [object.id, object])),
})

// Few names and few values, so that puts, patches, removes and no changes at all meet on the same ids.
const anyPod = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c', '__proto__'),
    nodeName: fc.constantFrom(null, 'n1', 'n2'),
    podIPs: fc.array(fc.constantFrom('10.0.0.1', '10.0.0.2'), { maxLength: 2 }),
    labels: fc.array(fc.tuple(fc.constantFrom('__proto__', 'app'), fc.constantFrom('x', 'y')), { maxLength: 2 }),
  })
  .map(({ name, ...over }) => pod(name, over))
const anyPart = fc.array(anyPod, { maxLength: 5 }).map((pods) => part(...pods))

describe('the laws of deltas', () => {
  test('[D1] apply(a, diff(a, b)) = b', () => {
    fc.assert(
      fc.property(anyPart, anyPart, (a, b) => {
        expect(apply(a, diff(a, b)).objects).toEqual(b.objects)
      }),
    )
  })

  test('[D2] apply(apply(a, d1), d2) = apply(a, squash(d1, d2))', () => {
    const anyParts = fc.tuple(anyPart, anyPart, anyPart, anyPart)
    fc.assert(
      fc.property(anyParts, ([a, b, c, d]) => {
        const [first, second] = [diff(a, b), diff(c, d)]
        const oneByOne = apply(apply(a, first), second)
        expect(apply(a, squash(first, second)).objects).toEqual(oneByOne.objects)
      }),
      { numRuns: 500 },
    )
  })

  test('[D3] what did not change stays the same object, and an empty change the same part', () => {
    fc.assert(
      fc.property(anyPart, anyPart, (a, b) => {
        const after = apply(a, diff(a, b))
        for (const [id, object] of a.objects) {
          if (diffObject(object, b.objects.get(id)) === undefined) expect(after.objects.get(id)).toBe(object)
        }
        expect(apply(after, diff(a, b))).toBe(after)
      }),
    )
  })

  test('[D4] ids of one delta are disjoint, also after squash', () => {
    fc.assert(
      fc.property(fc.tuple(anyPart, anyPart, anyPart), ([a, b, c]) => {
        const delta = squash(diff(a, b), diff(b, c))
        const ids = [...delta.put.map((o) => o.id), ...delta.patch.map((p) => p.id), ...delta.remove]
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })
})

describe('single changes', () => {
  test('[D5] a patch holds the changed fields only and keeps the values of the others', () => {
    const before = part(pod('a', { podIPs: ['10.0.0.1'] }))
    const delta = diff(before, part(pod('a', { podIPs: ['10.0.0.1'], nodeName: 'n1' })))
    expect(delta).toEqual({ put: [], patch: [{ id: 'PodSummary:shop/a', set: { nodeName: 'n1' } }], remove: [] })
    const [old, now] = [before, apply(before, delta)].map((p) => p.objects.get('PodSummary:shop/a'))
    expect(now?.kind === 'PodSummary' && old?.kind === 'PodSummary' && now.podIPs === old.podIPs).toBe(true)
  })

  test('[D6] another uid under the same id is a new object, not a patch', () => {
    const node = { id: 'Node:n', kind: 'Node', uid: 'u1' } as GraphObject
    const other = { ...node, uid: 'u2' } as GraphObject
    expect(diffObject(node, other)).toEqual({ put: other })
  })

  test('[D7] a patch of an object that is not there changes nothing', () => {
    const before = part(pod('a'))
    expect(apply(before, { put: [], patch: [{ id: 'x', set: { name: 'y' } }], remove: ['z'] })).toBe(before)
  })

  test('[D8] applyInto names the ids that changed', () => {
    const objects = new Map(part(pod('a'), pod('b')).objects)
    const changed = applyInto(objects, { put: [pod('a'), pod('c')], patch: [], remove: ['PodSummary:shop/b'] })
    expect([...changed].sort()).toEqual(['PodSummary:shop/b', 'PodSummary:shop/c'])
  })

  test('[D9] equal parts have an empty difference whatever the order of their objects', () => {
    expect(isEmptyDelta(diff(part(pod('a'), pod('b')), part(pod('b'), pod('a'))))).toBe(true)
  })

  test('[D10] a patch field named __proto__ stays a field', () => {
    const set = JSON.parse('{"__proto__":{"polluted":true}}')
    const after = apply(part(pod('a')), { put: [], patch: [{ id: 'PodSummary:shop/a', set }], remove: [] })
    expect(Object.getPrototypeOf(after.objects.get('PodSummary:shop/a'))).toBe(Object.prototype)
  })
})
