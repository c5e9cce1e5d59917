// docs/faults.md and the tests name the same faults.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const root = new URL('../..', import.meta.url).pathname
const read = (path: string) => readFileSync(root + path, 'utf8')

const [proved = '', unproved = ''] = read('docs/faults.md').split('## Without a test of their own')
const idsIn = (text: string) => [...text.matchAll(/^\| ([KT]\d+) \| (.+) \| (.+) \|$/gm)].map(([, id]) => id ?? '')
const rows = idsIn(proved)
const without = idsIn(unproved)
const numbersOf = (letter: string, ids: readonly string[]) =>
  ids.filter((id) => id.startsWith(letter)).map((id) => Number(id.slice(1)))
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)
const tested = new Set(
  ['app', 'core', 'server', 'client', 'components', 'e2e', 'scripts']
    .flatMap((folder) =>
      readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((file) => /\.(test|spec)\.ts$/.test(file) && !file.endsWith('faults.test.ts'))
    .flatMap((file) => [...read(file).matchAll(/['"`](?:\[[KT]\d+\] )?\[([KT]\d+)\]/g)].map(([, id]) => id ?? '')),
)

describe('faults', () => {
  test('are numbered in order, each once: from K1 on the API server, from K50 on whoever asks us', () => {
    const numbers = numbersOf('K', rows)
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    const all = [...numbers, ...numbersOf('K', without)].sort((a, b) => a - b)
    expect(all).toEqual([...upTo(1, 39), ...upTo(50, 77)])
  })

  test('attacks are T1 to T24, each once', () => {
    expect([...numbersOf('T', rows), ...numbersOf('T', without)].sort((a, b) => a - b)).toEqual(upTo(1, 24))
  })

  test.each(rows)('%s has a test', (id) => {
    expect(tested).toContain(id)
  })

  test('every id in a test name is in the table', () => {
    expect([...tested].filter((id) => !rows.includes(id))).toEqual([])
  })
})
