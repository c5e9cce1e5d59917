// docs/guide/questions.md and the browser tests name the same questions.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './root'

const [answered = '', refused = ''] = readFileSync(join(root, 'docs/guide/questions.md'), 'utf8').split(
  '## Not this product',
)
const numbersIn = (text: string) =>
  [...text.matchAll(/^\| (\d+) \| .+ \| .+ \|$/gm)].map(([, number]) => Number(number))
const sorted = (numbers: Iterable<number>) => [...new Set(numbers)].sort((a, b) => a - b)
const asked = readdirSync(join(root, 'e2e'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(test|spec)\.ts$/.test(file))
  .flatMap((file) =>
    [...readFileSync(join(root, 'e2e', file), 'utf8').matchAll(/\[ask (\d+)\]/g)].map(([, number]) => ({
      number: Number(number),
      long: file.includes('.long.'),
    })),
  )

test('every question is answered or refused, once', () => {
  const all = [...numbersIn(answered), ...numbersIn(refused)].sort((a, b) => a - b)
  expect(all).toEqual(Array.from({ length: 38 }, (_, i) => i + 1))
})

test('every answer has a test that goes its way, and every such test has its question', () => {
  expect(sorted(asked.map(({ number }) => number))).toEqual(sorted(numbersIn(answered)))
})

test('the page names the answers that only the long tests prove', () => {
  const always = new Set(asked.filter(({ long }) => !long).map(({ number }) => number))
  const [, named = ''] = /ways; ([\d, and]+) ask for a large cluster, and only the long tests/.exec(answered) ?? []
  expect(sorted(named.match(/\d+/g)?.map(Number) ?? [])).toEqual(
    sorted(asked.map(({ number }) => number).filter((number) => !always.has(number))),
  )
})
