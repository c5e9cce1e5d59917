import { expect, it } from 'vitest'
import { nodeSummary } from '@/core/testing/graph-objects'
import { clusterDetail } from './cluster-detail'

const place = (at: number) => ({ x: at * 20, y: 0, width: 18, height: 9 })
const nodes = Array.from({ length: 10 }, (_, at) => [nodeSummary(`n${at}`, { ready: at !== 7 }), place(at)] as const)
const source = { family: 'IPv4', services: [], nodes } as const
const all = { x: 0, y: 0, width: 1000, height: 100 }

it('shows no card while a cell is too small to be read', () => {
  expect(clusterDetail(source, { area: all, zoom: 2, room: 100 })).toEqual([])
})

it('shows the cells in view as cards, troubled ones first, never more than there is room for', () => {
  const cards = clusterDetail(source, { area: { ...all, width: 150 }, zoom: 4, room: 3 })
  expect(cards.map((card) => card.id)).toEqual([
    'detail:NodeSummary:n7',
    'detail:NodeSummary:n0',
    'detail:NodeSummary:n1',
  ])
  expect(clusterDetail(source, { area: { ...all, width: 50 }, zoom: 4, room: 100 })).toHaveLength(3)
})
