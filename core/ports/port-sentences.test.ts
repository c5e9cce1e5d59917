import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import messages from '../../messages/en/ports.json'

test('[T4] every finding has a sentence and every sentence a finding', () => {
  const folder = new URL('.', import.meta.url).pathname
  const source = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(folder + name, 'utf8'))
    .join('\n')
  const given = [...source.matchAll(/'((?:external|no|pods|target|slice|app|node-port)-[a-z0-9-]+)'/g)].map(
    ([, code]) => code,
  )
  expect([...new Set(given)].sort()).toEqual(Object.keys(messages.finding).sort())
})
