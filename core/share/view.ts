// The page a link opens. A page's address may name what the link hides (a node, an address, another namespace): only what is
// within the link's own limits is kept, and what is not is named by its parameter.

import { formatPageQuery, type PageQuery, type PageView } from '../graph/page-query'
import type { ShareShow } from './record'

type Limits = { readonly namespaces: readonly string[]; readonly show: ShareShow }

/** Parameters of the page, as its address names them, that a link does not take along. */
export type DroppedParameter =
  | 'view'
  | 'focus'
  | 'from'
  | 'outside'
  | 'client'
  | 'to'
  | 'ns'
  | 'label'
  | 'workload'
  | 'q'
  | 'name'

/** A node's rules, and lists of its own, are not among them. */
const views: readonly PageView[] = ['map', 'services', 'problems', 'explain']

/** The part of a page that a link with these limits may open, and the parameters that were left out. */
export function shareViewOf(query: PageQuery, limits: Limits): { view: string; dropped: DroppedParameter[] } {
  const dropped: DroppedParameter[] = []
  const keep = <T>(parameter: DroppedParameter, isKept: boolean, [value, otherwise]: readonly [T, T]): T => {
    if (isKept) return value
    dropped.push(parameter)
    return otherwise
  }
  const { focus, from, namespaces, labels } = query
  const kept: PageQuery = {
    ...query,
    view: keep('view', views.includes(query.view), [query.view, 'map']),
    focus: keep('focus', focus === undefined || isInside(focus, limits), [focus, undefined]),
    from: keep('from', from === undefined || isInside(from, limits), [from, undefined]),
    outside: keep('outside', isAnywhere(query.outside) || limits.show.nodeNames, [query.outside, undefined]),
    client: keep('client', query.client === undefined || limits.show.addresses, [query.client, undefined]),
    // A name or an address may be anybody's.
    to: keep('to', query.to === undefined, [query.to, undefined]),
    namespaces: keep(
      'ns',
      namespaces.every((name) => limits.namespaces.includes(name)),
      [namespaces, []],
    ),
    labels: keep(
      'label',
      labels.every(([key]) => showsLabel(limits, key)),
      [labels, []],
    ),
    workload: keep('workload', query.workload === undefined || ownsInside(query.workload, limits), [
      query.workload,
      undefined,
    ]),
    text: keep('q', query.text === '', [query.text, '']),
    lookUp: keep('name', query.lookUp === '', [query.lookUp, '']),
    // Of a page that no link opens.
    sum: undefined,
  }
  // The tab of an inspector is one of what it inspects.
  const whole = kept.focus === undefined ? { ...kept, tab: undefined, port: undefined, way: undefined } : kept
  const view = formatPageQuery(whole).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return { view: view.join('&'), dropped }
}

/** The namespaces a link made on this page is about: those of its filter, else its focus's, else all that can be seen. */
export function namespacesOfPage(query: PageQuery, seen: readonly string[]): readonly string[] {
  if (query.namespaces.length > 0) return query.namespaces
  if (query.focus && query.focus.kind !== 'Node') return [query.focus.namespace]
  return seen
}

function isInside(ref: NonNullable<PageQuery['focus']>, limits: Limits): boolean {
  return ref.kind === 'Node' ? limits.show.nodeNames : limits.namespaces.includes(ref.namespace)
}

// A static pod's owner is its node.
const ownsInside = ({ kind, namespace }: NonNullable<PageQuery['workload']>, limits: Limits) =>
  limits.namespaces.includes(namespace) && (kind !== 'Node' || limits.show.nodeNames)

const isAnywhere = (outside: PageQuery['outside']) => outside === undefined || outside.node === undefined

function showsLabel({ show }: Limits, key: string): boolean {
  return show.labels === 'all' || show.labels.includes(key)
}
