import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignSlotGroups, assignSlots } from './layout-slots'

describe('assignSlots', () => {
  it.each([
    ['newcomers fill from the front', [], ['a', 'b'], ['a', 'b']],
    ['who has a slot keeps it', ['a', 'b', 'c'], ['c', 'b', 'a'], ['a', 'b', 'c']],
    ['a freed slot stays free', ['a', 'b', 'c'], ['a', 'c'], ['a', null, 'c']],
    ['a freed slot goes to the next newcomer', ['a', null, 'c'], ['a', 'c', 'd', 'e'], ['a', 'd', 'c', 'e']],
    ['the end is given back', ['a', 'b', 'c'], ['a'], ['a']],
    ['one leaves and one comes at once', ['a', 'b'], ['b', 'x'], ['x', 'b']],
  ])('%s', (_, previous, ids, expected) => {
    expect(assignSlots(previous, ids)).toEqual(expected)
  })

  it('gives the same list back when nothing changed', () => {
    const slots = ['a', null, 'c']
    expect(assignSlots(slots, ['c', 'a'])).toBe(slots)
  })

  it('holds every id once, whatever came before', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String))
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const first = assignSlots([], before)
        const second = assignSlots(first, after)
        expect(second.filter((id) => id !== null).sort()).toEqual([...after].sort())
        for (const id of after) if (before.includes(id)) expect(second.indexOf(id)).toBe(first.indexOf(id))
      }),
    )
  })
})

it('groups keep their map when every list stayed the same', () => {
  const first = assignSlotGroups(new Map(), new Map([['x', ['a', 'b']]]))
  expect(assignSlotGroups(first, new Map([['x', ['b', 'a']]]))).toBe(first)
  expect(assignSlotGroups(first, new Map([['x', ['b']]])).get('x')).toEqual([null, 'b'])
})
