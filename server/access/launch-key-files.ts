// Fresh launch keys, left for a running server by the person at this machine: files in a folder that only they can open. A file is
// named by the SHA-256 of its key and is empty, so that reading the folder gives no key. Runs under plain Node, without the
// bundle: `triplane open` and the start script leave keys, the server takes them.

import { createHash, randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { homeOf } from '../home.ts'

/** Forty-three letters of base64url: 32 random bytes. */
const keyForm = /^[A-Za-z0-9_-]{43}$/
/** A key that was left and never used is worth nothing after this. */
export const launchKeyTtlMs = 10 * 60_000

export type LaunchKeyPlace = { readonly env: Readonly<Record<string, string | undefined>>; readonly port: number }

/** Where keys for the server on this port lie: one folder per user and port, below XDG_STATE_HOME or ~/.local/state. */
export function launchKeyFolder({ env, port }: LaunchKeyPlace): string {
  const state = env.XDG_STATE_HOME || join(homeOf(env), '.local', 'state')
  return join(state, 'triplane', `launch-keys-${port}`)
}

export const newLaunchKey = () => randomBytes(32).toString('base64url')
export const isLaunchKey = (text: string) => keyForm.test(text)
export const launchKeyHash = (key: string) => createHash('sha256').update(key).digest('hex')

/** The address that signs in whoever opens it first. The key is behind the #, which browsers send to nobody. */
export const launchUrl = (origin: string, key: string) => `${origin}/#key=${key}`

/** Leaves a fresh key for the server on this port and returns it. Throws when the folder is not this user's alone. */
export function leaveLaunchKey(place: LaunchKeyPlace): string {
  const folder = launchKeyFolder(place)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!isPrivate(folder)) throw new Error(`${folder} must be a folder that only its owner can open (mode 0700)`)
  const key = newLaunchKey()
  writeFileSync(join(folder, launchKeyHash(key)), '', { mode: 0o600, flag: 'wx' })
  return key
}

/** Whether the key was left here; true once, for whoever asks first. */
export function takeLaunchKey(folder: string, key: string, now: number): boolean {
  if (!isLaunchKey(key)) return false
  const file = join(folder, launchKeyHash(key))
  try {
    if (!isPrivate(folder)) return false
    const { mtimeMs } = lstatSync(file)
    // Removing is what one of two askers does first.
    rmSync(file)
    return now - mtimeMs <= launchKeyTtlMs
  } catch (error) {
    if (isAbsent(error)) return false
    throw error
  }
}

function isPrivate(folder: string): boolean {
  const stat = lstatSync(folder)
  if (!stat.isDirectory()) return false
  // Windows has no such modes; there the folder is below the user's own profile.
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0)
}

const isAbsent = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
