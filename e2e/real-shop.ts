// A small cluster of three zones for journeys on the real control plane, and the writes that a journey makes.
import type { KubeApi, ObjectRef } from './cluster/api'
import { namespace, node, pod, removePod, service } from './cluster/objects'

export const zones = ['zone-a', 'zone-b', 'zone-c'] as const

export const podRef = (space: string, name: string): ObjectRef => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: space, name },
})

const serviceRef = (space: string, name: string): ObjectRef => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: space, name },
})

/** Two nodes per zone: node-a1, node-a2, node-b1, … */
export async function createNodes(api: KubeApi): Promise<void> {
  for (const [at, zone] of zones.entries()) {
    for (const n of [1, 2]) {
      const address = `192.0.2.${10 * (at + 1) + n}`
      const addresses = [{ type: 'InternalIP', address }]
      await api.create(node(`node-${zone.slice(-1)}${n}`, { zone, addresses }))
    }
  }
}

/** One Service `web` in a namespace of its own, and the pods behind it. */
export async function createShop(api: KubeApi, space: string, block: number): Promise<Shop> {
  await api.create(namespace(space))
  const shop: Shop = {
    id: `${space}/web`,
    pod: (n) => `${space}/web-${n}`,
    address: (n) => `10.244.${block}.${n + 1}`,
    async expose(spec = {}, annotations = {}) {
      const ports = [{ name: 'http', port: 80, targetPort: 8080 }]
      const whole = { selector: { app: 'web' }, ports, ...spec }
      await api.create(service(space, 'web', { spec: whole, meta: { annotations } }))
    },
    async change(change) {
      await api.patch(serviceRef(space, 'web'), change)
    },
    async addPods(from, to) {
      for (let n = from; n < to; n += 1) {
        const on = `node-${'abc'.charAt(n % 3)}${(n % 2) + 1}`
        await api.create(pod(space, `web-${n}`, { node: on, ips: [shop.address(n)], labels: { app: 'web' } }))
      }
    },
    async removePods(from, to) {
      for (let n = from; n < to; n += 1) await removePod(api, podRef(space, `web-${n}`))
    },
  }
  return shop
}

export type Shop = {
  readonly id: string
  pod(n: number): string
  address(n: number): string
  expose(spec?: object, annotations?: Record<string, string>): Promise<void>
  change(change: object): Promise<void>
  /** Pods `from` up to, not with, `to`; the zones take turns. */
  addPods(from: number, to: number): Promise<void>
  removePods(from: number, to: number): Promise<void>
}
