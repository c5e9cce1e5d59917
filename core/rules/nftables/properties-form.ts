// The properties of a chain, set or map in one form. Rules N18, N19.

import type { Token } from './lexer'

const PRIORITIES: ReadonlyMap<string, number> = new Map([
  ['raw', -300],
  ['mangle', -150],
  ['dstnat', -100],
  ['filter', 0],
  ['security', 50],
  ['srcnat', 100],
])

/** A chain's or set's properties, one statement each; comments, sizes and the policy `accept` are left out. */
export function propertiesForm(statements: readonly (readonly Token[])[]): string {
  return statements
    .flatMap((statement) => {
      const words = statement.map(({ text }) => text)
      switch (words[0]) {
        case 'type':
        case 'typeof':
          return [typeForm(words)]
        case 'flags':
          return [`flags ${flagsOf(words)}`]
        case 'timeout':
          return [`timeout ${seconds(words[1] ?? '')}`]
        case 'policy':
          return words[1] === 'accept' || words[1] === 'performance' ? [] : [words.join(' ')]
        default:
          return []
      }
    })
    .sort()
    .join(' ; ')
}

const flagsOf = ([, ...flags]: readonly string[]) =>
  flags
    .filter((flag) => flag !== ',')
    .toSorted()
    .join(',')

// `type filter hook output priority dstnat - 10`: the priority as a number.
function typeForm(words: readonly string[]): string {
  const at = words.indexOf('priority')
  if (at < 0) return words.join(' ')
  const [base = '', sign, offset] = words.slice(at + 1)
  const start = PRIORITIES.get(base) ?? Number(base)
  const priority = start + (sign === undefined ? 0 : Number(`${sign}${offset}`))
  return [...words.slice(0, at + 1), priority].join(' ')
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
  ['ms', 0.001],
])

/** `1d1h1m1s` in seconds; NaN if it is none. */
function seconds(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|[dhms])/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return Number.NaN
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS.get(unit ?? '') ?? Number.NaN), 0)
}
