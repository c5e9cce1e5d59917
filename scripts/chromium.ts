import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { run } from './command.ts'
import { root } from './root.ts'
import { aptInstall } from './system-packages.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * Path of a Chromium that starts, or undefined with everything tried: `CHROMIUM_PATH`, the one Playwright downloaded
 * or can download, the system's package manager, the system's own.
 */
export async function findChromium(): Promise<{ path: string | undefined; tried: string[] }> {
  const tried: string[] = []
  const candidates: { name: string; find: () => Promise<string | undefined> }[] = [
    { name: 'CHROMIUM_PATH', find: async () => process.env.CHROMIUM_PATH },
    { name: 'the one found last time', find: remembered },
    { name: "Playwright's download", find: playwrightDownload },
    { name: "the system's package manager", find: packaged },
    { name: "the system's Chromium", find: onPath },
  ]
  for (const { name, find } of candidates) {
    const path = await find()
    if (path !== undefined && (await starts(path))) {
      await remember(path)
      return { path, tried }
    }
    tried.push(path === undefined ? `${name}: none` : `${name}: ${path} does not start`)
  }
  return { path: undefined, tried }
}

const memory = join(root, '.cache', 'chromium')

async function remembered(): Promise<string | undefined> {
  return existsSync(memory) ? readFileSync(memory, 'utf8') : undefined
}

async function remember(path: string): Promise<void> {
  await mkdir(join(root, '.cache'), { recursive: true })
  writeFileSync(memory, path)
}

async function playwrightDownload(): Promise<string | undefined> {
  const path = chromium.executablePath()
  if (existsSync(path)) return path
  await run(['playwright', 'install', 'chromium'], { timeoutMs: 180_000 })
  return existsSync(path) ? path : undefined
}

async function packaged(): Promise<string | undefined> {
  const already = await onPath()
  if (already !== undefined) return already
  await aptInstall(['chromium'])
  return onPath()
}

async function onPath(): Promise<string | undefined> {
  for (const name of names) {
    const { code, output } = await run(['which', name])
    if (code === 0) return output.trim()
  }
  return undefined
}

async function starts(path: string): Promise<boolean> {
  return existsSync(path) && (await run([path, '--version'], { timeoutMs: 20_000 })).code === 0
}
