import { describe, expect, test } from 'vitest'
import { parsePageQuery } from '@/core/graph/page-query'
import { backStep } from './back-step'

const step = (search: string) => backStep(parsePageQuery(new URLSearchParams(search)).query)

describe('Esc', () => {
  test.each([
    ['an explanation leads back to the map, its Service in focus', 'view=explain&focus=Service:shop/cart', 'map'],
    ['so does the page of addresses', 'view=addresses&q=10.0.0.1', 'map'],
    ['so does the page of ways in', 'view=entries', 'map'],
    ['so does the page of costs', 'view=cost&sum=pods:20000', 'map'],
    ['so does one that nothing is chosen for', 'view=explain', 'map'],
    ["a node's rules lead back to the map, the node in focus", 'view=rules&focus=Node:n1', 'map'],
  ])('%s', (_name, search, view) => {
    expect(step(search)).toEqual({ view })
  })

  test('a focus on the map or in a list is let go', () => {
    expect(step('focus=Service:shop/cart')).toEqual({ focus: undefined })
    expect(step('view=addresses&focus=Service:shop/cart')).toEqual({ focus: undefined })
    expect(step('view=services&focus=Service:shop/cart')).toEqual({ focus: undefined })
  })

  test('without one nothing happens', () => {
    expect(step('')).toBeUndefined()
    expect(step('view=nodes')).toBeUndefined()
  })
})
