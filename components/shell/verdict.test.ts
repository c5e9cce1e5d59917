import { describe, expect, test } from 'vitest'
import type { Overview } from '@/client/use-overview'
import type { NodeSummary, ServiceSummary, Trouble } from '@/core/graph/types'
import { nodeSummary, serviceSummary } from '@/core/testing/graph-objects'
import { verdictOf } from './verdict'

const service = (name: string, trouble: readonly Trouble[] = []) => serviceSummary(`shop/${name}`, { trouble })

const crit: Trouble = { severity: 'crit', reason: { code: 'a', values: {} }, since: null }
const warn: Trouble = { severity: 'warn', reason: { code: 'b', values: {} }, since: null }
const info: Trouble = { severity: 'info', reason: { code: 'c', values: {} }, since: null }
const unknown = { proxyMode: { state: 'unknown', confidence: 'unknown' } } as const

function overview(services: ServiceSummary[], nodes: NodeSummary[] = []): Overview {
  return { services, nodes, pods: [], slices: [], namespaces: [], serviceCIDRs: [] }
}

describe('verdictOf', () => {
  test('a Service counts once, by its worst trouble; a note leaves it healthy', () => {
    const all = [service('a', [warn, crit]), service('b', [warn, warn]), service('c', [info]), service('d')]
    expect(verdictOf(overview(all))).toEqual({ crit: 1, warn: 1, services: 4, healthy: 2 })
  })

  test('a node counts once, however much is wrong with it', () => {
    expect(verdictOf(overview([], [nodeSummary('n', { ...unknown, ready: false })])).warn).toBe(1)
  })
})
