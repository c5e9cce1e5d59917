import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const keyBytes = 32

/** The key in `path`.key, for this user alone; made on first use. Throws when it can neither be read nor made, or is no key. */
export function keyBeside(path: string): Uint8Array {
  const file = `${path}.key`
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // It is there already: of an earlier start, or of another process a moment ago.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const key = readFileSync(file)
  if (key.length !== keyBytes) throw new Error(`${file} does not hold ${keyBytes} bytes`)
  return key
}
