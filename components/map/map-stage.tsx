'use client'
import { ReactFlow } from '@xyflow/react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useSelection } from '@/client/selection'
import type { Size } from '@/core/graph/layout-rect'
import { DotLayer } from './dot-layer'
import { findTarget } from './find-target'
import { MAX_FLOW_EDGES, MAX_FLOW_NODES, type MapEdge, type MapNode } from './flow-nodes'
import { edgeTypes, nodeTypes } from './flow-types'
import { GlanceCard } from './glance-card'
import { GroundLayer } from './ground-layer'
import type { MapViewProps } from './map-props'
import { mutedScene } from './muted-scene'
import { PlaneCursors } from './plane-cursors'
import { useChangeRings } from './use-change-rings'
import { useDescribe } from './use-describe'
import { useDetail } from './use-detail'
import { useHotCards } from './use-hot-cards'
import { usePointer } from './use-pointer'
import { useScene } from './use-scene'
import { useViewport } from './use-viewport'
import { useZoomKeys } from './use-zoom-keys'

type Props = MapViewProps & { readonly size: Size; readonly muted: ReadonlySet<string> }

/** Ground, canvas and React Flow over each other, all showing one scene. */
export function MapStage(props: Props) {
  const root = useRef<HTMLDivElement>(null)
  const { scene: whole, model, family } = useScene(props)
  const scene = useMemo(() => mutedScene(whole, props.muted), [whole, props.muted])
  const [pointed, setPointed] = useState<string>()
  const target = useMemo(() => findTarget(scene, pointed), [scene, pointed])
  const say = useDescribe(scene, model, family)
  const { hovered } = useSelection()
  const related = useMemo(() => (hovered === undefined ? undefined : scene.related(hovered)), [scene, hovered])
  const rings = useChangeRings(scene, model)
  const hover = useMemo(() => ({ related, rings }), [related, rings])
  const viewport = useViewport(scene, props.size, depthKey(props))
  const pointer = usePointer({ scene, model, props, onPoint: setPointed })
  const { onFocus, onSource } = props
  const keys = useZoomKeys()
  const hideGlance = useCallback(() => setPointed(undefined), [])
  useHotCards(root, hovered, related)
  // Enforced where scenes are built; here only shown, and never exceeded whatever a scene says.
  const detail = useDetail(scene, props.size)
  const nodes = useMemo(() => [...scene.nodes, ...detail].slice(0, MAX_FLOW_NODES), [scene.nodes, detail])
  const edges = scene.edges.length > MAX_FLOW_EDGES ? scene.edges.slice(0, MAX_FLOW_EDGES) : scene.edges
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what the pointer does here, PlaneCursors do by keyboard
    <div
      ref={root}
      className="map-root"
      data-depth={scene.depth}
      data-rf-nodes={nodes.length}
      data-rf-edges={edges.length}
      data-dots={scene.dots.ids.length}
      data-folded={scene.folded}
      data-clock={props.clock}
      data-muted={[...props.muted].join(' ') || undefined}
      data-hovering={related !== undefined || undefined}
      onPointerMove={pointer.onMove}
      onPointerLeave={pointer.onLeave}
      onKeyDown={keys}
    >
      <GroundLayer ground={scene.ground} />
      <DotLayer scene={scene} hover={hover} />
      <ReactFlow<MapNode, MapEdge>
        nodes={nodes as MapNode[]}
        edges={edges as MapEdge[]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        defaultViewport={viewport.initial}
        translateExtent={viewport.extent}
        minZoom={viewport.minZoom}
        maxZoom={24}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        disableKeyboardA11y
        onNodeClick={pointer.onCardClick}
        onPaneClick={pointer.onPaneClick}
        onMoveStart={hideGlance}
      >
        <PlaneCursors scene={scene} say={say} onFocus={onFocus} onSource={onSource} onPoint={setPointed} />
      </ReactFlow>
      {target && <GlanceCard target={target} model={model} family={family} stage={props.size} />}
    </div>
  )
}

function depthKey(props: Props): string {
  const { focus } = props
  if (!focus) return ''
  return focus.kind === 'Node' ? `Node:${focus.name}` : `${focus.kind}:${focus.namespace}/${focus.name}`
}
