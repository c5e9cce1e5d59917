import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createSealer, longestSealed } from './sealed'

const key = randomBytes(32)
let now = 1_800_000_000_000
const options = { key, purpose: 'session', claims: z.object({ name: z.string() }), now: () => now }
const sealer = createSealer(options)
const seal = (name = 'anna', ms = 60_000) => sealer.seal({ name }, now + ms)

test('what was sealed opens, with its end and a name of its own', async () => {
  const [one, two] = [await sealer.open(await seal()), await sealer.open(await seal())]
  expect(one).toMatchObject({ claims: { name: 'anna' }, expiresAt: now + 60_000 })
  expect(one?.id).not.toBe(two?.id)
})

test('nothing of the claims can be read from outside', async () => {
  const text = await seal('somebody-with-a-name')
  const parts = text.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
  expect(parts.join()).not.toContain('somebody')
})

test('[K65] every changed letter makes it worthless', async () => {
  const text = await seal()
  for (let at = 0; at < text.length - 1; at++) {
    const letter = text[at] === 'A' ? 'Q' : 'A'
    if (text[at] === '.') continue
    expect(await sealer.open(text.slice(0, at) + letter + text.slice(at + 1)), String(at)).toBeUndefined()
  }
})

test.each([
  ['another key', () => createSealer({ ...options, key: randomBytes(32) }).seal({ name: 'a' }, now + 60_000)],
  ['another purpose', () => createSealer({ ...options, purpose: 'share' }).seal({ name: 'a' }, now + 60_000)],
  [
    'other claims',
    () => createSealer({ ...options, claims: z.object({ n: z.number() }) }).seal({ n: 1 }, now + 60_000),
  ],
  ['a plain JWT without a signature', async () => 'eyJhbGciOiJub25lIn0.eyJjbGFpbXMiOnsibmFtZSI6ImEifX0.'],
  ['nothing', async () => ''],
  ['a long one', async () => 'x'.repeat(longestSealed + 1)],
  ['five empty parts', async () => '....'],
])('[K65] %s does not open', async (_name, text) => {
  expect(await sealer.open(await text())).toBeUndefined()
})

test('it ends when it said it would', async () => {
  const text = await seal('anna', 60_000)
  now += 59_000
  expect(await sealer.open(text)).toBeDefined()
  now += 1_000
  expect(await sealer.open(text)).toBeUndefined()
})
