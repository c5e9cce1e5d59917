// Records of the canary cluster as the API server has them, with every text that the records hold.

import type { ClusterRecord, Kind, LabelSelector, NetworkPolicyRecord, PodRecord, RecordOf } from '@/core/model/records'
import type { Listener, ParentRef } from '@/core/model/records-entries'
import type { ApiObject } from '@/server/simulator/api-object'
import { apiVersionOf, type ResourceName, resources } from '@/server/simulator/resources'
import { apiEndpointSlice, apiEndpoints, apiNode, apiPod, apiService } from '@/server/view/api-objects'
import { apiBackend, apiListener, apiParent, apiRouteRule } from './written-entries'

type Json = Readonly<Record<string, unknown>>
type Writer<K extends Kind> = { readonly resource: ResourceName; readonly write: (record: RecordOf<K>) => Json }

const plain = (map: ReadonlyMap<string, string>) => Object.fromEntries(map)

const writers: { readonly [K in Kind]: Writer<K> } = {
  Service: { resource: 'services', write: apiService },
  Pod: { resource: 'pods', write: writtenPod },
  Node: { resource: 'nodes', write: apiNode },
  Endpoints: { resource: 'endpoints', write: apiEndpoints },
  EndpointSlice: {
    resource: 'endpointslices',
    write: (slice) => {
      const labels = new Map([...slice.labels, ['kubernetes.io/service-name', slice.serviceName ?? '']])
      if (slice.managedBy !== undefined) labels.set('endpointslice.kubernetes.io/managed-by', slice.managedBy)
      return apiEndpointSlice({ ...slice, labels }, () => ({}))
    },
  },
  Namespace: { resource: 'namespaces', write: ({ labels }) => ({ metadata: { labels: plain(labels) } }) },
  ConfigMap: { resource: 'configmaps', write: ({ data }) => ({ data: plain(data) }) },
  DaemonSet: {
    resource: 'daemonsets',
    write: ({ nodeSelector, images, proxyArgs }) => {
      const containers = images.map((image) => ({ name: 'kube-proxy', image, command: proxyArgs }))
      return { spec: { template: { spec: { nodeSelector: plain(nodeSelector), containers } } } }
    },
  },
  ServiceCIDR: { resource: 'servicecidrs', write: ({ cidrs }) => ({ spec: { cidrs } }) },
  Ingress: {
    resource: 'ingresses',
    write: ({ className, rules, tls, addresses }) => ({
      spec: {
        ingressClassName: className,
        rules: rules.map(({ host, paths }) => ({
          host,
          http: { paths: paths.map((path) => ({ ...path, backend: apiBackend(path.backend) })) },
        })),
        tls,
      },
      status: { loadBalancer: { ingress: addresses.map((ip) => ({ ip })) } },
    }),
  },
  IngressClass: { resource: 'ingressclasses', write: ({ controller }) => ({ spec: { controller } }) },
  GatewayClass: { resource: 'gatewayclasses', write: ({ controller }) => ({ spec: { controllerName: controller } }) },
  Gateway: {
    resource: 'gateways',
    write: ({ className, listeners, addresses }) => ({
      spec: { gatewayClassName: className, listeners: listeners.map((one: Listener) => apiListener(one)) },
      status: { addresses: addresses.map((value) => ({ value })) },
    }),
  },
  HTTPRoute: {
    resource: 'httproutes',
    write: ({ hostnames, parents, rules }) => ({
      spec: {
        hostnames,
        parentRefs: parents.map((one: ParentRef) => apiParent(one)),
        rules: rules.map(apiRouteRule),
      },
    }),
  },
  ReferenceGrant: { resource: 'referencegrants', write: ({ from, to }) => ({ spec: { from, to } }) },
  NetworkPolicy: { resource: 'networkpolicies', write: writtenPolicy },
}

/** The object of a record, and the resource that serves it. */
export function written(record: ClusterRecord): readonly [ResourceName, ApiObject] {
  // Each kind has its own writer, which the type of a lookup cannot say.
  const { resource, write } = writers[record.kind] as Writer<Kind>
  const object = write(record)
  const metadata = {
    name: record.name,
    namespace: 'namespace' in record ? record.namespace : undefined,
    uid: record.uid,
    ...(object.metadata as Json | undefined),
  }
  const named = { apiVersion: apiVersionOf(resources[resource]), kind: record.kind, ...object, metadata }
  return [resource, JSON.parse(JSON.stringify(named)) as ApiObject]
}

// What a page never shows of a pod is not written for pages either: its owner, and what kube-proxy is started with.
function writtenPod(record: PodRecord): Json {
  const { metadata, spec, ...rest } = apiPod(record) as { metadata: Json; spec: { containers: readonly Json[] } }
  const [first, ...more] = spec.containers
  const owner = record.workload && { ...record.workload, controller: true }
  const proxy = { ...first, name: first?.name ?? 'kube-proxy', image: record.proxyImage, command: record.proxyArgs }
  return {
    ...rest,
    metadata: { ...metadata, ownerReferences: owner && [owner] },
    spec: { ...spec, containers: [proxy, ...more] },
  }
}

function writtenPolicy({ podSelector, policyTypes, ingress, egress }: NetworkPolicyRecord): Json {
  const rules = (list: typeof ingress, as: 'from' | 'to') =>
    list.map(({ peers, ports }) => ({
      ports,
      [as]: peers.map(({ podSelector: pods, namespaceSelector: spaces, ipBlock }) => ({
        podSelector: pods && apiSelector(pods),
        namespaceSelector: spaces && apiSelector(spaces),
        ipBlock,
      })),
    }))
  return {
    spec: {
      podSelector: apiSelector(podSelector),
      policyTypes,
      ingress: rules(ingress, 'from'),
      egress: rules(egress, 'to'),
    },
  }
}

const apiSelector = ({ labels, expressions }: LabelSelector): Json => ({
  matchLabels: plain(labels),
  matchExpressions: expressions,
})
