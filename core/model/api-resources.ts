// Where the API serves the kinds that are read: for the paths of lists and watches, and for the rules a Role needs.

import type { Kind } from './records'

type ApiResource = {
  /** '' for the core group, as RBAC writes it. */
  readonly group: string
  readonly version: string
  readonly plural: string
}

export const apiResources: Readonly<Record<Kind, ApiResource>> = {
  Node: { group: '', version: 'v1', plural: 'nodes' },
  Namespace: { group: '', version: 'v1', plural: 'namespaces' },
  Service: { group: '', version: 'v1', plural: 'services' },
  EndpointSlice: { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices' },
  Pod: { group: '', version: 'v1', plural: 'pods' },
  Endpoints: { group: '', version: 'v1', plural: 'endpoints' },
  ConfigMap: { group: '', version: 'v1', plural: 'configmaps' },
  DaemonSet: { group: 'apps', version: 'v1', plural: 'daemonsets' },
  // Served from 1.33 on.
  ServiceCIDR: { group: 'networking.k8s.io', version: 'v1', plural: 'servicecidrs' },
  Ingress: { group: 'networking.k8s.io', version: 'v1', plural: 'ingresses' },
  IngressClass: { group: 'networking.k8s.io', version: 'v1', plural: 'ingressclasses' },
  GatewayClass: { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'gatewayclasses' },
  Gateway: { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'gateways' },
  HTTPRoute: { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'httproutes' },
  // v1beta1 alone before 1.5 of the Gateway API.
  ReferenceGrant: { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'referencegrants' },
  NetworkPolicy: { group: 'networking.k8s.io', version: 'v1', plural: 'networkpolicies' },
}
