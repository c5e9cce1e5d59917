// Which parts of the stream a page is made of.

import type { PageQuery } from './page-query'
import type { PartKey } from './types'

/**
 * The parts a page needs. A pod or a slice travels inside the parts of its Services, which the overview knows: hand in what it
 * says (`namespace/name` of the Services, the pod's node), or nothing while it is not loaded.
 */
export function partsOfQuery(
  query: PageQuery,
  known: { services: readonly string[]; nodeName: string | null } = { services: [], nodeName: null },
): PartKey[] {
  const parts = new Set<PartKey>(['overview', 'status'])
  const { focus, from } = query
  if (focus?.kind === 'Service') parts.add(`service/${focus.namespace}/${focus.name}`)
  if (focus?.kind === 'Node') parts.add(`node/${focus.name}`)
  if (focus?.kind === 'Pod' || focus?.kind === 'EndpointSlice') {
    for (const service of known.services) parts.add(`service/${service}`)
    if (known.nodeName !== null) parts.add(`node/${known.nodeName}`)
  }
  if (from?.kind === 'Node') parts.add(`node/${from.name}`)
  return [...parts]
}
