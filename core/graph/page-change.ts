// What a change of the page's query takes with it: what was said about the old focus says nothing about the new one.

import type { PageQuery } from './page-query'
import type { FocusRef } from './page-refs'
import { tabsOf } from './page-tabs'

/**
 * The query with `part` of it replaced. With another focus the way goes, the port goes, unless a slice is opened from its Service, and so does
 * a tab that the new focus does not have, and a name looked up in no pod any more; the text goes when the page of addresses comes or
 * goes, the sum with the page of costs. What `part` names itself is taken
 * as it is.
 */
export function changeQuery(query: PageQuery, part: Partial<PageQuery>): PageQuery {
  const changed = { ...query, ...part, ...textOf(query, part) }
  const next = changed.view === 'cost' ? changed : { ...changed, sum: undefined }
  if (!('focus' in part) || isSame(query.focus, part.focus)) return next
  const { focus } = next
  const keepsPort = 'port' in part || (focus !== undefined && isWithin(query.focus, focus))
  const keepsTab = focus !== undefined && next.tab !== undefined && tabsOf(focus.kind).includes(next.tab)
  return {
    ...next,
    port: keepsPort ? next.port : undefined,
    way: 'way' in part ? next.way : undefined,
    tab: keepsTab ? next.tab : undefined,
    lookUp: focus?.kind === 'Pod' ? next.lookUp : '',
  }
}

// What is searched for among addresses or ways in is no filter of lists, nor the other way round.
const searched: readonly PageQuery['view'][] = ['addresses', 'entries']

function textOf(query: PageQuery, part: Partial<PageQuery>): Partial<PageQuery> {
  const isOwn = (view: PageQuery['view']) => searched.includes(view) && view
  const comesOrGoes = part.view !== undefined && isOwn(part.view) !== isOwn(query.view)
  return comesOrGoes && part.text === undefined ? { text: '' } : {}
}

function isSame(a: FocusRef | undefined, b: FocusRef | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  const place = (ref: FocusRef) => (ref.kind === 'Node' ? '' : ref.namespace)
  return a.kind === b.kind && a.name === b.name && place(a) === place(b)
}

/** A slice of the Service's own namespace, or the other way round: the map shows the one within the other. */
function isWithin(a: FocusRef | undefined, b: FocusRef): boolean {
  const kinds = [a?.kind, b.kind].sort().join()
  return kinds === 'EndpointSlice,Service' && a?.kind !== 'Node' && b.kind !== 'Node' && a?.namespace === b.namespace
}
