import { expect, test } from 'vitest'
import { nodeSummary, serviceSummary } from '../testing/graph-objects'
import { needsSomebody, troubledOf } from './troubled'
import type { Trouble } from './types'

const trouble = (severity: Trouble['severity'], code: string, since: number | null = null): Trouble => ({
  ...{ severity, reason: { code, values: {} }, since },
})
const service = (name: string, ...trouble: Trouble[]) => serviceSummary(`shop/${name}`, { trouble })

test('worst first, nodes before the Services they explain; a note asks for nobody', () => {
  const services = [
    service('a', trouble('info', 'x')),
    service('b', trouble('warn', 'x')),
    service('c', trouble('crit', 'x', 7)),
  ]
  const rows = troubledOf({ services, nodes: [nodeSummary('n', { ready: false })] })
  expect(rows.map(({ title }) => title)).toEqual(['shop/c', 'n', 'shop/b', 'shop/a'])
  expect(rows.filter(needsSomebody)).toHaveLength(3)
  expect(rows[0]).toMatchObject({ focus: { kind: 'Service', namespace: 'shop', name: 'c' }, since: 7 })
})

test('one row per problem, each with an id of its own', () => {
  const rows = troubledOf({
    services: [service('a', trouble('crit', 'x'), trouble('warn', 'y'))],
    nodes: [nodeSummary('n', { ready: false, proxyMode: { state: 'unknown', confidence: 'unknown' } })],
  })
  expect(rows.map(({ reason }) => reason.code)).toEqual(['x', 'node-not-ready', 'proxy-mode-unknown', 'y'])
  expect(new Set(rows.map(({ id }) => id)).size).toBe(4)
})

test('among equals, what began last comes first, and what is not known to have begun comes last', () => {
  const services = [
    service('a', trouble('warn', 'x', 1)),
    service('b', trouble('warn', 'x')),
    service('c', trouble('warn', 'x', 9)),
  ]
  expect(troubledOf({ services, nodes: [] }).map(({ title }) => title)).toEqual(['shop/c', 'shop/a', 'shop/b'])
})

test('a healthy cluster has none', () => {
  expect(troubledOf({ services: [service('a')], nodes: [nodeSummary('n', { ready: true })] })).toEqual([])
})
