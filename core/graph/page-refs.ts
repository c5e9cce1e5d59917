// Objects as a page's URL names them.

type NamespacedRef = {
  readonly kind: 'Service' | 'Pod' | 'EndpointSlice'
  readonly namespace: string
  readonly name: string
}
type NodeRef = { readonly kind: 'Node'; readonly name: string }

/** The object the page is about. */
export type FocusRef = NamespacedRef | NodeRef
/** Where a connection starts. */
export type SourceRef = (NamespacedRef & { readonly kind: 'Pod' }) | NodeRef

/** A connection that comes from outside the cluster: at this node, or wherever a load balancer sends it. */
export type OutsideRef = { readonly node: string | undefined }

/** `Service:shop/cart`, `Node:node-7`. */
export function formatRef(ref: FocusRef): string {
  return ref.kind === 'Node' ? `Node:${ref.name}` : `${ref.kind}:${ref.namespace}/${ref.name}`
}

/** Undefined: not of the form that `formatRef` writes. */
export function parseFocus(value: string): FocusRef | undefined {
  const colon = value.indexOf(':')
  const kind = value.slice(0, colon)
  const rest = value.slice(colon + 1)
  if (kind === 'Node') return isName(rest) ? { kind, name: rest } : undefined
  if (kind !== 'Service' && kind !== 'Pod' && kind !== 'EndpointSlice') return undefined
  const [namespace, name, ...more] = rest.split('/')
  if (namespace === undefined || name === undefined || more.length > 0) return undefined
  return isName(namespace) && isName(name) ? { kind, namespace, name } : undefined
}

/** A pod or a node, in the form that `formatRef` writes. */
export function parseSource(value: string): SourceRef | undefined {
  const ref = parseFocus(value)
  if (ref?.kind === 'Node') return ref
  return ref?.kind === 'Pod' ? { kind: 'Pod', namespace: ref.namespace, name: ref.name } : undefined
}

/** `*`, or the name of a node. */
export function parseOutside(value: string): OutsideRef | undefined {
  if (value === ANYWHERE) return { node: undefined }
  return isName(value) ? { node: value } : undefined
}

/** The form that `parseOutside` reads. */
export const formatOutside = ({ node }: OutsideRef): string => node ?? ANYWHERE

const ANYWHERE = '*'

// Kubernetes names hold neither of the separators used here; what else they may hold is the API server's business.
export function isName(name: string): boolean {
  return name.length > 0 && name.length <= 253 && !/[/,:\s]/.test(name)
}
