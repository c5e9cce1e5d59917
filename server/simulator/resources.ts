// What the embedded cluster serves: one row per resource. Discovery, paths and the watch cache all read this table.

export type Resource = {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly namespaced: boolean
  /** Paths a fieldSelector may name besides metadata.name and metadata.namespace. */
  readonly fields: readonly string[]
}

const row = (apiVersion: string, [plural, singular, kind]: readonly [string, string, string], namespaced = true) => {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  return { group: group ?? '', version: version ?? '', plural, singular, kind, namespaced, fields: [] as string[] }
}

const gatewayApi = 'gateway.networking.k8s.io/v1'

export const resources = {
  namespaces: { ...row('v1', ['namespaces', 'namespace', 'Namespace'], false), fields: ['status.phase'] },
  nodes: { ...row('v1', ['nodes', 'node', 'Node'], false), fields: ['spec.unschedulable'] },
  services: row('v1', ['services', 'service', 'Service']),
  pods: {
    ...row('v1', ['pods', 'pod', 'Pod']),
    fields: ['spec.nodeName', 'spec.restartPolicy', 'spec.serviceAccountName', 'status.phase', 'status.podIP'],
  },
  endpoints: row('v1', ['endpoints', 'endpoints', 'Endpoints']),
  configmaps: row('v1', ['configmaps', 'configmap', 'ConfigMap']),
  endpointslices: row('discovery.k8s.io/v1', ['endpointslices', 'endpointslice', 'EndpointSlice']),
  daemonsets: row('apps/v1', ['daemonsets', 'daemonset', 'DaemonSet']),
  ingresses: row('networking.k8s.io/v1', ['ingresses', 'ingress', 'Ingress']),
  ingressclasses: row('networking.k8s.io/v1', ['ingressclasses', 'ingressclass', 'IngressClass'], false),
  gatewayclasses: row(gatewayApi, ['gatewayclasses', 'gatewayclass', 'GatewayClass'], false),
  gateways: row(gatewayApi, ['gateways', 'gateway', 'Gateway']),
  httproutes: row(gatewayApi, ['httproutes', 'httproute', 'HTTPRoute']),
  grpcroutes: row(gatewayApi, ['grpcroutes', 'grpcroute', 'GRPCRoute']),
  referencegrants: row(gatewayApi, ['referencegrants', 'referencegrant', 'ReferenceGrant']),
  servicecidrs: row('networking.k8s.io/v1', ['servicecidrs', 'servicecidr', 'ServiceCIDR'], false),
  networkpolicies: row('networking.k8s.io/v1', ['networkpolicies', 'networkpolicy', 'NetworkPolicy']),
  deployments: row('apps/v1', ['deployments', 'deployment', 'Deployment']),
  replicasets: row('apps/v1', ['replicasets', 'replicaset', 'ReplicaSet']),
  statefulsets: row('apps/v1', ['statefulsets', 'statefulset', 'StatefulSet']),
} as const satisfies Record<string, Resource>

export type ResourceName = keyof typeof resources

export const resourceNames = Object.keys(resources) as ResourceName[]

export const apiVersionOf = ({ group, version }: Resource): string => (group === '' ? version : `${group}/${version}`)

/** Resources of CRDs, which may be installed and removed. */
export const gatewayResources = resourceNames.filter((name) => apiVersionOf(resources[name]) === gatewayApi)

/** The resource of a path's group, version and plural; undefined when it is not served. */
export function findResource(group: string, version: string, plural: string): ResourceName | undefined {
  return resourceNames.find((name) => {
    const resource = resources[name]
    return resource.group === group && resource.version === version && resource.plural === plural
  })
}
