import type { ClusterView } from '../model/cluster-view'
import type { NodeKey } from '../model/keys'
import { graphId, podKeyOf, splitGraphId } from './ids'
import { nodeDetail } from './project-node'
import { podDetail } from './project-pod'
import type { Projector } from './projector'
import type { GraphId, GraphObject } from './types'

/** A node and its pods. Pods are shown also where the node itself cannot be read. */
export function nodePart(view: ClusterView, node: NodeKey): Projector {
  return { ids: () => ids(view, node), object: (id) => object(view, node, id) }
}

function* ids(view: ClusterView, node: NodeKey): Generator<GraphId> {
  yield graphId('Node', node)
  for (const pod of view.podsOfNode(node)) yield graphId('Pod', pod.key)
}

function object(view: ClusterView, node: NodeKey, id: GraphId): GraphObject | undefined {
  const { kind, key } = splitGraphId(id)
  if (kind === 'Pod') {
    const pod = view.pod(podKeyOf(id))
    return pod?.nodeName === node ? podDetail(view, pod) : undefined
  }
  const record = kind === 'Node' && key === node ? view.node(node) : undefined
  return record && nodeDetail(view, record)
}
