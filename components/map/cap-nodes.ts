// React Flow's limit: the frame of the map always stays, then objects in trouble, then the rest in order. What is left out is
// drawn on the canvas and counted, never lost.

import type { MapNode } from './flow-nodes'

export function capNodes(nodes: readonly MapNode[], limit: number): { nodes: readonly MapNode[]; folded: number } {
  if (nodes.length <= limit) return { nodes, folded: 0 }
  const ranked = [...nodes.entries()].sort(([a, left], [b, right]) => rank(left) - rank(right) || a - b)
  const kept = new Set(ranked.slice(0, limit).map(([index]) => index))
  return { nodes: nodes.filter((_, index) => kept.has(index)), folded: nodes.length - limit }
}

function rank(node: MapNode): number {
  if (node.type === 'service') return node.data.service.trouble.length > 0 ? 1 : 4
  if (node.type === 'node') return node.data.focused || node.data.source ? 0 : node.data.node.ready === false ? 1 : 3
  if (node.type === 'pod') return node.data.focused ? 0 : node.data.condition === 'ready' ? 3 : 2
  if (node.type === 'namespace') return 5
  return 0
}
