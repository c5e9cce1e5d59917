// What is watched, in the order in which it is listed, and where the API serves it.
import { apiResources } from '@/core/model/api-resources'
import type { Kind } from '@/core/model/records'
import { gatewayKinds } from '@/core/model/records-entries'

export type Resource = {
  readonly kind: Kind
  readonly apiVersion: string
  /** Path of the list, without a query. */
  readonly path: string
  readonly fieldSelector: string | undefined
  /** Scope of its events: the namespace, or '' for the whole cluster. */
  readonly scope: string
  /** Scope of its watch state, unique per kind: for one object picked by name it is `namespace/name`. */
  readonly watchScope: string
}

/** Objects of kube-system that tell a node's proxy mode, or how names are resolved; each may be absent or forbidden. Rights are asked for these names only. */
const configMaps = [
  ...['kube-proxy', 'kube-proxy-config', 'cilium-config', 'antrea-config'],
  ...['coredns', 'kubelet-config'],
] as const

/** Every list+watch of one cluster. With `namespaces` the namespaced kinds are read per namespace, as a person's rights may need. */
export function resourcesOf(options: { namespaces: readonly string[]; watchPods: boolean }): readonly Resource[] {
  const pods = options.watchPods ? ['Pod' as const] : []
  const namespaced: Kind[] = ['Service', 'EndpointSlice', ...pods, 'Endpoints', 'Ingress']
  const scopes = options.namespaces.length > 0 ? options.namespaces : ['']
  return [
    resource('Node', ''),
    ...scopes.map((scope) => (scope === '' ? resource('Namespace', '') : namespaceNamed(scope))),
    ...namespaced.flatMap((kind) => scopes.map((scope) => resource(kind, scope))),
    resource('DaemonSet', 'kube-system'),
    ...configMaps.map((name) => named('ConfigMap', 'kube-system', name)),
    resource('ServiceCIDR', ''),
    resource('IngressClass', ''),
    ...scopes.map((scope) => resource('NetworkPolicy', scope)),
  ]
}

/** The group whose kinds are there only while their CRDs are. */
export const gatewayGroup = apiResources.Gateway.group

/** Its lists and watches: of these, those that discovery lists. */
export function gatewayResourcesOf(options: { namespaces: readonly string[] }): readonly Resource[] {
  const scopes = options.namespaces.length > 0 ? options.namespaces : ['']
  return gatewayKinds.flatMap((kind) =>
    kind === 'GatewayClass' ? [resource(kind, '')] : scopes.map((scope) => resource(kind, scope)),
  )
}

/** The resource at another version of its group. */
export function atVersion(resource: Resource, version: string): Resource {
  const apiVersion = `${resource.apiVersion.split('/', 1)[0]}/${version}`
  return { ...resource, apiVersion, path: resource.path.replace(resource.apiVersion, apiVersion) }
}

function resource(kind: Kind, scope: string): Resource {
  const { group, version, plural } = apiResources[kind]
  const apiVersion = group === '' ? version : `${group}/${version}`
  const root = group === '' ? `/api/${version}` : `/apis/${apiVersion}`
  const path = scope === '' ? `${root}/${plural}` : `${root}/namespaces/${scope}/${plural}`
  return { kind, apiVersion, path, fieldSelector: undefined, scope, watchScope: scope }
}

// The API server takes the name for RBAC's resourceNames from such a selector (requestinfo.go), so rights on names suffice.
function named(kind: Kind, scope: string, name: string): Resource {
  return { ...resource(kind, scope), fieldSelector: `metadata.name=${name}`, watchScope: `${scope}/${name}` }
}

function namespaceNamed(name: string): Resource {
  return { ...resource('Namespace', ''), fieldSelector: `metadata.name=${name}`, scope: name, watchScope: name }
}

/** Path and query of a request for this resource. */
export function targetOf(resource: Resource, query: Readonly<Record<string, string | number>>): string {
  const parameters = new URLSearchParams()
  if (resource.fieldSelector !== undefined) parameters.set('fieldSelector', resource.fieldSelector)
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value))
  return `${resource.path}?${parameters}`
}
