// What the pointer or the cursor is on, as the page's URL names it.

import type { FocusRef, SourceRef } from '@/core/graph/page-refs'
import { splitKey } from '@/core/model/keys'
import type { Target } from './scene'

type Named = Pick<Target, 'kind' | 'key'>

export function refOf(target: Named): FocusRef | undefined {
  if (target.kind === 'Endpoint') return undefined
  return target.kind === 'Node' ? { kind: 'Node', name: target.key } : { kind: target.kind, ...splitKey(target.key) }
}

/** Connections start on pods and nodes. */
export function sourceOf(target: Named): SourceRef | undefined {
  if (target.kind === 'Node') return { kind: 'Node', name: target.key }
  return target.kind === 'Pod' ? { kind: 'Pod', ...splitKey(target.key) } : undefined
}
