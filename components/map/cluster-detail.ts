// What cells become when the person has zoomed in far enough to read: the same objects at the same place, as cards.

import type { Rect } from '@/core/graph/layout-rect'
import type { NodeSummary, ServiceSummary } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'
import { cardAddress, shortName } from './addresses'
import { type DetailData, flowNode, type MapNode } from './flow-nodes'
import { worstSeverity } from './service-facts'

/** Width and height on the screen from which text can be read. */
const READABLE = { service: { width: 58, height: 18 }, node: { width: 46, height: 17 } }

export type DetailView = { readonly area: Rect; readonly zoom: number; readonly room: number }

export type DetailSource = {
  readonly family: IpFamily
  readonly services: readonly (readonly [ServiceSummary, Rect])[]
  readonly nodes: readonly (readonly [NodeSummary, Rect])[]
}

/** Cards for the cells in view, those in trouble first, at most `room`. */
export function clusterDetail(source: DetailSource, view: DetailView): MapNode[] {
  const cards: { place: Rect; id: string; rank: number; data: DetailData }[] = []
  for (const [service, place] of source.services) {
    if (!shows(place, READABLE.service, view)) continue
    const tier = place.height * view.zoom < 34 ? 'line' : 'chip'
    const inner = { type: 'service', data: { service, family: source.family, tier, faint: false } } as const
    const rank = worstSeverity(service.trouble) === undefined ? 1 : 0
    cards.push({ place, id: service.id, rank, data: { scale: view.zoom, inner } })
  }
  for (const [node, place] of source.nodes) {
    if (!shows(place, READABLE.node, view)) continue
    const width = place.width * view.zoom
    const form = place.height * view.zoom < 58 ? 'chip' : 'focus'
    const data = {
      node,
      family: source.family,
      form,
      label: shortName(node.name, width - 8),
      address: cardAddress(node, { family: source.family, prefix: '', width }),
      most: 1,
      source: false,
      focused: false,
      faint: false,
    } as const
    const rank = node.ready === false || node.proxyMode.state === 'unknown' ? 0 : 1
    cards.push({ place, id: node.id, rank, data: { scale: view.zoom, inner: { type: 'node', data } } })
  }
  cards.sort((a, b) => a.rank - b.rank)
  return cards
    .slice(0, view.room)
    .map(({ place, id, data }) => flowNode({ id: `detail:${id}`, type: 'detail', rect: place, data, z: 18 }))
}

function shows(place: Rect, least: { width: number; height: number }, { area, zoom }: DetailView): boolean {
  if (place.width * zoom < least.width || place.height * zoom < least.height) return false
  return (
    place.x < area.x + area.width &&
    place.x + place.width > area.x &&
    place.y < area.y + area.height &&
    place.y + place.height > area.y
  )
}
