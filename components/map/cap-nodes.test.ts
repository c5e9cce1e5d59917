import { describe, expect, it } from 'vitest'
import type { ServiceSummary, Trouble } from '@/core/graph/types'
import { serviceSummary } from '@/core/testing/graph-objects'
import { capNodes } from './cap-nodes'
import { flowNode, keepNodes, type MapNode } from './flow-nodes'

const crit: Trouble = { severity: 'crit', reason: { code: 'service-none-ready', values: {} }, since: null }
const summary = (name: string, trouble: readonly Trouble[]) => serviceSummary(`a/${name}`, { trouble })

function chip(service: ServiceSummary): MapNode {
  const data = { service, family: 'IPv4', tier: 'chip', faint: false } as const
  return flowNode({ id: service.id, type: 'service', rect: { x: 0, y: 0, width: 100, height: 30 }, data })
}

describe('capNodes', () => {
  it('leaves a small scene alone', () => {
    const nodes = [chip(summary('a', []))]
    expect(capNodes(nodes, 300)).toEqual({ nodes, folded: 0 })
  })

  it('keeps what is in trouble, counts what is folded', () => {
    const nodes = Array.from({ length: 400 }, (_, at) => chip(summary(`s${at}`, at % 100 === 99 ? [crit] : [])))
    const capped = capNodes(nodes, 300)
    expect(capped.nodes).toHaveLength(300)
    expect(capped.folded).toBe(100)
    const kept = new Set(capped.nodes.map((node) => node.id))
    for (const at of [99, 199, 299, 399]) expect(kept.has(`ServiceSummary:a/s${at}`)).toBe(true)
  })
})

describe('keepNodes', () => {
  it('keeps the object of a card that did not change, and the list when none did', () => {
    const service = summary('a', [])
    const first = [chip(service), chip(summary('b', []))]
    expect(keepNodes(first, [chip(service), chip({ ...summary('b', []) })])).toBe(first)
    const changed = keepNodes(first, [chip(service), chip(summary('b', [crit]))])
    expect(changed[0]).toBe(first[0])
    expect(changed[1]).not.toBe(first[1])
  })
})
