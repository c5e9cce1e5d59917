// A small library on a cluster of IPv6 alone: each type of Service, each way in and one closed namespace, and nothing wrong with it.

import type { JsonObject } from '../api-object'
import { clusterIP, ipv6Nodes, ipv6SystemChanges, ipv6SystemServices, ipv6SystemWorkloads } from './ipv6-system'
import { deployment, service, servicePort, statefulSet } from './notation'
import type { Change, ManifestSpec, Scenario, ServiceSpec, WorkloadSpec } from './types'

const clients = '2001:db8:a000::/36'

const services: readonly ServiceSpec[] = [
  // The port has a name in the pods; zone by zone.
  service('reading/catalog', {
    clusterIP: clusterIP('4:7c1e'),
    trafficDistribution: 'PreferSameZone',
    ports: [servicePort('http', 80, 'http', { appProtocol: 'http' })],
  }),
  // Asks for both families, and gets the one there is.
  service('reading/reader', {
    type: 'NodePort',
    clusterIP: clusterIP('b:52d9'),
    ipFamilyPolicy: 'PreferDualStack',
    ports: [servicePort('http', 80, 8080, { nodePort: 30081 })],
  }),
  service(
    'reading/front',
    {
      type: 'LoadBalancer',
      clusterIP: clusterIP('d:a3f4'),
      // The client's own address arrives: ranges of policies mean something.
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 32014,
      loadBalancerSourceRanges: [clients],
      ports: [servicePort('https', 443, 'https', { nodePort: 31443, appProtocol: 'https' })],
    },
    { loadBalancer: [{ ip: '2001:db8:f00d:17:9c2e:41ff:fe80:6b35', ipMode: 'VIP' }] },
  ),
  service('reading/loans', {
    clusterIP: clusterIP('e:8b6'),
    sessionAffinity: 'ClientIP',
    externalIPs: ['2001:db8:f00d:17::200'],
    ports: [servicePort('http', 80, 8080), servicePort('events', 8125, 8125, { protocol: 'UDP' })],
  }),
  service('reading/books', { clusterIP: 'None', ports: [servicePort('sql', 5432, 'sql')] }),
  // Outside the cluster: the API server gives it both families, as to every headless Service without selector.
  service('reading/archive', { clusterIP: 'None', selector: undefined, ports: [servicePort('nfs', 2049)] }),
  service('reading/covers', { type: 'ExternalName', selector: undefined, externalName: 'covers.example.com' }),
]

const workloads: readonly WorkloadSpec[] = [
  deployment('reading/catalog', 6, { ageDays: 9, ports: 'http:8080' }),
  deployment('reading/reader', 3, { ageDays: 6, ports: 'http:8080' }),
  deployment('reading/front', 3, { ageDays: 20, ports: 'https:8443' }),
  deployment('reading/loans', 3, {
    ageDays: 4,
    ports: 'http:8080 events:8125/UDP',
    names: { hostAliases: [{ ip: '2001:db8:f00d:17::44', hostnames: ['printer.example', 'printer'] }] },
  }),
  statefulSet('reading/books', 3, { ageDays: 30, ports: 'sql:5432' }),
  deployment('default/curl', 1, { ageDays: 2, probe: false }),
]

const write = (ago: string, manifest: ManifestSpec): Change => ({ ago, do: 'write', manifest })
const ofReading = (resource: ManifestSpec['resource'], name: string, body: JsonObject): ManifestSpec => ({
  resource,
  namespace: 'reading',
  name,
  body,
})

const entries: readonly Change[] = [
  write('60d', {
    resource: 'ingressclasses',
    namespace: '',
    name: 'front',
    annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
    body: { spec: { controller: 'example.com/front' } },
  }),
  write(
    '50d',
    ofReading('ingresses', 'library', {
      spec: {
        ingressClassName: 'front',
        tls: [{ hosts: ['library.example.com'], secretName: 'library-tls' }],
        rules: [
          {
            host: 'library.example.com',
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: 'reader', port: { name: 'http' } } } },
                { path: '/api', pathType: 'Prefix', backend: { service: { name: 'catalog', port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: '2001:db8:f00d:17:9c2e:41ff:fe80:6b35' }] } },
    }),
  ),
]

const policies: readonly Change[] = [
  write(
    '30d',
    ofReading('networkpolicies', 'front-from-clients', {
      spec: {
        podSelector: { matchLabels: { app: 'front' } },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ ipBlock: { cidr: clients, except: ['2001:db8:a0ff::/48'] } }, { podSelector: {} }],
            ports: [{ port: 'https', protocol: 'TCP' }],
          },
        ],
      },
    }),
  ),
  write(
    '30d',
    ofReading('networkpolicies', 'loans-out', {
      spec: {
        podSelector: { matchLabels: { app: 'loans' } },
        policyTypes: ['Egress'],
        egress: [
          { to: [{ namespaceSelector: {} }] },
          { to: [{ ipBlock: { cidr: '::/0', except: ['fe80::/10', 'fd00::/8'] } }] },
        ],
      },
    }),
  ),
]

const archive: Change = write('40d', {
  ...ofReading('endpointslices', 'archive-1', {
    addressType: 'IPv6',
    endpoints: [{ addresses: ['2001:db8:4c3a:5e00::71'] }, { addresses: ['2001:db8:4c3a:5e00::72'] }],
    ports: [{ name: 'nfs', port: 2049, protocol: 'TCP' }],
  }),
  labels: {
    'kubernetes.io/service-name': 'archive',
    'endpointslice.kubernetes.io/managed-by': 'staff.example.com',
  },
})

export const ipv6: Scenario = {
  families: ['IPv6'],
  maxEndpointsPerSlice: 100,
  nodes: ipv6Nodes,
  services: [...ipv6SystemServices, ...services],
  workloads: [...ipv6SystemWorkloads, ...workloads],
  changes: [...ipv6SystemChanges, ...entries, ...policies, archive],
  script: {
    restart: ['reading/catalog', 'reading/reader'],
    scale: ['reading/reader'],
    rollOut: ['reading/catalog'],
    failProbe: [],
    drain: [],
    failZone: [],
  },
}
