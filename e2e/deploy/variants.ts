// The installations whose renders are kept in renders/, one per way of installing that the chart offers.
import type { Values } from './chart.ts'

const publicUrl = 'https://triplane.example.org'

export const variants: Readonly<Record<string, Values>> = {
  default: {},
  token: { publicUrl, auth: { mode: 'token' } },
  proxy: { publicUrl, auth: { mode: 'proxy', proxy: { peers: ['10.0.0.0/8'], existingSecret: 'front-door' } } },
  anonymous: { publicUrl, auth: { mode: 'anonymous', anonymous: { iUnderstand: true, namespaces: ['shop'] } } },
  shares: { publicUrl, auth: { mode: 'token' }, shares: { enabled: true } },
  'ingress-and-path': {
    publicUrl: `${publicUrl}:8443/tools/triplane`,
    auth: { mode: 'token' },
    trustedProxies: ['10.0.0.0/8'],
    ingress: { enabled: true, className: 'nginx', tls: { secretName: 'triplane-tls' } },
  },
  'http-route': {
    publicUrl: `${publicUrl}/triplane`,
    auth: { mode: 'token' },
    httpRoute: { enabled: true, parentRefs: [{ name: 'public', namespace: 'gateways' }] },
  },
  namespaced: { namespaces: ['payments', 'shop'], rbac: { kubeSystem: false } },
  'no-pods': { rbac: { pods: false } },
  'no-nodes': { rbac: { nodes: false } },
  'own-key-and-one-replica': {
    publicUrl,
    replicas: 1,
    auth: { mode: 'token' },
    key: { existingSecret: 'our-key' },
    networkPolicy: {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }],
      metricsFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      apiServerCidrs: ['10.96.0.1/32', '192.0.2.0/24'],
    },
  },
}
