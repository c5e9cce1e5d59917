import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './root'

type Entry = {
  resolved?: string
  integrity?: string
  link?: boolean
  inBundle?: boolean
  hasInstallScript?: boolean
  dev?: boolean
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> }
const entries = Object.entries(lock.packages).filter(([path]) => path !== '')

test('[T21] every package of the lockfile comes from a registry over https and has its hash', () => {
  const bad = entries.filter(
    ([, { resolved, integrity, link, inBundle }]) =>
      inBundle !== true &&
      (link === true || !/^https:/.test(resolved ?? 'https:') || !/^sha512-/.test(integrity ?? '')),
  )
  expect(bad.map(([path]) => path)).toEqual([])
  expect(entries.length).toBeGreaterThan(100)
})

test('[T21] nothing that runs in production wants to run a script at its installation, but for what works without', () => {
  const wanting = entries.filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev).map(([path]) => path)
  // Tools of Next's and next-intl's build, whose binaries come as packages of their own.
  expect(wanting.filter((path) => !/^node_modules\/(sharp|@swc\/core|@parcel\/watcher)$/.test(path))).toEqual([])
})
