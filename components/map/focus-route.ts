// The route over the focus: source, portal, one strand per endpoint that can receive; or how it ends when none can.

import { rect, right } from '@/core/graph/layout-rect'
import { MAX_STRANDS, type StrandTarget, strands } from '@/core/graph/layout-strands'
import { flowNode, type MapEdge, type MapNode, type NoteData } from './flow-nodes'
import { type FocusContext, portalPoint, underSlab } from './focus-context'
import type { CardRoute, FocusCard } from './focus-facts'
import { policyOfAll } from './focus-frame'
import { proxyShape } from './glyphs/proxy-glyph'

export type RouteDrawing = {
  readonly nodes: readonly MapNode[]
  readonly edges: readonly MapEdge[]
  readonly sourceZone: number
}

export function focusRoute(context: FocusContext): RouteDrawing {
  const { layout } = context
  const sourceZone = layout.source?.zone ?? -1
  const end = routeEnd(context)
  const start = startOf(context, end !== undefined)
  const fan = end === undefined ? fanOut(context) : { nodes: [end], edges: [] }
  return {
    nodes: [...start.nodes, ...fan.nodes],
    edges: [...start.edges, ...fan.edges].slice(0, MAX_STRANDS),
    sourceZone,
  }
}

/** No portal where no proxy rewrites: the portal would say that the source's node does. */
function startOf(context: FocusContext, ended: boolean): Pick<RouteDrawing, 'nodes' | 'edges'> {
  const { view } = context
  if (view.route?.unserved) return { nodes: [], edges: [] }
  return view.sourceNode === undefined ? prompt(context, ended) : portal(context)
}

/** Does a connection to this card leave the source's zone? */
export function crossesZones({ layout, model, view }: FocusContext, card: FocusCard): boolean {
  if (view.sourceNode === undefined) return false
  const from = model.nodeByName.get(view.sourceNode)?.zone ?? null
  if (from !== null && card.zone !== null) return from !== card.zone
  return layout.cards.get(card.id)?.zone !== (layout.source?.zone ?? -1)
}

function routeEnd(context: FocusContext): MapNode | undefined {
  const { view, layout, facts } = context
  const { route } = view
  const { service } = facts
  if (service.type === 'ExternalName') return note(context, 'externalName', { name: service.externalName ?? '' })
  if (service.clusterIP === 'None') return note(context, 'headless', {})
  if (!route) return undefined
  if (route.unserved) return note(context, 'unserved', { family: view.family })
  if (route.internal !== 'reject' && route.internal !== 'drop') return undefined
  const trouble = service.problems.find((one) => one.severity === 'crit') ?? service.problems[0]
  const at = portalPoint(layout)
  const side = at.x + 340 > right(layout.slab) ? 'left' : 'right'
  const width = Math.min(420, side === 'left' ? at.x - layout.slab.x + 15 : right(layout.slab) - at.x + 15)
  const place = rect(side === 'left' ? at.x + 15 - width : at.x - 15, at.y, { width, height: 52 })
  const data = {
    verdict: route.internal === 'drop' ? ('DROP' as const) : ('REJECT' as const),
    reason: trouble?.reason,
    side,
  } as const
  return flowNode({ id: 'end', type: 'end', rect: place, data, z: 17 })
}

function note({ layout }: FocusContext, key: string, values: NoteData['values']): MapNode {
  return flowNode({ id: `note:${key}`, type: 'note', rect: underSlab(layout, 460), data: { key, values }, z: 15 })
}

function prompt(context: FocusContext, ended: boolean): Pick<RouteDrawing, 'nodes' | 'edges'> {
  const { layout, facts } = context
  if (ended || facts.cards.length === 0) return { nodes: [], edges: [] }
  const at = portalPoint(layout)
  const place = rect(at.x - 150, layout.portal.y + 2, { width: 300, height: 24 })
  return {
    nodes: [flowNode({ id: 'portal', type: 'note', rect: place, data: { key: 'chooseSource', values: {} }, z: 15 })],
    edges: [],
  }
}

