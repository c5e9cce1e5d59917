// A large cluster behind the list and watch API, whose endpoints change at a given rate: the load of feed.ts.

import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApi } from '../server/simulator/api'
import type { ApiObject } from '../server/simulator/api-object'
import { createWatchCache } from '../server/simulator/watch-cache'

export type LargeSize = { readonly nodes: number; readonly services: number; readonly perService: number }

export type LargeApi = {
  readonly url: string
  readonly endpoints: number
  /** Turns the next endpoint's ready over and says whose pod it is (`namespace/name`). */
  flipNext(): string
  stop(): Promise<void>
}

const namespaces = 20
const created = '2026-01-01T00:00:00Z'

export async function startLargeApi({ nodes, services, perService }: LargeSize): Promise<LargeApi> {
  const cache = createWatchCache({ historySize: 20_000 })
  for (let n = 0; n < namespaces; n += 1) cache.put('namespaces', object('v1', 'Namespace', { name: `team-${n}` }))
  for (let n = 0; n < nodes; n += 1) cache.put('nodes', nodeObject(n))
  const ready = new Map<number, boolean[]>()
  for (let s = 0; s < services; s += 1) {
    cache.put('services', serviceObject(s))
    ready.set(s, Array<boolean>(perService).fill(true))
    for (let e = 0; e < perService; e += 1) cache.put('pods', podObject(s, e, nodes))
    cache.put('endpointslices', sliceObject(s, { ready: ready.get(s) ?? [], nodes }))
  }
  const server: Server = createApi({ cache, bookmarkEveryMs: 30_000, maxBufferedBytes: 64 << 20 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  let next = 0
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    endpoints: services * perService,
    flipNext() {
      const s = next % services
      const e = Math.floor(next / services) % perService
      next += 1
      const states = ready.get(s) ?? []
      states[e] = !states[e]
      cache.put('endpointslices', sliceObject(s, { ready: states, nodes }))
      return `${place(s).namespace}/${podName(s, e)}`
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const place = (s: number) => ({ namespace: `team-${s % namespaces}`, name: `service-${s}` })
const podName = (s: number, e: number) => `service-${s}-6f7d9c5b8-${e.toString(36).padStart(5, 'x')}`
const address = (s: number, e: number) => `10.${64 + (s >> 8)}.${s & 255}.${e + 1}`
const zoneOf = (node: number) => `zone-${'abc'[node % 3]}`

function object(
  apiVersion: string,
  kind: string,
  metadata: { name: string; namespace?: string; labels?: Record<string, string> },
): ApiObject {
  const uid = `${kind}-${metadata.namespace ?? ''}-${metadata.name}`
  return { apiVersion, kind, metadata: { ...metadata, uid, creationTimestamp: created } }
}

function nodeObject(n: number): ApiObject {
  const labels = { 'topology.kubernetes.io/zone': zoneOf(n), 'kubernetes.io/os': 'linux' }
  const addresses = [{ type: 'InternalIP', address: `172.16.${n >> 8}.${n & 255}` }]
  return {
    ...object('v1', 'Node', { name: `node-${n}`, labels }),
    spec: { podCIDRs: [] },
    status: { addresses, conditions: [{ type: 'Ready', status: 'True' }], allocatable: { cpu: '8', pods: '110' } },
  }
}

function serviceObject(s: number): ApiObject {
  const clusterIP = `10.${32 + (s >> 8)}.${s & 255}.1`
  return {
    ...object('v1', 'Service', { ...place(s), labels: { app: `service-${s}` } }),
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilies: ['IPv4'],
      selector: { app: `service-${s}` },
      ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 }],
    },
  }
}

function podObject(s: number, e: number, nodes: number): ApiObject {
  const labels = { app: `service-${s}` }
  return {
    ...object('v1', 'Pod', { namespace: place(s).namespace, name: podName(s, e), labels }),
    spec: {
      nodeName: `node-${(s + e) % nodes}`,
      containers: [{ name: 'main', ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }] }],
    },
    status: {
      phase: 'Running',
      podIPs: [{ ip: address(s, e) }],
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: created }],
    },
  }
}

function sliceObject(s: number, { ready, nodes }: { ready: readonly boolean[]; nodes: number }): ApiObject {
  const { namespace, name } = place(s)
  const labels = {
    'kubernetes.io/service-name': name,
    'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
  }
  return {
    ...object('discovery.k8s.io/v1', 'EndpointSlice', { namespace, name: `${name}-x7k2p`, labels }),
    addressType: 'IPv4',
    ports: [{ name: 'http', protocol: 'TCP', port: 8080 }],
    endpoints: ready.map((isReady, e) => ({
      addresses: [address(s, e)],
      conditions: { ready: isReady, serving: isReady, terminating: false },
      nodeName: `node-${(s + e) % nodes}`,
      zone: zoneOf((s + e) % nodes),
      targetRef: { kind: 'Pod', namespace, name: podName(s, e), uid: `Pod-${namespace}-${podName(s, e)}` },
    })),
  }
}
