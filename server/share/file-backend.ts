// Links in one file that its user alone may read. Several processes may use it: a lock file keeps writers apart, and every change is
// a whole new file under the old name.

import { createHash, randomBytes } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../kube/clock'
import { type Backend, type Documents, type Held, StoreUnavailable } from './backend'

const lookEveryMs = 1000
/** A writer holds the lock for milliseconds; one that is older was left by a process that died. */
const lockIsOldMs = 10_000
const largestFile = 32 * 1024 * 1024
const fileSchema = z.strictObject({ version: z.literal(1), links: z.record(z.string(), z.string()) })

/** Links in the file at `path`; its folder is made when it is missing. */
export function createFileBackend(path: string, clock: Clock): Backend {
  // Counts reads and writes, so that a look that one of them overtook is known to be old.
  let exchanges = 0

  async function read(): Promise<Held> {
    const text = await readText(path)
    exchanges += 1
    return { documents: parse(text), version: createHash('sha256').update(text).digest('hex') }
  }

  return {
    kind: 'file',
    limits: { bytes: 16 * 1024 * 1024, picture: 1024 * 1024 },
    read: () => guarded(read),
    write: (documents, version) =>
      guarded(async () => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        const lock = `${path}.lock`
        if (!(await takeLock(lock, clock))) return false
        try {
          if ((await read()).version !== version) return false
          await replace(path, JSON.stringify({ version: 1, links: Object.fromEntries(documents) }))
          exchanges += 1
          return true
        } finally {
          await rm(lock, { force: true })
        }
      }),
    follow(listener) {
      let last: string | undefined
      let stopped = false
      let cancel: () => void = () => undefined
      const look = async () => {
        try {
          const before = exchanges
          const held = await guarded(read)
          if (stopped) return
          listener.onTrouble(undefined)
          const isNewest = exchanges === before + 1
          if (isNewest && held.version !== last) listener.onHeld(held)
          if (isNewest) last = held.version
        } catch (error) {
          if (!stopped) listener.onTrouble(error instanceof StoreUnavailable ? error.code : 'unreadable')
        }
        if (!stopped) cancel = clock.after(lookEveryMs, () => void look())
      }
      void look()
      return () => {
        stopped = true
        cancel()
      }
    },
  }
}

async function readText(path: string): Promise<string> {
  const found = await stat(path).catch(absent)
  if (found === undefined) return ''
  if (found.size > largestFile) throw new StoreUnavailable('unreadable', `${path} is larger than ${largestFile} bytes`)
  // Anybody else's look into it was possible until now; from here on it is not.
  if ((found.mode & 0o077) !== 0) chmodSync(path, 0o600)
  return readFile(path, 'utf8')
}

function parse(text: string): Documents {
  if (text === '') return new Map()
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new StoreUnavailable('unreadable', 'the file of links is not JSON')
  }
  const file = fileSchema.safeParse(content)
  if (!file.success) throw new StoreUnavailable('unreadable', 'the file of links has another form')
  return new Map(Object.entries(file.data.links))
}

async function takeLock(lock: string, clock: Clock): Promise<boolean> {
  const file = await open(lock, 'wx', 0o600).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return undefined
    throw error
  })
  if (file !== undefined) {
    await file.close()
    return true
  }
  const left = await stat(lock).catch(absent)
  if (left !== undefined && clock.now() - left.mtimeMs > lockIsOldMs) await rm(lock, { force: true })
  return false
}

// Written beside it, flushed, and moved over: a reader sees the old file or the new one.
async function replace(path: string, text: string): Promise<void> {
  const next = `${path}.${randomBytes(6).toString('hex')}`
  // A path known only at run time: without the word to the bundler the whole checkout would be part of the build.
  const file = await open(/* turbopackIgnore: true */ next, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(next, path)
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error
    throw new StoreUnavailable('unreadable', codeOf(error) || String(error))
  }
}

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined
  throw error
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
