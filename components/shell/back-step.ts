import type { PageQuery } from '@/core/graph/page-query'

/**
 * What `Esc` changes of the page, one step at a time: an explanation and a node's rules lead back to the map with what they are
 * about still in focus, the focus of any other view is let go, and without one the pages that
 * the rail has no room for lead back too. Undefined: there is nothing to go back from.
 */
export function backStep({ view, focus }: Pick<PageQuery, 'view' | 'focus'>): Partial<PageQuery> | undefined {
  if (view === 'explain' || view === 'rules') return { view: 'map' }
  if (beside.includes(view) && !focus) return { view: 'map' }
  return focus && { focus: undefined }
}

const beside: readonly PageQuery['view'][] = ['addresses', 'entries', 'cost']
