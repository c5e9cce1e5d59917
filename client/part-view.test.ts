import fc from 'fast-check'
import { expect, test } from 'vitest'
import { podSummary } from '@/core/testing/graph-objects'
import { PartView } from './part-view'

const ids = ['a', 'b', 'c', '__proto__'] as const
const change = fc
  .array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(undefined, 'n1', 'n2')), { maxLength: 4 })
  .map((all) => new Map(all.map(([id, node]) => [id, node && podSummary(`shop/${id}`, { nodeName: node })] as const)))

test('every view stays as it was, whatever changes after it', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      const views = [new PartView(new Map())]
      const models = [new Map<string, unknown>()]
      for (const one of changes) {
        const model = new Map(models.at(-1))
        for (const [id, object] of one) {
          if (object) model.set(id, object)
          else model.delete(id)
        }
        models.push(model)
        const next = views.at(-1)?.change(one)
        if (next) views.push(next)
      }
      for (const [at, view] of views.entries()) {
        const model = models[at] ?? new Map()
        for (const id of ids) expect([view.get(id), view.has(id)]).toEqual([model.get(id), model.has(id)])
        expect(new Map(view)).toEqual(model)
        expect([view.size, [...view.keys()].sort()]).toEqual([model.size, [...model.keys()].sort()])
      }
    }),
  )
})

test('a view names what the next one changes, and of no other', () => {
  const first = new PartView(new Map())
  const second = first.change(new Map([['a', podSummary('shop/a')]]))
  const third = second.change(new Map([['a', undefined]]))
  expect([...(first.changesTo(second) ?? [])]).toEqual(['a'])
  expect([first.changesTo(third), second.changesTo(first)]).toEqual([undefined, undefined])
})
