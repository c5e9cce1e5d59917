import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import addresses from '../../messages/en/addresses.json'

// Every code that the rules give has a sentence, and every sentence has a code that is given.
const folder = new URL('.', import.meta.url).pathname
const source = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.includes('test'))
  .map((name) => readFileSync(folder + name, 'utf8'))
  .join('\n')
const special = [...source.matchAll(/\['(loopback|unspecified|link-local|multicast|broadcast)'/g)].map(
  ([, kind]) => `special-${kind}`,
)
const given = new Set([
  ...[...source.matchAll(/code: '([a-z-]+)'/g)].map(([, code]) => code ?? ''),
  ...[...source.matchAll(/refused\('([a-z-]+)'/g)].map(([, code]) => code ?? ''),
  ...[...source.matchAll(/\? '([a-z-]+)' : '([a-z-]+)'/g)].flatMap(([, a, b]) =>
    [a ?? '', b ?? ''].filter((code) => /^(band|free)-/.test(code)),
  ),
  ...[...source.matchAll(/'(range-[a-z-]+)'/g)].map(([, code]) => code ?? ''),
  ...special,
])

test('every finding has a sentence and every sentence a finding', () => {
  expect([...given].sort()).toEqual(Object.keys(addresses.finding).sort())
  expect(special).toHaveLength(5)
})
