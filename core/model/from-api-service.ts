import type { FieldReader, Identity } from './from-api-reader'
import { newestWrite } from './from-api-writes'
import { serviceKey } from './keys'
import type { LoadBalancerIngress, ServicePort, ServiceRecord } from './records'

const KEPT_ANNOTATIONS = new Set(['service.kubernetes.io/topology-mode', 'service.kubernetes.io/topology-aware-hints'])
const POLICIES = ['Cluster', 'Local'] as const
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const

/** Service record. Follows the API's own defaults (k8s.io/kubernetes pkg/apis/core/v1/defaults.go@v1.36.3) for type, protocol and affinity. */
export function parseService(object: FieldReader, identity: Identity): ServiceRecord {
  const spec = object.child('spec')
  const selector = spec.map('selector')
  return {
    ...identity,
    kind: 'Service',
    key: serviceKey(identity.namespace, identity.name),
    labels: object.child('metadata').map('labels'),
    annotations: object.child('metadata').map('annotations', (name) => KEPT_ANNOTATIONS.has(name)),
    type: spec.oneOf('type', ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']) ?? 'ClusterIP',
    clusterIP: spec.string('clusterIP') ?? '',
    clusterIPs: spec.strings('clusterIPs'),
    ipFamilies: spec.stringsOf('ipFamilies', ['IPv4', 'IPv6']),
    ipFamilyPolicy: spec.text('ipFamilyPolicy'),
    selector: selector.size === 0 ? undefined : selector,
    ports: spec.children('ports').map(parsePort),
    externalIPs: spec.strings('externalIPs'),
    externalName: spec.text('externalName'),
    loadBalancerIngress: object.child('status').child('loadBalancer').children('ingress').map(parseIngress),
    loadBalancerSourceRanges: spec.strings('loadBalancerSourceRanges'),
    loadBalancerClass: spec.text('loadBalancerClass'),
    allocateLoadBalancerNodePorts: spec.boolean('allocateLoadBalancerNodePorts'),
    sessionAffinity: spec.oneOf('sessionAffinity', ['None', 'ClientIP']) ?? 'None',
    sessionAffinityTimeoutSeconds: spec.child('sessionAffinityConfig').child('clientIP').integer('timeoutSeconds'),
    internalTrafficPolicy: spec.oneOf('internalTrafficPolicy', POLICIES),
    externalTrafficPolicy: spec.oneOf('externalTrafficPolicy', POLICIES),
    healthCheckNodePort: spec.port('healthCheckNodePort') || undefined,
    publishNotReadyAddresses: spec.boolean('publishNotReadyAddresses') ?? false,
    trafficDistribution: spec.text('trafficDistribution'),
    changedAt: newestWrite(object, { specOnly: true }),
  }
}

function parsePort(port: FieldReader): ServicePort {
  if (!port.has('port')) port.fault('port', 'missing')
  return {
    name: port.string('name') ?? '',
    protocol: port.oneOf('protocol', PROTOCOLS) ?? 'TCP',
    port: port.port('port') ?? 0,
    targetPort: port.portOrName('targetPort'),
    nodePort: port.port('nodePort') || undefined,
    appProtocol: port.text('appProtocol'),
  }
}

const parseIngress = (ingress: FieldReader): LoadBalancerIngress => ({
  ip: ingress.text('ip'),
  hostname: ingress.text('hostname'),
  ipMode: ingress.text('ipMode'),
})
