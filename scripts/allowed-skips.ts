import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { run } from './command.ts'
import { root } from './root.ts'

const listSchema = z.array(z.strictObject({ test: z.string().min(1), reason: z.string().min(10) }))

/** Tests that may skip on a machine that has everything, by their full name, each with its reason (e2e/allowed-skips.json). */
export function allowedSkips(): ReadonlyMap<string, string> {
  const list = listSchema.parse(JSON.parse(readFileSync(join(root, 'e2e', 'allowed-skips.json'), 'utf8')))
  return new Map(list.map(({ test, reason }) => [test, reason]))
}

/** What this machine lacks for the whole suite; empty on a machine where only listed tests may skip. */
export async function missingAbilities(chromium: string | undefined): Promise<string[]> {
  const missing: string[] = []
  if ((await run(['go', 'version'])).code !== 0) missing.push('Go')
  if (process.getuid?.() !== 0) missing.push('root')
  else if ((await run(['unshare', '--net', 'true'])).code !== 0) missing.push('network namespaces')
  if (chromium === undefined) missing.push('Chromium')
  return missing
}
