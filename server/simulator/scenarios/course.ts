// The examples of a course on Services: few objects, five endpoints per slice, so that 17 pods need four slices.

import { smallNodes } from './nodes'
import { deployment, service, servicePort, statefulSet } from './notation'
import { systemChanges, systemServices, systemWorkloads } from './system'
import type { ManifestSpec, Scenario } from './types'

const etcdEndpoints: ManifestSpec = {
  resource: 'endpoints',
  namespace: 'kube-system',
  name: 'etcd-k8s',
  labels: { 'k8s-app': 'etcd' },
  body: {
    subsets: [
      {
        addresses: ['10.0.1.2', '10.0.2.2', '10.0.3.2'].map((ip, index) => ({ ip, nodeName: `etcd-${index + 1}` })),
        ports: [{ name: 'api', port: 2379, protocol: 'TCP' }],
      },
    ],
  },
}

export const course: Scenario = {
  families: ['IPv4', 'IPv6'],
  maxEndpointsPerSlice: 5,
  nodes: smallNodes({ unknown: true }),
  services: [
    ...systemServices,
    service('default/httpbin', { clusterIP: '10.96.118.230', ports: [servicePort('http', 8000, 80)] }),
    service('default/hello', {
      type: 'NodePort',
      clusterIP: '10.96.86.28',
      ports: [servicePort('http', 80, 8080, { nodePort: 30062 })],
    }),
    service('default/my-database', {
      type: 'ExternalName',
      selector: undefined,
      externalName: 'my.database.example.com',
    }),
    service('default/nginx', { clusterIP: 'None', ports: [servicePort('web', 80, 'web')] }),
    service('default/echo', {
      clusterIP: '10.96.14.5',
      sessionAffinity: 'ClientIP',
      ipFamilyPolicy: 'PreferDualStack',
      ports: [servicePort('http', 80, 'http'), servicePort('udp', 80, 8081, { protocol: 'UDP' })],
    }),
    service('default/zoned', {
      clusterIP: '10.96.77.3',
      trafficDistribution: 'PreferSameZone',
      ports: [servicePort('http', 80, 8080)],
    }),
    service('default/node-local', {
      clusterIP: '10.96.77.4',
      selector: { app: 'zoned' },
      internalTrafficPolicy: 'Local',
      ports: [servicePort('http', 80, 8080)],
    }),
    service(
      'kube-system/etcd-k8s',
      { clusterIP: 'None', selector: undefined, ports: [servicePort('api', 2379)] },
      { labels: { 'k8s-app': 'etcd' } },
    ),
  ],
  workloads: [
    ...systemWorkloads,
    deployment('default/httpbin', 17, { ageDays: 4, ports: 'http:80' }),
    deployment('default/hello', 3, { ageDays: 4, ports: 'http:8080' }),
    statefulSet('default/web', 3, { ageDays: 4, labels: { app: 'nginx' }, serviceName: 'nginx', ports: 'web:80' }),
    deployment('default/echo', 4, { ageDays: 4, ports: 'http:8080 udp:8081/UDP' }),
    deployment('default/zoned', 6, { ageDays: 4, ports: 'http:8080' }),
    deployment('default/curl', 1, { ageDays: 2, probe: false }),
  ],
  changes: [...systemChanges({ staleOn: [] }), { ago: '60d', do: 'write', manifest: etcdEndpoints }],
  script: {
    restart: ['default/hello', 'default/echo'],
    scale: ['default/hello', 'default/echo'],
    rollOut: ['default/hello'],
    failProbe: [],
    drain: [],
    failZone: [],
  },
}
