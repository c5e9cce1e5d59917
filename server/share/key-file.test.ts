import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { keyBeside } from './key-file'

const folder = mkdtempSync(join(tmpdir(), 'triplane-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the key beside the links is made once, for its user alone', () => {
  const path = join(folder, 'state', 'shares.json')
  const key = keyBeside(path)
  expect(key).toHaveLength(32)
  expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600)
  expect(Buffer.from(keyBeside(path))).toEqual(Buffer.from(key))
})

test('what is no key, and a place that cannot be one, are said', () => {
  const path = join(folder, 'short.json')
  writeFileSync(`${path}.key`, 'short')
  expect(() => keyBeside(path)).toThrow('32 bytes')
  writeFileSync(join(folder, 'file'), '')
  expect(() => keyBeside(join(folder, 'file', 'shares.json'))).toThrow()
})
