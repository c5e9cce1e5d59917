// The focus's frame: plane names, ways in, the slab, zone headers, node cards.

import { addShares } from '@/client/numbers'
import { visibleText } from '@/components/ui/visible-text'
import { bottom, MARGIN, rect } from '@/core/graph/layout-rect'
import { cardAddress, commonPrefix, nodeAddress, shortName } from './addresses'
import { clusterIPRanges, count, gutter, nodeRange, within } from './cluster-gutters'
import { flowNode, type GutterFact, type MapNode, type WayData } from './flow-nodes'
import type { FocusContext } from './focus-context'
import type { CardRoute, FocusFacts } from './focus-facts'
import { podRange } from './plane-range'
import { wayNodes } from './ways-in'

export function focusFrame(context: FocusContext, ways: readonly Omit<WayData, 'count'>[]): MapNode[] {
  return [
    ...gutters(context),
    ...wayNodes(ways, context.layout.waysIn),
    slab(context),
    ...zoneHeaders(context),
    ...nodeCards(context),
  ]
}

function gutters({ model, facts, view, layout }: FocusContext): MapNode[] {
  const proxied = facts.service.clusterIP !== 'None' && facts.service.type !== 'ExternalName'
  const served = proxied && !view.route?.unserved
  const ready = facts.cards.filter((card) => card.condition === 'ready').length
  const unlisted = facts.cards.filter((card) => card.endpoints.length === 0).length
  const waysIn = layout.waysIn
  return [
    ...(waysIn
      ? [
          gutter('waysIn', rect(MARGIN + 12, waysIn.y + 6, { width: layout.gutter - 20, height: 20 }), {
            plane: 'waysIn' as const,
            ranges: [],
            facts: [],
            note: undefined,
          }),
        ]
      : []),
    gutter('clusterIP', within(layout.clusterIP, layout.gutter), {
      plane: 'clusterIP',
      ranges: clusterIPRanges(model, view.family),
      facts: [
        served
          ? { key: 'rulesOf', values: { count: model.nodes.length }, wraps: true }
          : { key: proxied ? 'unserved' : 'noProxy', values: { family: view.family }, wraps: true },
      ],
      note: undefined,
    }),
    gutter('pods', within(layout.podPlane, layout.gutter), {
      plane: 'pods',
      ranges: podRange(model.nodes, view.family),
      facts: [
        { key: 'endpoints', values: { count: facts.cards.length - unlisted } },
        { key: 'ready', values: { count: ready } },
        ...count('notInSlices', unlisted, 'warn'),
        ...workloadFacts(facts.workloads),
      ],
      note: undefined,
    }),
    gutter('nodes', within(layout.nodePlane, layout.gutter), {
      plane: 'nodes',
      ranges: nodeRange(model, view.family),
      facts: [
        { key: 'nodes', values: { count: model.nodes.length } },
        ...(view.sourceNode === undefined || !served ? [] : [rewriter(model, view.sourceNode)]),
      ],
      note: undefined,
    }),
  ]
}

const WORKLOADS = 4

// Whose pods these are. Their place on the map is their node, so that owners stand beside the plane.
function workloadFacts(workloads: FocusFacts['workloads']): GutterFact[] {
  const shown = workloads.slice(0, WORKLOADS)
  const more = workloads.length - shown.length
  return [
    ...shown.map(({ kind, name, count }): GutterFact => {
      const values = { kind: visibleText(kind), name: visibleText(name), count }
      return { key: 'workload', id: `${kind}/${name}`, title: 'workloadTitle', values }
    }),
    ...count('moreWorkloads', more, undefined),
  ]
}

// Only where kube-proxy is known to run can it be said to rewrite.
function rewriter(model: FocusContext['model'], node: string): GutterFact {
  const verdict = model.nodeByName.get(node)?.proxyMode
  if (verdict?.state === 'mode') return { key: 'rewrites', values: { node }, wraps: true }
  if (verdict?.state === 'replaced') return { key: 'replaced', values: { node, by: verdict.by }, wraps: true }
  return { key: 'unproven', values: { node }, wraps: true }
}

function slab({ facts, view, layout }: FocusContext): MapNode {
  const data = { service: facts.service, family: view.family, ports: facts.ports, port: view.port }
  return flowNode({ id: 'slab', type: 'slab', rect: layout.slab, data, z: 12 })
}

function zoneHeaders({ facts, view, layout, routes }: FocusContext): MapNode[] {
  const sourceZone = layout.source?.zone ?? -1
  return layout.zones.map((zone, index) => {
    const own = facts.cards.filter((card) => layout.cards.get(card.id)?.zone === index)
    const routed = own.flatMap((card) => routes.get(card.id) ?? [])
    const share = routed.reduce<number | undefined>((sum, { probability }) => addShares(sum, probability), 0)
    const known = view.sourceNode !== undefined && view.route !== undefined && view.route.unserved === undefined
    return flowNode({
      id: `zone:${zone.kind}:${zone.zone ?? ''}`,
      type: 'zone',
      rect: rect(zone.x + 6, zone.rect.y + 4, { width: zone.width - 12, height: 28 }),
      data: {
        zone: zone.zone,
        kind: zone.kind,
        nodes: zone.count,
        pods: undefined,
        ready: own.filter((card) => card.condition === 'ready').length,
        share: known ? share : undefined,
        source: index === sourceZone,
        hiddenNodes: zone.hiddenNodes,
        receives: routed.some(({ chosen }) => chosen),
        policy: known ? policyOfAll(routed) : undefined,
      },
      z: 14,
    })
  })
}

function nodeCards({ model, view, layout }: FocusContext): MapNode[] {
  const some = layout.nodes.values().next().value
  const width = some?.card.width ?? 0
  if (layout.grid.rows > 1 && (width < 42 || (some?.card.height ?? 0) < 17)) return []
  const form = layout.grid.rows > 1 ? 'chip' : width < 60 ? 'narrow' : 'focus'
  const prefix = commonPrefix(model.nodes.flatMap((node) => nodeAddress(node, view.family) ?? []))
  return model.nodes.flatMap((node) => {
    const place = layout.nodes.get(node.id)
    if (!place) return []
    return [
      flowNode({
        id: node.id,
        type: 'node',
        rect: place.card,
        data: {
          label: shortName(node.name, place.card.width - 8),
          address: cardAddress(node, { family: view.family, prefix, width: place.card.width }),
          node,
          family: view.family,
          form,
          most: 1,
          source: node.name === view.sourceNode,
          focused: false,
          faint: false,
        },
      }),
    ]
  })
}

/** Lower edge of the shard rows. */
export function rowsBottom({ layout }: Pick<FocusContext, 'layout'>): number {
  let low = layout.zones[0] ? layout.zones[0].rect.y + layout.zoneHeader : bottom(layout.slab)
  for (const row of layout.sliceRows.values()) low = Math.max(low, bottom(row))
  return low
}

/** What policies make of all that is chosen of some cards; undefined where they differ. */
export function policyOfAll(routed: readonly CardRoute[]): CardRoute['policy'] {
  const [first, ...others] = routed.filter(({ chosen }) => chosen)
  return others.every(({ policy }) => policy === first?.policy) ? first?.policy : undefined
}
