// The words sequences are written in. A step's writes are made within the controller's batch period, so that it syncs once.
import type { V1EndpointSlice, V1ServiceSpec } from '@kubernetes/client-node'
import { forEachBounded, type KubeApi, type ObjectRef } from '../cluster/api.ts'
import { type PodOptions, pod, removePod, service, setPodReady, terminatePod } from '../cluster/objects.ts'

export const NODES = ['node-a', 'node-b', 'node-c'] as const

/** How long the controller gathers changes of pods before it syncs their Services. */
export const BATCH_MS = 2_500

export type Step = { readonly name: string; readonly act: (world: World) => Promise<void> }

export type Sequence = {
  readonly name: string
  /** Before the first step, not looked at. */
  readonly before?: (world: World) => Promise<void>
  readonly steps: readonly Step[]
}

let lastAddress = 0

/** One namespace, its Service `web` and its pods. */
export class World {
  readonly namespace: string
  readonly #api: KubeApi
  #made = 0

  constructor(api: KubeApi, namespace: string) {
    this.#api = api
    this.namespace = namespace
  }

  async createService(spec: Partial<V1ServiceSpec> = {}, annotations?: Record<string, string>): Promise<void> {
    const ports = [{ name: 'http', port: 80, targetPort: 8080 }]
    const object = service(this.namespace, 'web', {
      spec: { selector: { app: 'web' }, ports, ...spec },
      meta: { annotations },
    })
    await this.#api.create(object)
  }

  async patchService(change: object): Promise<void> {
    await this.#api.patch(this.#ref('Service', 'web'), change)
  }

  /** Adds pods round robin over the nodes; returns their names. */
  async addPods(count: number, options: Partial<PodOptions> = {}): Promise<readonly string[]> {
    const numbers = Array.from({ length: count }, () => this.#made++)
    await forEachBounded(numbers, 16, async (n) => {
      const address = ++lastAddress
      const [high, low] = [address >> 8, address & 255]
      const object = pod(this.namespace, `web-${n}`, {
        node: NODES[n % 3] ?? 'node-a',
        ips: [`10.244.${high}.${low}`, `fd00:10:244::${address.toString(16)}`],
        labels: { app: 'web' },
        ...options,
      })
      await this.#api.create(object)
    })
    return numbers.map((n) => `web-${n}`)
  }

  async removePods(names: readonly string[]): Promise<void> {
    await forEachBounded(names, 16, (name) => removePod(this.#api, this.#ref('Pod', name)))
  }

  async terminatePods(names: readonly string[]): Promise<void> {
    await forEachBounded(names, 16, (name) => terminatePod(this.#api, this.#ref('Pod', name)))
  }

  async setReady(names: readonly string[], ready: boolean): Promise<void> {
    await forEachBounded(names, 16, (name) => setPodReady(this.#api, this.#ref('Pod', name), ready))
  }

  async patchPod(name: string, change: object): Promise<void> {
    await this.#api.patch(this.#ref('Pod', name), change)
  }

  async patchPodStatus(name: string, status: object): Promise<void> {
    await this.#api.patchStatus(this.#ref('Pod', name), status)
  }

  /** Names of the pods in each slice. */
  async podsBySlice(): Promise<readonly (readonly string[])[]> {
    const path = `/apis/discovery.k8s.io/v1/namespaces/${this.namespace}/endpointslices`
    const found = await this.#api.list<V1EndpointSlice>(path)
    return found.map(({ endpoints }) => (endpoints ?? []).flatMap(({ targetRef }) => targetRef?.name ?? []))
  }

  #ref(kind: string, name: string): ObjectRef {
    return { apiVersion: 'v1', kind, metadata: { namespace: this.namespace, name } }
  }
}

/** `web-FROM` to `web-(TO - 1)`. */
export const pods = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `web-${from + i}`)
