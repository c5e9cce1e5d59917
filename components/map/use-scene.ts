'use client'
import { useMemo, useRef } from 'react'
import { ofKind } from '@/client/use-overview'
import { emptyMemory, type LayoutMemory } from '@/core/graph/layout'
import type { Size } from '@/core/graph/layout-rect'
import type { IpFamily } from '@/core/model/records'
import { defaultFamily, usableFamily } from '@/core/model/shown-family'
import { clusterScene } from './cluster-scene'
import { keepNodes } from './flow-nodes'
import { focusFacts, shownPort } from './focus-facts'
import { focusScene } from './focus-scene'
import { emptyModel, type MapModel, mapModel } from './map-model'
import type { MapViewProps } from './map-props'
import { routeOfPart } from './route-of-part'
import type { Scene } from './scene'
import { layoutSize } from './use-viewport'

type Input = MapViewProps & { readonly size: Size }

/** The scene of what the page shows. Slots are kept from scene to scene, and unchanged cards keep their object. */
export function useScene(input: Input): { scene: Scene; model: MapModel; family: IpFamily } {
  const { overview, servicePart, focus, from, port, filters, cuts } = input
  const { width, height } = layoutSize(input.size)
  const size = useMemo(() => ({ width, height }), [width, height])
  const model = useMemo(() => (overview ? mapModel(overview) : emptyModel), [overview])
  const memory = useRef<LayoutMemory>(emptyMemory)
  const previous = useRef<Scene | undefined>(undefined)
  // An IPv6-only Service on an IPv4 map would look as if it had no endpoints: until somebody chooses, its own family is shown.
  const pod = from?.kind === 'Pod' ? model.podByKey.get(`${from.namespace}/${from.name}`) : undefined
  const own = servicePart && usableFamily(ofKind(servicePart, 'Service')[0]?.ipFamilies ?? [], pod?.podIPs ?? [])
  const family = input.family ?? own ?? defaultFamily(model)
  const facts = useMemo(
    () => (servicePart ? focusFacts(servicePart.values(), model, family) : undefined),
    [servicePart, model, family],
  )
  const portKey = facts && shownPort(facts, port)
  const sourceNode = sourceNodeOf(from, model)
  const route = useMemo(
    () =>
      servicePart && portKey !== undefined
        ? routeOfPart(servicePart, { port: portKey, family, node: sourceNode })
        : undefined,
    [servicePart, portKey, family, sourceNode],
  )
  const scene = useMemo(() => {
    const made = facts
      ? focusScene(
          model,
          {
            facts,
            view: {
              size,
              family,
              port: portKey,
              from,
              sourceNode: sourceNode?.name,
              route,
              cuts,
              slice: focus?.kind === 'EndpointSlice' ? `${focus.namespace}/${focus.name}` : undefined,
            },
          },
          memory.current,
        )
      : clusterScene(model, { size, family, filters, lit: litOf(focus) }, memory.current)
    memory.current = made.memory
    return keepScene(previous.current, made.scene)
  }, [model, facts, size, family, filters, focus, from, portKey, sourceNode, route, cuts])
  previous.current = scene
  return { scene, model, family }
}

function litOf(focus: MapViewProps['focus']): { kind: 'Node' | 'Pod'; key: string } | undefined {
  if (focus?.kind === 'Node') return { kind: 'Node', key: focus.name }
  return focus?.kind === 'Pod' ? { kind: 'Pod', key: `${focus.namespace}/${focus.name}` } : undefined
}

function sourceNodeOf(from: MapViewProps['from'], model: MapModel) {
  if (!from) return undefined
  const name = from.kind === 'Node' ? from.name : model.podByKey.get(`${from.namespace}/${from.name}`)?.nodeName
  return name === undefined || name === null ? undefined : model.nodeByName.get(name)
}

function keepScene(old: Scene | undefined, next: Scene): Scene {
  if (!old) return next
  return { ...next, nodes: keepNodes(old.nodes, next.nodes), edges: keepNodes(old.edges, next.edges) }
}
