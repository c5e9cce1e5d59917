// Services of every sort that DNS tells apart, and pods in every state, as a person and the kubelets would write them.
import { setTimeout as sleep } from 'node:timers/promises'
import type { V1ServicePort, V1ServiceSpec } from '@kubernetes/client-node'
import type { KubeApi } from './api.ts'
import { endpointSlice, namespace, node, type PodOptions, pod, service, terminatePod } from './objects.ts'

const http: V1ServicePort = { name: 'http', port: 80, targetPort: 8080 }
const named = (name: string): V1ServicePort => ({ name, port: 9000, targetPort: name })
const dualStack: V1ServiceSpec = { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] }
const headless = { clusterIP: 'None' } as const

const services: Readonly<Record<string, V1ServiceSpec>> = {
  cart: {
    selector: { app: 'cart' },
    ports: [http, { name: 'dns', protocol: 'UDP', port: 53, targetPort: 5353 }],
    externalIPs: ['192.0.2.44'],
  },
  dual: { ...dualStack, selector: { app: 'cart' }, ports: [http] },
  six: { ipFamilies: ['IPv6'], selector: { app: 'cart' }, ports: [http] },
  unnamed: { selector: { app: 'cart' }, ports: [{ port: 80 }] },
  nobody: { selector: { app: 'nobody' }, ports: [http] },
  node: { type: 'NodePort', selector: { app: 'cart' }, ports: [http] },
  db: { ...headless, selector: { app: 'db' }, ports: [{ name: 'sql', port: 5432 }, named('metrics')] },
  dbs: { ...headless, ...dualStack, selector: { app: 'db' }, ports: [{ name: 'sql', port: 5432 }] },
  pub: { ...headless, publishNotReadyAddresses: true, selector: { app: 'db' }, ports: [{ port: 5432 }] },
  late: { ...headless, selector: { app: 'late' }, ports: [http] },
  empty: { ...headless, selector: { app: 'nobody' }, ports: [http] },
  portless: { ...headless, selector: { app: 'db' } },
  hand: { ...headless, ports: [http] },
  'hand-vip': { ports: [http] },
  alias: { type: 'ExternalName', externalName: 'db.example.com' },
  inner: { type: 'ExternalName', externalName: 'cart.shop.svc.cluster.local' },
  chain: { type: 'ExternalName', externalName: 'inner.shop.svc.cluster.local', ports: [http] },
  loop: { type: 'ExternalName', externalName: 'loop.shop.svc.cluster.local' },
  number: { type: 'ExternalName', externalName: '192.0.2.9' },
}

const at = (n: number) => [`10.244.0.${n}`, `fd00:10:244::${n.toString(16)}`]
const metrics = (containerPort: number) => [{ name: 'metrics', containerPort }]
const db = (n: number, more: Partial<PodOptions> = {}): PodOptions => ({
  node: 'n1',
  ips: at(n),
  labels: { app: 'db' },
  ports: metrics(9100),
  ...more,
})

const pods: Readonly<Record<string, PodOptions>> = {
  'cart-0': { node: 'n1', ips: at(1), labels: { app: 'cart' } },
  'cart-1': { node: 'n1', ips: at(2), labels: { app: 'cart' }, ready: false },
  'db-0': db(10, { spec: { hostname: 'db-0', subdomain: 'db' } }),
  'db-1': db(11, { spec: { hostname: 'db-1', subdomain: 'dbs' } }),
  'db-2': db(12, { ports: metrics(9200) }),
  'db-3': db(13, { ready: false, spec: { hostname: 'db-3', subdomain: 'db' } }),
  'db-4': db(14, { spec: { hostname: 'db-4', subdomain: 'db' } }),
  'late-0': { node: 'n1', ips: at(20), labels: { app: 'late' }, ready: false },
}

/** The container of `client` started before the Services of the shop were made. */
export async function createNamedShop(api: KubeApi): Promise<void> {
  for (const name of ['shop', 'pay']) await api.create(namespace(name))
  await api.create(node('n1', { zone: 'a' }))
  const hostAliases = [{ ip: '192.0.2.7', hostnames: ['nobody', 'nobody.old'] }]
  const client = pod('shop', 'client', { node: 'n1', ips: at(30), spec: { hostAliases } })
  await api.create(client)
  // Times in the API are whole seconds.
  await sleep(3000)
  const startedAt = new Date(Math.floor(Date.now() / 1000) * 1000)
  const status = {
    name: 'app',
    image: 'app:1',
    imageID: '',
    ready: true,
    restartCount: 0,
    state: { running: { startedAt } },
  }
  await api.patchStatus(client, { containerStatuses: [status] })
  await sleep(2100)
  for (const [name, options] of Object.entries(pods)) await api.create(pod('shop', name, options))
  for (const [name, spec] of Object.entries(services)) await api.create(service('shop', name, { spec }))
  await api.create(service('pay', 'api', { spec: { selector: { app: 'api' }, ports: [http] } }))
  const ports = [{ name: 'http', port: 8443, protocol: 'TCP' }]
  const endpoints = [
    { addresses: ['192.0.2.21'], hostname: 'first' },
    { addresses: ['192.0.2.22'], conditions: { ready: true } },
    { addresses: ['192.0.2.23'], conditions: { ready: false, serving: true, terminating: true } },
  ]
  for (const of of ['hand', 'hand-vip'])
    await api.create(endpointSlice('shop', `${of}-1`, { service: of, endpoints, ports }))
  await terminatePod(api, pod('shop', 'db-4', db(14)))
}
