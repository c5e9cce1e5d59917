import type { PageQuery } from '@/core/graph/page-query'
import type { Troubled } from '@/core/graph/troubled'

/** Where a problem is explained: a Service has a tab for it, a node's first one says what is wrong. */
export function focusOf({ focus }: Troubled): Pick<PageQuery, 'focus' | 'tab'> {
  return { focus, tab: focus.kind === 'Service' ? 'problems' : undefined }
}
