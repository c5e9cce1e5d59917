// The shop's workloads: about 170 pods, some of them behind no Service.

import { daemonSet, deployment, job, statefulSet, windowsOnly } from './notation'
import type { WorkloadSpec } from './types'

export const shopWorkloads: readonly WorkloadSpec[] = [
  deployment('shop/cart', 13, { ageDays: 9, ports: 'http:8080 metrics:9090' }),
  // The next version listens elsewhere; the Service names the port, so both are right.
  deployment('shop/cart-next', 4, {
    ageDays: 1,
    labels: { app: 'cart', track: 'next' },
    ports: 'http:8081 metrics:9090',
  }),
  deployment('shop/catalog', 6, { ageDays: 15, ports: 'http:8080' }),
  deployment('shop/checkout', 4, {
    ageDays: 11,
    ports: 'http:8080',
    names: {
      hostAliases: [{ ip: '192.0.2.44', hostnames: ['billing.legacy.example', 'billing'] }],
      dnsConfig: { searches: ['legacy.example'], options: [{ name: 'ndots', value: '2' }] },
    },
  }),
  deployment('shop/web', 12, { ageDays: 2, ports: 'http:3000' }),
  deployment('shop/search', 6, { ageDays: 21, ports: 'http:9200' }),
  deployment('shop/recommendations', 6, { ageDays: 6, ports: 'grpc:50051' }),
  deployment('shop/sessions', 3, { ageDays: 33, ports: 'http:8080' }),
  deployment('shop/emails', 3, { ageDays: 8 }),

  deployment('payments/fraud', 6, { ageDays: 17, ports: 'grpc:50051' }),
  deployment('payments/charging', 4, { ageDays: 36, ports: 'diameter:3868/SCTP diameter-tcp:3868' }),
  deployment('payments/invoices', 4, { ageDays: 28, ports: 'http:8080', nodeSelector: windowsOnly }),
  deployment('payments/vault-proxy', 6, { ageDays: 14, ports: 'https:8200' }),
  deployment('payments/webhooks', 2, { ageDays: 5, ports: 'http:8080' }),
  deployment('payments/ledger-consumer', 4, {
    ageDays: 5,
    probe: false,
    readinessGates: ['example.com/partition-assigned'],
  }),

  deployment('identity/auth', 6, { ageDays: 10, ports: 'https:8443' }),
  deployment('identity/tokens', 4, { ageDays: 10, ports: 'grpc:50051' }),
  deployment('identity/users', 5, { ageDays: 4, ports: 'http:8080' }),
  deployment('identity/ldap-legacy', 3, { ageDays: 38, ports: 'ldap:1389' }),

  statefulSet('data/postgres', 3, {
    ageDays: 35,
    ports: 'postgres:5432',
    ordinalLabels: [{ role: 'primary' }, { role: 'replica' }, { role: 'replica' }],
  }),
  statefulSet('data/redis', 6, { ageDays: 26, ports: 'redis:6379' }),
  statefulSet('data/kafka', 5, { ageDays: 31, ports: 'broker:9092' }),
  statefulSet('data/clickhouse', 4, { ageDays: 24, ports: 'http:8123 native:9000', startup: true }),

  deployment('ingress/ingress-nginx', 6, { ageDays: 13, ports: 'http:80 https:443' }),
  deployment('ingress/admission', 2, { ageDays: 13, ports: 'webhook:8443' }),

  statefulSet('observability/prometheus', 2, { ageDays: 29, ports: 'web:9090' }),
  statefulSet('observability/loki', 3, { ageDays: 29, ports: 'http:3100' }),
  daemonSet('observability/otel-collector', {
    ageDays: 20,
    ports: 'otlp-grpc:4317 otlp-http:4318 statsd:8125/UDP',
    nodeSelector: {},
  }),
  deployment('observability/grafana', 2, { ageDays: 29, ports: 'http:3000' }),
  deployment('observability/tempo', 2, { ageDays: 29, ports: 'http:3200' }),

  deployment('platform/argocd-server', 2, {
    ageDays: 22,
    ports: 'https:8080',
    readinessGates: ['example.com/load-balancer-attached'],
  }),
  deployment('platform/registry', 2, { ageDays: 40, ports: 'https:5000' }),
  deployment('platform/cert-manager', 2, { ageDays: 34, ports: 'metrics:9402' }),
  statefulSet('platform/vault', 3, { ageDays: 40, ports: 'https:8200' }),
  deployment('platform/external-dns', 1, { ageDays: 34, ports: 'http:7979' }),

  deployment('batch/scheduler', 2, { ageDays: 19, ports: 'api:8080', probe: false }),
  deployment('batch/worker-api', 5, { ageDays: 7, ports: 'http:8080' }),
  deployment('batch/worker', 8, { ageDays: 7, probe: false, names: { enableServiceLinks: false } }),
  job('batch/nightly-report-29385720', { ageDays: 1 }),
  job('batch/nightly-report-29387160', { ageDays: 0.3 }),
]
