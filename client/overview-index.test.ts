import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeltaEvent } from '@/core/feed/protocol'
import type { GraphObject, PartKey } from '@/core/graph/types'
import { createGraphStore } from './graph-store'
import { indexOverview } from './overview-index'
import type { PartObjects } from './part-view'

const part: PartKey = 'overview'
const named = (key: string, name = ''): GraphObject => ({
  id: `NamespaceSummary:${key}`,
  kind: 'NamespaceSummary',
  name,
})

function loaded(objects: readonly GraphObject[]) {
  const frames: (() => void)[] = []
  const store = createGraphStore({ schedule: (flush) => frames.push(flush) })
  const frame = (): PartObjects => {
    for (const flush of frames.splice(0)) flush()
    const view = store.part(part)
    if (!view) throw new Error('the part is not loaded')
    return view
  }
  let seq = 1
  store.fold({ type: 'hello', version: 1, epoch: 'e', serverTime: 0, build: '' })
  store.fold({ type: 'snapshot', part, seq, chunk: 0, chunks: 1, objects: [...objects] })
  const change = (delta: Partial<DeltaEvent['delta']>) => {
    store.fold({ type: 'delta', part, seq: seq + 1, prev: seq, delta: { put: [], patch: [], remove: [], ...delta } })
    seq += 1
    return frame()
  }
  return { first: frame(), change, frame }
}

const namesOf = (byKind: ReturnType<typeof indexOverview>) => byKind.NamespaceSummary.map(({ id }) => id.slice(17))

describe('overview index', () => {
  test('sorted by id with numbers in their order, and names that differ in zeros only keep one order', () => {
    const { first } = loaded([named('n-10'), named('n-2'), named('n-02'), named('n-1')])
    expect(namesOf(indexOverview(first))).toEqual(['n-1', 'n-02', 'n-2', 'n-10'])
  })

  test('a change of one kind leaves the arrays of the others as they were', () => {
    const { first, change } = loaded([named('a'), { id: 'Cluster', kind: 'Cluster' } as unknown as GraphObject])
    const byKind = indexOverview(first)
    const next = indexOverview(change({ put: [named('b')] }), { objects: first, byKind })
    expect(next.PodSummary).toBe(byKind.PodSummary)
    expect(next.NamespaceSummary).not.toBe(byKind.NamespaceSummary)
    expect(namesOf(byKind)).toEqual(['a'])
  })

  test('a frame that was missed, and a view of another store, are indexed from all objects', () => {
    const { first, change } = loaded([named('a')])
    const byKind = indexOverview(first)
    change({ put: [named('b')] })
    const third = change({ put: [named('c')] })
    expect(namesOf(indexOverview(third, { objects: first, byKind }))).toEqual(['a', 'b', 'c'])
    const other = loaded([named('z')]).first
    expect(namesOf(indexOverview(other, { objects: first, byKind }))).toEqual(['z'])
  })

  test('whatever changes, the index equals one made anew', () => {
    const key = fc.stringMatching(/^(a|b|n-0?[0-9]{1,2})$/)
    const step = fc.record({
      put: fc.uniqueArray(key, { maxLength: 3 }),
      remove: fc.uniqueArray(key, { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 8 }), fc.array(step, { maxLength: 12 }), (start, steps) => {
        const { first, change } = loaded(start.map((one) => named(one)))
        let before = { objects: first, byKind: indexOverview(first) }
        for (const [at, { put, remove }] of steps.entries()) {
          const here = new Set([...before.objects.keys()].map((id) => id.slice(17)))
          const gone = remove
            .filter((one) => here.has(one) && !put.includes(one))
            .map((one) => `NamespaceSummary:${one}`)
          const objects = change({ put: put.map((one) => named(one, String(at))), remove: gone })
          const byKind = indexOverview(objects, before)
          expect(byKind).toEqual(indexOverview(objects))
          before = { objects, byKind }
        }
      }),
      { numRuns: 200 },
    )
  })
})
