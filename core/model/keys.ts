// Branded keys: a Service key cannot be handed in where a Pod key is meant.

declare const brand: unique symbol
type Branded<Tag extends string> = string & { readonly [brand]: Tag }

/** `namespace/name` of a Service. */
export type ServiceKey = Branded<'Service'>
/** `namespace/name` of an EndpointSlice. */
export type EndpointSliceKey = Branded<'EndpointSlice'>
/** `namespace/name` of a legacy Endpoints object (the same text as its Service's key). */
export type EndpointsKey = Branded<'Endpoints'>
/** `namespace/name` of a Pod. */
export type PodKey = Branded<'Pod'>
/** Name of a Node. */
export type NodeKey = Branded<'Node'>
/** `namespace/name` of any other namespaced object we read (ConfigMap, DaemonSet). */
export type ObjectKey = Branded<'Object'>

export const serviceKey = (namespace: string, name: string) => `${namespace}/${name}` as ServiceKey
export const endpointSliceKey = (namespace: string, name: string) => `${namespace}/${name}` as EndpointSliceKey
export const endpointsKey = (namespace: string, name: string) => `${namespace}/${name}` as EndpointsKey
export const podKey = (namespace: string, name: string) => `${namespace}/${name}` as PodKey
export const nodeKey = (name: string) => name as NodeKey
export const objectKey = (namespace: string, name: string) => `${namespace}/${name}` as ObjectKey

/** Splits `namespace/name`. A name holds no slash in Kubernetes, so the first slash is the boundary. */
export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/')
  return slash < 0 ? { namespace: '', name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) }
}
