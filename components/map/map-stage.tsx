'use client'
import { ReactFlow } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import { useSelection } from '@/client/selection'
import type { Size } from '@/core/graph/layout'
import { DotLayer } from './dot-layer'
import { MAX_FLOW_EDGES, MAX_FLOW_NODES, type MapEdge, type MapNode } from './flow-nodes'
import { edgeTypes, nodeTypes } from './flow-types'
import { GroundLayer } from './ground-layer'
import type { MapViewProps } from './map-view'
import { useChangeRings } from './use-change-rings'
import { useHotCards } from './use-hot-cards'
import { usePointer } from './use-pointer'
import { useScene } from './use-scene'
import { useViewport } from './use-viewport'

type Props = MapViewProps & { readonly size: Size; readonly muted: ReadonlySet<string> }

/** Ground, canvas and React Flow over each other, all showing one scene. */
export function MapStage(props: Props) {
  const root = useRef<HTMLDivElement>(null)
  const { scene, model } = useScene(props)
  const { hovered } = useSelection()
  const related = useMemo(() => (hovered === undefined ? undefined : scene.related(hovered)), [scene, hovered])
  const rings = useChangeRings(scene, model)
  const hover = useMemo(() => ({ related, rings }), [related, rings])
  const viewport = useViewport(scene, props.size, depthKey(props))
  const pointer = usePointer({ scene, model, root, props })
  useHotCards(root, hovered, related)
  // Enforced where scenes are built; here only shown, and never exceeded whatever a scene says.
  const nodes = scene.nodes.length > MAX_FLOW_NODES ? scene.nodes.slice(0, MAX_FLOW_NODES) : scene.nodes
  const edges = scene.edges.length > MAX_FLOW_EDGES ? scene.edges.slice(0, MAX_FLOW_EDGES) : scene.edges
  return (
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
        maxZoom={10}
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
        proOptions={proOptions}
        onNodeClick={pointer.onCardClick}
        onPaneClick={pointer.onPaneClick}
      />
    </div>
  )
}

const proOptions = { hideAttribution: true }

function depthKey(props: Props): string {
  const { focus } = props
  if (!focus) return ''
  return focus.kind === 'Node' ? `Node:${focus.name}` : `${focus.kind}:${focus.namespace}/${focus.name}`
}