function portal({ layout, view, model }: FocusContext): Pick<RouteDrawing, 'nodes' | 'edges'> {
  const { source } = layout
  const node = view.sourceNode === undefined ? undefined : model.nodeByName.get(view.sourceNode)
  if (!source || !node || !view.from) return { nodes: [], edges: [] }
  const pod = view.from.kind === 'Pod' ? model.podByKey.get(`${view.from.namespace}/${view.from.name}`) : undefined
  const address = pod?.podIPs.find((ip) => ip.includes(':') === (view.family === 'IPv6')) ?? pod?.podIPs[0]
  const key = view.from.kind === 'Pod' ? `${view.from.namespace}/${view.from.name}` : view.from.name
  const label = view.from.kind === 'Node' ? view.from.name : `.${(address ?? '').split('.').slice(2).join('.')}`
  const nodes = [
    flowNode({
      id: 'portal',
      type: 'portal',
      rect: layout.portal,
      data: {
        node: node.name,
        mode: proxyShape(node.proxyMode),
        by: node.proxyMode.state === 'replaced' ? node.proxyMode.by : '',
        x: 0,
      },
      z: 16,
    }),
    flowNode({
      id: 'source',
      type: 'source',
      rect: source.rect,
      data: { kind: view.from.kind, key, label: view.from.kind === 'Pod' && address?.includes(':') ? address : label },
      z: 22,
    }),
  ]
  const middle = source.rect.y + source.rect.height / 2
  const top = layout.portal.y + layout.portal.height / 2
  const left = layout.portal.x
  const bend = `M${source.rect.x} ${middle}H${source.laneX + 5}Q${source.laneX} ${middle} ${source.laneX} ${middle - 5}V${top + 6}Q${source.laneX} ${top} ${source.laneX + 6} ${top}H${left - 2}M${left - 8} ${top - 4}L${left - 2} ${top}L${left - 8} ${top + 4}`
  const edges = [edge('source', { source: 'source', target: 'portal' }, { bend, fall: '', width: 1.6, tone: 'source' })]
  return { nodes, edges }
}

function fanOut(context: FocusContext): Pick<RouteDrawing, 'nodes' | 'edges'> {
  const { view, layout, facts, routes } = context
  const chosen = facts.cards.filter((card) => routes.get(card.id)?.chosen)
  const neutral = view.sourceNode === undefined
  const folded = layout.cardTier === 'dot' || chosen.length > MAX_STRANDS - 10
  const targets = folded ? zoneTargets(context, chosen) : cardTargets(context, chosen)
  // A zone stands for all of its cards.
  const cut = new Map(
    targets.map(({ id }) => {
      const own = chosen.filter((card) => !folded || zoneId(layout.zones[layout.cards.get(card.id)?.zone ?? -1]) === id)
      const routed = own.flatMap((card) => (folded || `card:${card.id}` === id ? (routes.get(card.id) ?? []) : []))
      return [id, policyOfAll(routed)] as const
    }),
  )
  const drawn = strands(neutral ? targets.map((one) => ({ ...one, probability: 0 })) : targets, portalPoint(layout))
  const edges = drawn.map((strand) =>
    edge(
      `strand:${strand.id}`,
      { source: 'portal', target: strand.id },
      {
        bend: strand.bend,
        fall: strand.fall,
        width: strand.width,
        tone: neutral ? 'neutral' : toneOf(strand, cut.get(strand.id)),
        end: !neutral && endsHere(cut.get(strand.id)) ? { x: strand.x, y: strand.y - 14 } : undefined,
      },
    ),
  )
  return { nodes: [], edges }
}

const endsHere = (policy: CardRoute['policy']) => policy === 'denied' || policy === 'unknown'

function toneOf({ crosses }: StrandTarget, policy: CardRoute['policy']) {
  if (policy === 'denied') return 'cut'
  if (policy === 'unknown') return 'unsure'
  return crosses ? 'cross' : 'stay'
}

const zoneId = (zone: { readonly kind: string; readonly zone: string | null } | undefined) =>
  zone && `zone:${zone.kind}:${zone.zone ?? ''}`

function cardTargets(context: FocusContext, chosen: readonly FocusCard[]): StrandTarget[] {
  const { layout, routes } = context
  return chosen.flatMap((card): StrandTarget[] => {
    const place = layout.cards.get(card.id)
    if (!place) return []
    const probability = routes.get(card.id)?.probability ?? 0
    return [
      { id: `card:${card.id}`, x: place.x, y: place.rect.y + 1, probability, crosses: crossesZones(context, card) },
    ]
  })
}

// Too many endpoints for strands of their own: one per zone, down to the Pod plane.
function zoneTargets(context: FocusContext, chosen: readonly FocusCard[]): StrandTarget[] {
  const { layout, routes } = context
  return layout.zones.flatMap((zone, index): StrandTarget[] => {
    const own = chosen.filter((card) => layout.cards.get(card.id)?.zone === index)
    if (own.length === 0) return []
    const probability = own.reduce((sum, card) => sum + (routes.get(card.id)?.probability ?? 0), 0)
    const id = `zone:${zone.kind}:${zone.zone ?? ''}`
    const crosses = own.some((card) => crossesZones(context, card))
    return [{ id, x: right(zone.rect) - zone.width / 2, y: zone.rect.y + 4, probability, crosses }]
  })
}

function edge(id: string, ends: { source: string; target: string }, data: NonNullable<MapEdge['data']>): MapEdge {
  return {
    id,
    type: 'strand',
    ...ends,
    sourceHandle: null,
    targetHandle: null,
    zIndex: data.tone === 'source' ? 15 : 5,
    focusable: false,
    selectable: false,
    // React Flow reads out "Edge from … to …" for each; the route is in words in the bar and in the inspector.
    domAttributes: { 'aria-hidden': true },
    data,
  }
}
