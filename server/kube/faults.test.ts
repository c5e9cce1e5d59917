// docs/faults.md and the tests name the same faults.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const root = new URL('../..', import.meta.url).pathname
const read = (path: string) => readFileSync(root + path, 'utf8')

const rows = [...read('docs/faults.md').matchAll(/^\| (K\d+) \| (.+) \| (.+) \|$/gm)].map(([, id]) => id ?? '')
const tested = new Set(
  ['core', 'server', 'client', 'components', 'e2e', 'scripts']
    .flatMap((folder) =>
      readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((file) => /\.(test|spec)\.ts$/.test(file) && !file.endsWith('faults.test.ts'))
    .flatMap((file) => [...read(file).matchAll(/['"`]\[(K\d+)\]/g)].map(([, id]) => id ?? '')),
)

describe('faults', () => {
  test('are numbered in order, each once: from K1 on the API server, from K50 on whoever asks us', () => {
    expect(rows.length).toBeGreaterThan(30)
    const numbers = rows.map((id) => Number(id.slice(1)))
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    expect(numbers.filter((number) => number < 50)).toEqual(numbers.slice(0, 39).map((_, i) => i + 1))
  })

  test.each(rows)('%s has a test', (id) => {
    expect(tested).toContain(id)
  })

  test('every id in a test name is in the table', () => {
    expect([...tested].filter((id) => !rows.includes(id))).toEqual([])
  })
})
