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
const tested = new Set(
  readdirSync(join(root, 'e2e'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(test|spec)\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(join(root, 'e2e', file), 'utf8').matchAll(/\[ask (\d+)\]/g)])
    .map(([, number]) => Number(number)),
)

test('every question is answered or refused, once', () => {
  const all = [...numbersIn(answered), ...numbersIn(refused)].sort((a, b) => a - b)
  expect(all).toEqual(Array.from({ length: 38 }, (_, i) => i + 1))
})

test('every answer has a test that goes its way, and every such test has its question', () => {
  expect([...tested].sort((a, b) => a - b)).toEqual(numbersIn(answered).sort((a, b) => a - b))
})
