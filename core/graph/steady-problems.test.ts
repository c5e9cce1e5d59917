import { describe, expect, test } from 'vitest'
import { type Steady, steadied, steadyIds, steadyUntil } from './steady-problems'

type Found = { readonly id: string; readonly severity: 'crit' | 'warn' }
const warn = (id: string): Found => ({ id, severity: 'warn' })
const crit = (id: string): Found => ({ id, severity: 'crit' })

/** What is counted after each step; a step is the second and what is found then. */
function counts(...steps: readonly (readonly [second: number, ...found: readonly Found[]])[]): readonly string[] {
  let steady: Steady | undefined
  return steps.map(([second, ...found]) => {
    steady = steadied(steady, found, second * 1000)
    return steadyIds(steady).join('')
  })
}

describe('[B15] the count of problems', () => {
  test.each([
    ['begins with all that there is', counts([0, warn('a'), crit('b')]), ['ab']],
    [
      'leaves out what comes and goes with a pod that is replaced',
      counts([0, warn('a')], [1, warn('a'), warn('b')], [9, warn('a')], [20, warn('a')]),
      ['a', 'a', 'a', 'a'],
    ],
    [
      'takes what stays, after ten seconds',
      counts([0], [1, warn('a')], [10.9, warn('a')], [11, warn('a')]),
      ['', '', '', 'a'],
    ],
    ['takes what breaks traffic at once', counts([0], [1, crit('a')]), ['', 'a']],
    [
      'takes at once what becomes worse',
      counts([0], [1, warn('a')], [2, crit('a')], [3, warn('a')]),
      ['', '', 'a', 'a'],
    ],
    ['keeps for five seconds what is gone', counts([0, warn('a')], [1], [5.9], [6]), ['a', 'a', 'a', '']],
    [
      'does not fall for what comes back meanwhile',
      counts([0, warn('a')], [1], [4, warn('a')], [6, warn('a')], [30, warn('a')]),
      ['a', 'a', 'a', 'a', 'a'],
    ],
    [
      'begins anew with what went and came again',
      counts([0], [1, warn('a')], [5], [6, warn('a')], [15, warn('a')], [16, warn('a')]),
      ['', '', '', '', '', 'a'],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })

  test.each([
    ['nothing is awaited', [[0, warn('a')]], undefined],
    ['one that is new', [[0], [1, warn('a')]], 11_000],
    [
      'one that is gone, before one that is new',
      [
        [0, warn('a')],
        [1, warn('b')],
      ],
      6000,
    ],
  ] as const)('changes by itself: %s', (_, steps, expected) => {
    let steady: Steady | undefined
    for (const [second, ...found] of steps) steady = steadied(steady, found, second * 1000)
    expect(steady && steadyUntil(steady)).toBe(expected)
  })
})
