// A node or a pod in focus at cluster depth: everything else steps back, its pods get cards with their addresses in the free
// part of the Pod plane, in their own zone.

import type { ClusterLayout } from '@/core/graph/layout-cluster'
import { bottom, rect } from '@/core/graph/layout-rect'
import type { PodSummary } from '@/core/graph/types'
import { flowNode, type MapNode } from './flow-nodes'
import type { MapModel } from './map-model'
import type { SceneView } from './scene'

export type Lit = {
  readonly pods: readonly PodSummary[]
  /** `namespace/name` of the Services that list one of them. */
  readonly services: ReadonlySet<string>
  readonly nodeName: string | null
}

export function litOf(model: MapModel, view: SceneView): Lit | undefined {
  const { lit } = view
  if (!lit) return undefined
  const pod = lit.kind === 'Pod' ? model.podByKey.get(lit.key) : undefined
  const pods = pod ? [pod] : lit.kind === 'Node' ? model.pods.filter((one) => one.nodeName === lit.key) : []
  const nodeName = lit.kind === 'Node' ? lit.key : (pod?.nodeName ?? null)
  return { pods, services: new Set(pods.flatMap((one) => one.services)), nodeName }
}

const GAP = 4

export function litCards(lit: Lit, model: MapModel, how: { layout: ClusterLayout; view: SceneView }): MapNode[] {
  const { layout, view } = how
  const node = lit.nodeName === null ? undefined : model.nodeByName.get(lit.nodeName)
  const place = node && layout.nodes.get(node.id)
  if (!place) return []
  const zone = layout.zones.find((one) => one.zone === place.zone)
  const single = lit.pods.length === 1
  const size = { width: view.family === 'IPv6' ? 168 : 122, height: 21 }
  const area = { x: zone?.x ?? place.column.x, width: zone?.width ?? 132, y: layout.podPlane.y + 4 }
  const across = single ? 1 : Math.max(1, Math.floor((area.width - GAP) / (size.width + GAP)))
  // Above every stack of the zone: the dots under a card could be neither seen nor hit.
  const free = dotsTop(layout, area) - area.y
  const rows = Math.floor((free + 2) / (size.height + GAP))
  const room = across * rows
  if (!single && room < 2) return []
  const shown = !single && lit.pods.length > room ? lit.pods.slice(0, room - 1) : lit.pods
  const left = single
    ? Math.min(Math.max(area.x + 4, place.column.x - 30), area.x + area.width - size.width - 4)
    : area.x + 6
  const at = (index: number) =>
    rect(left + (index % across) * (size.width + GAP), area.y + Math.floor(index / across) * (size.height + GAP), size)
  const cards = shown.map((pod, index) => podCard(pod, view, { rect: at(index), single }))
  if (shown.length === lit.pods.length) return cards
  const data = { key: 'morePods', values: { count: lit.pods.length - shown.length } }
  return [...cards, flowNode({ id: 'more-pods', type: 'note', rect: at(shown.length), data, z: 25 })]
}

// The upper edge of the highest dot over a stretch of the x axis.
function dotsTop({ pods, podPlane }: ClusterLayout, area: { x: number; width: number }): number {
  let top = bottom(podPlane)
  for (const [at, x] of pods.xs.entries()) {
    if (x >= area.x && x <= area.x + area.width) top = Math.min(top, (pods.ys[at] ?? top) - pods.size / 2)
  }
  return top
}

function podCard(pod: PodSummary, view: SceneView, how: { rect: ReturnType<typeof rect>; single: boolean }): MapNode {
  const key = `${pod.namespace}/${pod.name}`
  const address = pod.podIPs.find((ip) => ip.includes(':') === (view.family === 'IPv6')) ?? pod.podIPs[0] ?? ''
  return flowNode({
    id: `lit:${pod.id}`,
    type: 'pod',
    rect: how.rect,
    data: {
      kind: 'Pod',
      key,
      address,
      short: address,
      port: undefined,
      condition: pod.condition,
      tier: 'line',
      probability: undefined,
      routed: undefined,
      crosses: false,
      reason: undefined,
      policy: undefined,
      focused: how.single,
    },
    z: 25,
  })
}
