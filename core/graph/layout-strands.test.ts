import { describe, expect, it } from 'vitest'
import { BUNDLE, type StrandTarget, strands } from './layout-strands'

const portal = { x: 500, y: 100, zoneTop: 200 }
const target = (id: string, x: number, probability: number, crosses = false): StrandTarget => ({
  id,
  x,
  y: 400,
  probability,
  crosses,
})

describe('strands', () => {
  it('are as wide as their probability, together as wide as the bundle', () => {
    const drawn = strands([target('a', 100, 0.5), target('b', 900, 0.25), target('c', 300, 0.25)], portal)
    expect(drawn.map((one) => [one.id, one.width])).toEqual([
      ['a', BUNDLE * 0.5],
      ['c', BUNDLE * 0.25],
      ['b', BUNDLE * 0.25],
    ])
  })

  it('never get thinner than can be seen', () => {
    const drawn = strands(
      Array.from({ length: 100 }, (_, at) => target(`t${at}`, at * 10, 0.01)),
      portal,
    )
    expect(Math.min(...drawn.map((one) => one.width))).toBe(1.5)
  })

  it('fall straight down onto their target', () => {
    const [inside, across] = strands([target('a', 450, 0.5), target('b', 900, 0.5, true)], portal)
    expect(inside?.fall).toBe('M450 198V400')
    expect(across?.fall).toBe('M900 204V400')
    expect(inside?.bend).toContain('C')
    expect(across?.bend).toContain('L900 200')
  })

  it('are none when nothing can receive', () => {
    expect(strands([], portal)).toEqual([])
  })
})
