// docs/semantics.md and the tests name the same rules, and every reason that the rules give has a sentence.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import reasons from '../messages/en/reasons.json'

const root = new URL('..', import.meta.url).pathname
const read = (path: string) => readFileSync(root + path, 'utf8')
const files = (folder: string) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)

// M is a row of the mission, which a test may name too; K stands in names of chains.
const rules = [...read('docs/semantics.md').matchAll(/^\| ([A-JLN-Z]\d+) \| (.*) \| (.*) \|$/gm)]
const tested = new Set(
  [...files('core'), ...files('server/store')].filter((file) => file.endsWith('.test.ts')).flatMap(idsOf),
)

function idsOf(file: string): readonly string[] {
  return [...read(file).matchAll(/['"`]\[([A-JLN-Z]\d+)\]/g)].map(([, id]) => id ?? '')
}

describe('rules', () => {
  test('are numbered without gaps, each once', () => {
    const numbers = (letter: string) => rules.flatMap(([, id]) => (id?.startsWith(letter) ? Number(id.slice(1)) : []))
    const letters = new Set(rules.map(([, id]) => id?.slice(0, 1) ?? ''))
    expect([...letters]).toEqual(expect.arrayContaining(['P', 'S', 'G', 'D', 'V']))
    for (const found of [...letters].map(numbers)) {
      expect(found).toEqual(found.map((_, i) => i + 1))
    }
  })

  test.each(rules.map(([, id]) => id))('%s has a test', (id) => {
    expect(tested).toContain(id)
  })

  test('every id in a test name is a rule', () => {
    const known = new Set(rules.map(([, id]) => id))
    expect([...tested].filter((id) => !known.has(id))).toEqual([])
  })

  test('every rule says where upstream it stands', () => {
    expect(rules.filter(([, , , upstream]) => !/\.go|k8s\.io|^ours$/.test(upstream ?? '')).map(([, id]) => id)).toEqual(
      [],
    )
  })
})

// core/rules/nftables sees to its own: there such texts are names of chains and maps too.
describe('reasons of the rules', () => {
  const sources = [
    ...files('core/proxy'),
    ...files('core/slices'),
    ...files('core/explain'),
    ...files('core/policy'),
    ...files('core/rules'),
    ...files('core/readiness'),
    ...files('core/discovery'),
  ].filter((file) => !/test(ing)?\.ts$|proxy-mode|rules\/(nftables|settings)/.test(file))
  const codes = sources.flatMap((file) =>
    [
      ...read(file).matchAll(
        /'((?:affinity|choice|dump|endpoint|explain|hints|ipvs|mode|left-out|names|network|policy|probe|rule|safeguard|scheduler|service|slice|source-address|standing|unready|version)-[a-z-]+)'/g,
      ),
    ].map(([, code]) => code ?? ''),
  )

  test.each([...new Set(codes)].sort())('%s has a sentence', (code) => {
    expect(Object.keys(reasons)).toContain(code)
  })

  test('are found at all', () => {
    expect(new Set(codes).size).toBeGreaterThan(40)
  })
})
