import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import fields from '@/messages/en/fields.json'
import { helpKey } from './help-key'

describe('the help of a field', () => {
  test.each([
    ['Service', 'spec.ports[3].nodePort', 'spec/ports[]/nodePort'],
    ['Service', 'spec.clusterIPs[1]', 'spec/clusterIPs'],
    ['Pod', 'status.podIPs[0].ip', 'status/podIPs'],
    ['Node', 'metadata.labels[topology.kubernetes.io/zone]', 'metadata/labels[topology/kubernetes/io/zone]'],
    ['Node', 'metadata.labels[team]', 'metadata/labels'],
    ['EndpointSlice', 'endpoints[7].targetRef.name', 'endpoints[]/targetRef'],
    ['Service', 'spec.ports[0].madeUp', undefined],
    ['Service', 'spec.madeUp', undefined],
    ['Thing', 'spec.type', undefined],
  ])('%s %s', (kind, field, key) => expect(helpKey(fields, { kind, field })).toBe(key))
})

// Every file that shows fields, by the kind whose fields they are.
const folder = new URL('.', import.meta.url).pathname
const kinds = [
  [/^service-/, 'Service', ''],
  [/^slice-/, 'EndpointSlice', ''],
  [/^endpoint-row\.tsx/, 'EndpointSlice', 'endpoints[].'],
  [/^node-inspector/, 'Node', ''],
  [/^pod-/, 'Pod', ''],
  [/^legacy-/, 'Endpoints', ''],
] as const

const shown = readdirSync(folder)
  .filter((name) => name.endsWith('.tsx'))
  .flatMap((name) => {
    const [, kind, prefix = ''] = kinds.find(([pattern]) => pattern.test(name)) ?? []
    if (kind === undefined) return []
    const source = readFileSync(folder + name, 'utf8')
    const calls = [
      ...source.matchAll(/\bof\(\s*['"`]([^'"`]+)['"`]\s*\)/g),
      ...source.matchAll(/\bfield: ['`]([^'`]+)['`]/g),
    ]
    return calls.flatMap(([, text = '']) => {
      const field = text.replace(/\$\{(i|j|endpoint\.index)\}/g, '0')
      // What is put together of parts is found by its parts.
      if (field.includes('${')) return []
      const ports = name === 'service-ports.tsx' ? 'spec.ports[0].' : prefix
      return [{ name, kind, field: field.startsWith('endpoints[') ? field : `${ports}${field}` }]
    })
  })

describe('every field that the inspector shows has a help text', () => {
  test.each(shown.map(({ name, kind, field }) => [kind, field, name] as const))('%s %s in %s', (kind, field) => {
    expect(helpKey(fields, { kind, field })).toBeDefined()
  })

  test('they are found at all, of every kind', () => {
    expect(shown.length).toBeGreaterThan(60)
    expect(new Set(shown.map(({ kind }) => kind)).size).toBe(5)
  })
})

test('no text is said twice, and none is a line without an end', () => {
  const texts = Object.values(fields).flatMap((own) => Object.values(own))
  expect(texts.filter((text) => !/[.?]$/.test(text) || text.length < 30)).toEqual([])
  expect(new Set(texts).size).toBe(texts.length)
})
