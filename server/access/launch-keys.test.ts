import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { launchKeyFolder, launchKeyTtlMs, launchUrl, leaveLaunchKey, takeLaunchKey } from './launch-key-files'
import { createLaunchKeys } from './launch-keys'

const home = mkdtempSync(join(tmpdir(), 'triplane-launch-'))
afterAll(() => rmSync(home, { recursive: true }))
const place = { env: { HOME: home }, port: 3000 }
const folder = launchKeyFolder(place)

describe('the key of a start', () => {
  test('[T11] is printed once and signs in once', () => {
    const keys = createLaunchKeys(folder, Date.now)
    const key = keys.print() ?? ''
    expect(launchUrl('http://127.0.0.1:3000', key)).toMatch(/^http:\/\/127\.0\.0\.1:3000\/#key=[\w-]{43}$/)
    expect(keys.print()).toBeUndefined()
    expect([keys.take(key), keys.take(key), keys.take('x'.repeat(43))]).toEqual([true, false, false])
  })

  test('is not printed any more once it was used', () => {
    const keys = createLaunchKeys(folder, Date.now)
    const other = createLaunchKeys(folder, Date.now)
    expect(other.take(keys.print() ?? '')).toBe(false)
  })
})

describe('a key that is left for a running server', () => {
  test('[T11] lies where only its owner can look, and the folder tells no key', () => {
    const key = leaveLaunchKey(place)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const [name = ''] = readdirSync(folder)
    expect(name).not.toContain(key)
    expect(statSync(join(folder, name))).toMatchObject({ size: 0 })
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    expect(takeLaunchKey(folder, name, Date.now())).toBe(false)
    expect(takeLaunchKey(folder, key, Date.now())).toBe(true)
  })

  test('[T11] signs in once', () => {
    const key = leaveLaunchKey(place)
    const keys = createLaunchKeys(folder, Date.now)
    expect([keys.take(key), keys.take(key)]).toEqual([true, false])
    expect(readdirSync(folder)).toEqual([])
  })

  test('is worth nothing after ten minutes', () => {
    const key = leaveLaunchKey(place)
    const [name = ''] = readdirSync(folder)
    const old = (Date.now() - launchKeyTtlMs - 1000) / 1000
    utimesSync(join(folder, name), old, old)
    expect(takeLaunchKey(folder, key, Date.now())).toBe(false)
  })

  test.each(['../../etc/passwd', 'x'.repeat(42), 'x'.repeat(44), '', '.'])('"%s" is no key', (key) => {
    expect(takeLaunchKey(folder, key, Date.now())).toBe(false)
  })

  test('[T11] counts for nothing in a folder that others can open', () => {
    const key = leaveLaunchKey(place)
    chmodSync(folder, 0o755)
    expect(takeLaunchKey(folder, key, Date.now())).toBe(false)
    expect(() => leaveLaunchKey(place)).toThrow('only its owner')
    chmodSync(folder, 0o700)
  })

  test('[T11] counts for nothing behind a link to another folder', () => {
    const key = leaveLaunchKey(place)
    const link = join(home, 'link')
    symlinkSync(folder, link)
    expect(takeLaunchKey(link, key, Date.now())).toBe(false)
  })

  test('without a folder there is none', () => {
    expect(takeLaunchKey(join(home, 'none'), 'x'.repeat(43), Date.now())).toBe(false)
  })
})
