import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createKeys } from './keys'

const folder = mkdtempSync(join(tmpdir(), 'triplane-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
let files = 0
function fileOf(content: Uint8Array | string): string {
  const file = join(folder, String(files++))
  writeFileSync(file, content)
  return file
}

test('replicas with one file have the same keys, another file gives others', () => {
  const file = fileOf(randomBytes(32))
  expect(hex(createKeys(file).derive('cookie'))).toBe(hex(createKeys(file).derive('cookie')))
  expect(hex(createKeys(fileOf(randomBytes(32))).derive('cookie'))).not.toBe(hex(createKeys(file).derive('cookie')))
})

test('every purpose has a key of its own, of 32 bytes', () => {
  const keys = createKeys(fileOf(randomBytes(32)))
  const all = (['cookie', 'shares', 'audience'] as const).map((purpose) => hex(keys.derive(purpose)))
  expect(new Set(all).size).toBe(3)
  expect(all.every((key) => key.length === 64)).toBe(true)
})

test('base64 is the same key with or without a newline', () => {
  const text = randomBytes(32).toString('base64')
  expect(hex(createKeys(fileOf(text)).derive('shares'))).toBe(hex(createKeys(fileOf(`${text}\n`)).derive('shares')))
})

test('without a file the keys are random, of this process, and the same within it', () => {
  const keys = createKeys(undefined)
  expect(keys.ofThisProcess).toBe(true)
  expect(hex(keys.derive('cookie'))).toBe(hex(keys.derive('cookie')))
  expect(hex(createKeys(undefined).derive('cookie'))).not.toBe(hex(keys.derive('cookie')))
})

test.each([
  ['31 raw bytes', randomBytes(31), '31 bytes'],
  ['base64 of 24 bytes, though it has 32 letters', randomBytes(24).toString('base64'), '24 bytes'],
  ['nothing', '', '0 bytes'],
  ['one letter again and again', Buffer.alloc(64, 120), 'random'],
  ['a long file', randomBytes(5000), 'too long'],
])('a key file that holds %s is refused', (_name, content, says) => {
  expect(() => createKeys(fileOf(content))).toThrow(says)
})

test('a key file that is not there is refused by its name', () => {
  expect(() => createKeys(join(folder, 'none'))).toThrow('none')
})
