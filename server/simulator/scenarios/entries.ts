// Ways into the shop above its Services: an Ingress, a Gateway and the routes that it lets in, and those of them that are broken.
// Their uids are given, so that nothing drawn by chance changes with them.

import type { JsonObject } from '../api-object'
import type { Change, ManifestSpec } from './types'

const route = 'gateway.networking.k8s.io'

let made = 0

function manifest(resource: ManifestSpec['resource'], name: string, body: JsonObject): ManifestSpec {
  made += 1
  const [namespace = '', own = name] = name.includes('/') ? name.split('/') : ['', name]
  const uid = `e0e0e0e0-0000-4000-8000-${String(made).padStart(12, '0')}`
  return { resource, namespace, name: own, uid, body }
}

const write = (ago: string, one: ManifestSpec): Change => ({ ago, do: 'write', manifest: one })

const toService = (name: string, port: JsonObject): JsonObject => ({ service: { name, port } })
const prefix = (path: string, backend: JsonObject): JsonObject => ({ path, pathType: 'Prefix', backend })
const told = (type: string, reason = type) => ({ type, status: 'True', reason, observedGeneration: 1 })

const accepted = (parentRef: JsonObject): JsonObject => ({
  parents: [{ parentRef, controllerName: 'example.com/edge', conditions: [told('Accepted'), told('ResolvedRefs')] }],
})

const edge = { name: 'edge', namespace: 'ingress', sectionName: 'https' }

/** What is well: part of every scenario of the shop. */
export const shopEntries: readonly Change[] = [
  write('60d', {
    ...manifest('ingressclasses', 'nginx', { spec: { controller: 'k8s.io/ingress-nginx' } }),
    annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
  }),
  write(
    '50d',
    manifest('ingresses', 'shop/web', {
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [
                prefix('/', toService('web', { name: 'http' })),
                prefix('/api/catalog', toService('catalog', { number: 80 })),
              ],
            },
          },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.40' }] } },
    }),
  ),
  write(
    '40d',
    manifest('gatewayclasses', 'edge', {
      spec: { controllerName: 'example.com/edge' },
      status: { conditions: [told('Accepted')] },
    }),
  ),
  write(
    '40d',
    manifest('gateways', 'ingress/edge', {
      spec: {
        gatewayClassName: 'edge',
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } },
          {
            name: 'https',
            port: 443,
            protocol: 'HTTPS',
            hostname: '*.example.com',
            tls: { mode: 'Terminate', certificateRefs: [{ name: 'edge-tls' }] },
            allowedRoutes: { namespaces: { from: 'All' } },
          },
        ],
      },
      status: {
        addresses: [{ type: 'IPAddress', value: '203.0.113.60' }],
        conditions: [told('Accepted'), told('Programmed')],
        listeners: ['http', 'https'].map((name) => ({ name, conditions: [told('Accepted'), told('Programmed')] })),
      },
    }),
  ),
  // Nine of ten readers get the shop as it is, one the new catalog.
  write(
    '9d',
    manifest('httproutes', 'shop/storefront', {
      spec: {
        parentRefs: [edge],
        hostnames: ['store.example.com'],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [
              { name: 'web', port: 80, weight: 90 },
              { name: 'catalog', port: 80, weight: 10 },
            ],
          },
        ],
      },
      status: accepted(edge),
    }),
  ),
]

/** What is broken in the shop. */
export const entryTroubles: readonly Change[] = [
  // The Service has never been made.
  write(
    '2d',
    manifest('ingresses', 'shop/promotion', {
      spec: {
        ingressClassName: 'nginx',
        rules: [{ host: 'promo.example.com', http: { paths: [prefix('/', toService('promotion', { number: 80 }))] } }],
      },
    }),
  ),
  // No ReferenceGrant of identity lets routes of shop name its Services.
  write(
    '5h',
    manifest('httproutes', 'shop/accounts', {
      spec: {
        parentRefs: [edge],
        hostnames: ['accounts.example.com'],
        rules: [{ backendRefs: [{ group: '', kind: 'Service', name: 'users', namespace: 'identity', port: 80 }] }],
      },
      status: {
        parents: [
          {
            parentRef: { ...edge, group: route, kind: 'Gateway' },
            controllerName: 'example.com/edge',
            conditions: [
              told('Accepted'),
              { type: 'ResolvedRefs', status: 'False', reason: 'RefNotPermitted', observedGeneration: 1 },
            ],
          },
        ],
      },
    }),
  ),
]
