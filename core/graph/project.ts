// ClusterView → parts of the graph. One object can be projected by itself, and a whole part is nothing but all its objects,
// so what a change costs is what it touches, and the incremental way cannot drift from the full one.

import type { GraphView } from './graph-view'
import { parsePartKey } from './ids'
import { nodePart } from './project-node-part'
import { servicePart } from './project-service-part'
import { statusPart } from './project-status'
import { namespacePart, overviewPart } from './project-summaries'
import type { Projector } from './projector'
import type { GraphId, GraphObject, GraphPart, PartKey } from './types'

/** The whole part as the view stands. A part of something that is not there is empty. */
export function project(view: GraphView, part: PartKey): GraphPart {
  const { ids, object } = projector(view, part)
  const objects = new Map<GraphId, GraphObject>()
  for (const id of ids()) {
    const projected = object(id)
    if (projected !== undefined) objects.set(id, projected)
  }
  return { key: part, objects }
}

/** One object of a part; undefined when the part does not hold it. */
export function projectObject(view: GraphView, part: PartKey, id: GraphId): GraphObject | undefined {
  return projector(view, part).object(id)
}

function projector(view: GraphView, part: PartKey): Projector {
  const parsed = parsePartKey(part)
  switch (parsed.type) {
    case 'overview':
      return overviewPart(view)
    case 'status':
      return statusPart(view)
    case 'namespace':
      return namespacePart(view, parsed.name)
    case 'service':
      return servicePart(view, parsed.key)
    case 'node':
      return nodePart(view, parsed.key)
  }
}
