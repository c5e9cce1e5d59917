// The shop's Services, as they are when all is well.

import { service, servicePort } from './notation'
import type { ServiceSpec } from './types'

const headless = 'None'
const http = (target: number | string = 'http') => servicePort('http', 80, target, { appProtocol: 'http' })

export const shopServices: readonly ServiceSpec[] = [
  service('shop/cart', { clusterIP: '10.96.41.7', ports: [http(), servicePort('metrics', 9090)] }),
  service('shop/catalog', { clusterIP: '10.96.47.63', trafficDistribution: 'PreferSameZone', ports: [http(8080)] }),
  service('shop/checkout', { clusterIP: '10.96.84.27', ports: [http(8080)] }),
  service('shop/web', {
    type: 'NodePort',
    clusterIP: '10.96.32.80',
    ipFamilyPolicy: 'PreferDualStack',
    ports: [servicePort('http', 80, 'http', { nodePort: 30080, appProtocol: 'http' })],
  }),
  service(
    'shop/search',
    { clusterIP: '10.96.52.18', ports: [http()] },
    { annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } },
  ),
  service('shop/recommendations', {
    clusterIP: '10.96.52.44',
    ports: [servicePort('grpc', 50051, 'grpc', { appProtocol: 'kubernetes.io/h2c' })],
  }),
  service('shop/sessions', {
    clusterIP: '10.96.52.90',
    sessionAffinity: 'ClientIP',
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 3600 } },
    ports: [servicePort('http', 80, 8080)],
  }),

  service('payments/fraud', {
    clusterIP: '10.96.24.31',
    trafficDistribution: 'PreferSameZone',
    ports: [servicePort('grpc', 50051, 'grpc', { appProtocol: 'kubernetes.io/h2c' })],
  }),
  service('payments/charging', {
    clusterIP: '10.96.24.40',
    ports: [servicePort('diameter', 3868, 3868, { protocol: 'SCTP' }), servicePort('diameter-tcp', 3868, 3868)],
  }),
  service('payments/invoices', { clusterIP: '10.96.24.77', ports: [http(8080)] }),
  service('payments/vault-proxy', {
    clusterIP: '10.96.61.59',
    trafficDistribution: 'PreferSameNode',
    ports: [servicePort('https', 8200, 'https')],
  }),
  service('payments/webhooks', { clusterIP: '10.96.24.95', ports: [http()] }),

  service('identity/auth', {
    clusterIP: '10.96.98.23',
    sessionAffinity: 'ClientIP',
    ports: [servicePort('https', 443, 'https', { appProtocol: 'https' })],
  }),
  service('identity/tokens', {
    clusterIP: '10.96.46.76',
    ports: [servicePort('grpc', 50051, 'grpc', { appProtocol: 'kubernetes.io/h2c' })],
  }),
  service('identity/users', { clusterIP: '10.96.83.40', ports: [http()] }),
  service('identity/ldap-legacy', {
    type: 'NodePort',
    clusterIP: '10.96.31.93',
    ports: [servicePort('ldap', 389, 'ldap', { nodePort: 31389 })],
  }),

  service('data/postgres', { clusterIP: headless, ports: [servicePort('postgres', 5432, 'postgres')] }),
  service('data/postgres-ro', {
    clusterIP: '10.96.16.21',
    selector: { app: 'postgres', role: 'replica' },
    ports: [servicePort('postgres', 5432, 'postgres')],
  }),
  service('data/redis', { clusterIP: '10.96.53.74', ports: [servicePort('redis', 6379)] }),
  service('data/kafka', { clusterIP: headless, ports: [servicePort('broker', 9092, 'broker')] }),
  service('data/kafka-bootstrap', {
    clusterIP: '10.96.38.91',
    selector: { app: 'kafka' },
    ports: [servicePort('broker', 9092, 'broker')],
  }),
  service('data/clickhouse', {
    clusterIP: headless,
    publishNotReadyAddresses: true,
    ports: [servicePort('http', 8123), servicePort('native', 9000)],
  }),
  service('data/warehouse', { clusterIP: '10.96.71.12', selector: undefined, ports: [servicePort('sql', 1433)] }),

  service(
    'ingress/ingress-nginx',
    {
      type: 'LoadBalancer',
      clusterIP: '10.96.37.15',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 32014,
      loadBalancerSourceRanges: ['192.0.2.0/24', '198.51.100.0/24'],
      ports: [
        servicePort('http', 80, 'http', { nodePort: 31080, appProtocol: 'http' }),
        servicePort('https', 443, 'https', { nodePort: 31443, appProtocol: 'https' }),
      ],
    },
    { loadBalancer: [{ ip: '203.0.113.40', ipMode: 'VIP' }] },
  ),
  service('ingress/admission', {
    clusterIP: '10.96.74.68',
    ports: [servicePort('webhook', 443, 8443, { appProtocol: 'https' })],
  }),

  service('observability/prometheus', { clusterIP: '10.96.23.19', ports: [servicePort('web', 9090, 'web')] }),
  service('observability/loki', { clusterIP: '10.96.97.36', ports: [servicePort('http', 3100, 'http')] }),
  service('observability/otel-collector', {
    clusterIP: '10.96.82.53',
    internalTrafficPolicy: 'Local',
    ports: [
      servicePort('otlp-grpc', 4317, 4317, { appProtocol: 'grpc' }),
      servicePort('otlp-http', 4318, 4318, { appProtocol: 'http' }),
      servicePort('statsd', 8125, 8125, { protocol: 'UDP' }),
    ],
  }),
  service(
    'observability/grafana',
    { type: 'LoadBalancer', clusterIP: '10.96.60.72', ports: [servicePort('http', 80, 3000, { nodePort: 31300 })] },
    { loadBalancer: [{ hostname: 'grafana-8f2c41.lb.example.com' }] },
  ),
  service('observability/tempo', {
    clusterIP: '10.96.45.89',
    ipFamilies: ['IPv6'],
    ports: [servicePort('http', 3200)],
  }),

  service(
    'platform/argocd-server',
    {
      type: 'LoadBalancer',
      clusterIP: '10.96.30.17',
      loadBalancerClass: 'example.com/internal',
      allocateLoadBalancerNodePorts: false,
      ports: [servicePort('https', 443, 8080)],
    },
    { loadBalancer: [{ ip: '203.0.113.41', ipMode: 'VIP' }] },
  ),
  service('platform/registry', {
    clusterIP: '10.96.52.87',
    externalIPs: ['198.51.100.200'],
    ports: [servicePort('https', 443, 5000)],
  }),
  service('platform/cert-manager', { clusterIP: '10.96.67.70', ports: [servicePort('metrics', 9402)] }),
  service('platform/vault', {
    clusterIP: '10.96.89.51',
    ipFamilyPolicy: 'RequireDualStack',
    ports: [servicePort('https', 8200, 'https')],
  }),
  service('platform/external-dns', { clusterIP: '10.96.15.34', ports: [http(7979)] }),

  service('batch/scheduler', { clusterIP: '10.96.96.49', ports: [servicePort('', 8080, 8080)] }),
  service('batch/worker-api', { clusterIP: '10.96.44.13', ports: [http()] }),

  service('default/legacy-erp', { type: 'ExternalName', selector: undefined, externalName: 'erp.corp.example' }),
]
