// Ids of graph objects: `<kind>:<key>`. Keys hold whatever the cluster sends, so nothing but the first colon is structure.

import type { EndpointSliceKey, NodeKey, PodKey, ServiceKey } from '../model/keys'
import type { EndpointSliceRecord } from '../model/records'
import type { GraphId, GraphKind, PartKey } from './types'

export const graphId = (kind: GraphKind, key: string): GraphId => `${kind}:${key}`

export function splitGraphId(id: GraphId): { kind: string; key: string } {
  const colon = id.indexOf(':')
  return colon < 0 ? { kind: id, key: '' } : { kind: id.slice(0, colon), key: id.slice(colon + 1) }
}

export const servicePart = (key: ServiceKey): PartKey => `service/${key}`
export const nodePart = (key: NodeKey): PartKey => `node/${key}`
export const namespacePart = (name: string): PartKey => `namespace/${name}`

export type ParsedPartKey =
  | { readonly type: 'overview' | 'status' }
  | { readonly type: 'service'; readonly key: ServiceKey }
  | { readonly type: 'node'; readonly key: NodeKey }
  | { readonly type: 'namespace'; readonly name: string }

/** The one place that takes a part key apart. */
export function parsePartKey(part: PartKey): ParsedPartKey {
  if (part === 'overview' || part === 'status') return { type: part }
  const slash = part.indexOf('/')
  const rest = part.slice(slash + 1)
  if (part.startsWith('service/')) return { type: 'service', key: rest as ServiceKey }
  if (part.startsWith('node/')) return { type: 'node', key: rest as NodeKey }
  return { type: 'namespace', name: rest }
}

/** The key inside the id of a namespaced or node object. */
export const podKeyOf = (id: GraphId) => splitGraphId(id).key as PodKey
export const serviceKeyOf = (id: GraphId) => splitGraphId(id).key as ServiceKey
export const sliceKeyOf = (id: GraphId) => splitGraphId(id).key as EndpointSliceKey
export const nodeKeyOf = (id: GraphId) => splitGraphId(id).key as NodeKey

const endpointIdsOf = new WeakMap<EndpointSliceRecord, ReadonlyMap<GraphId, number>>()

/**
 * Ids of a slice's endpoints with their place in its list: `Endpoint:<slice key>#<first address>`, and `~2`, `~3` behind
 * an address that comes again. Ids go by address, not by place, so that one endpoint leaving does not rename the others.
 * Kept per record, which never changes.
 */
export function endpointIds(slice: EndpointSliceRecord): ReadonlyMap<GraphId, number> {
  const known = endpointIdsOf.get(slice)
  if (known !== undefined) return known
  const ids = new Map<GraphId, number>()
  const prefix = `${graphId('Endpoint', escapeHash(slice.key))}#`
  slice.endpoints.forEach((endpoint, index) => {
    const first = prefix + (endpoint.addresses[0] ?? '')
    let id = first
    for (let again = 2; ids.has(id); again++) id = `${first}~${again}`
    ids.set(id, index)
  })
  endpointIdsOf.set(slice, ids)
  return ids
}

/** The slice an endpoint's id belongs to. */
export function sliceKeyOfEndpoint(id: GraphId): EndpointSliceKey {
  const { key } = splitGraphId(id)
  const hash = key.indexOf('#')
  return (hash < 0 ? key : key.slice(0, hash)).replaceAll('%23', '#').replaceAll('%25', '%') as EndpointSliceKey
}

// Never needed for a name the API accepts; it keeps ids unique when a hostile slice name holds the separator.
const escapeHash = (key: string) => (/[#%]/.test(key) ? key.replaceAll('%', '%25').replaceAll('#', '%23') : key)
