// A large cluster on the real control plane: nodes over zones, pods over nodes, Services over pods.
import { setTimeout as sleep } from 'node:timers/promises'
import { forEachBounded, type KubeApi, type KubeObject, waitFor } from './api.ts'
import { namespace, node, pod, service } from './objects.ts'

export type LargeOptions = {
  nodes: number
  services: number
  podsPerService: number
  /** Pods of one more Service, `large/big`. */
  bigService?: number
  zones?: number
  namespaces?: number
  /** Called with what has been written so far, about once a second. */
  onProgress?: (written: number, total: number) => void
}

/** The size the live test runs at: 1,000 nodes, 21,500 pods, 2,001 Services. */
export const liveTestSize = { nodes: 1000, services: 2000, podsPerService: 10, bigService: 1500 }

// The API server and etcd share the machine with us; more at once only makes the answers slower.
const writesAtOnce = 48

/** Writes the objects, then waits until the real controller has every pod in a slice. Existing objects are an error. */
export async function loadLarge(api: KubeApi, options: LargeOptions): Promise<void> {
  const pods = [...podsOf(options)]
  const services = [...servicesOf(options)]
  const nodes = [...nodesOf(options)]
  const total = nodes.length + pods.length + services.length
  let written = 0
  const write = (objects: Iterable<KubeObject>) =>
    forEachBounded(objects, writesAtOnce, async (object) => {
      await api.create(object)
      written++
    })

  const done = new AbortController()
  const progress = reportProgress(() => options.onProgress?.(written, total), done.signal)
  try {
    await write(namespacesOf(options).map(namespace))
    written = 0
    await write(nodes)
    // Services after their pods: the controller then slices each Service once and not once per pod.
    await write(pods)
    await write(services)
    await waitFor('every pod in a slice', () => allSliced(api, pods.length), 300_000)
  } finally {
    done.abort()
    await progress
  }
}

function namespacesOf({ namespaces = 20 }: LargeOptions): string[] {
  return [...Array(namespaces).keys()].map((i) => `ns-${i}`).concat('large')
}

function* nodesOf({ nodes, zones = 3 }: LargeOptions): Generator<KubeObject> {
  for (let i = 0; i < nodes; i++) {
    yield node(nodeName(i), {
      zone: `zone-${String.fromCharCode(97 + (i % zones))}`,
      cpu: '16',
      addresses: [{ type: 'InternalIP', address: `192.168.${i >> 8}.${i & 255}` }],
    })
  }
}

function* servicesOf({ services, bigService, namespaces = 20 }: LargeOptions): Generator<KubeObject> {
  for (let i = 0; i < services; i++) yield web(`ns-${i % namespaces}`, `svc-${i}`)
  if (bigService) yield web('large', 'big')
}

function* podsOf({ nodes, services, podsPerService, bigService = 0, namespaces = 20 }: LargeOptions) {
  const total = services * podsPerService
  for (let i = 0; i < total + bigService; i++) {
    const of = Math.floor(i / podsPerService)
    const [space, app] = i < total ? [`ns-${of % namespaces}`, `svc-${of}`] : ['large', 'big']
    const ips = [`10.${244 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`]
    yield pod(space, `${app}-${i}`, { node: nodeName(i % nodes), ips, labels: { app } })
  }
}

function web(space: string, app: string): KubeObject {
  const ports = [{ name: 'http', port: 80, targetPort: 8080 }]
  return service(space, app, { spec: { selector: { app }, ports } })
}

function nodeName(i: number): string {
  return `node-${String(i).padStart(4, '0')}`
}

async function allSliced(api: KubeApi, pods: number): Promise<boolean> {
  type Slice = { metadata: { namespace: string }; endpoints: unknown[] | null }
  const slices = await api.list<Slice>('/apis/discovery.k8s.io/v1/endpointslices')
  const sliced = slices.filter((slice) => slice.metadata.namespace !== 'default')
  const endpoints = sliced.reduce((sum, slice) => sum + (slice.endpoints?.length ?? 0), 0)
  if (endpoints < pods) await sleep(1000)
  return endpoints >= pods
}

async function reportProgress(report: () => void, end: AbortSignal): Promise<void> {
  while (!end.aborted) {
    report()
    await sleep(1000, undefined, { signal: end }).catch(() => undefined)
  }
  report()
}
