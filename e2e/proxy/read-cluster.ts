// The test cluster as the product reads it, for predictions: the same gate, the same indexes. Pods that no API server knows
// are added: the kube-proxy as its arguments say, and those that the namespaces stand for.
import type { ClusterView } from '../../core/model/cluster-view'
import type { ClusterEvent } from '../../core/model/events'
import { KIND_NAMES, parseObject } from '../../core/model/from-api'
import { nodeKey } from '../../core/model/keys'
import type { Kind } from '../../core/model/records'
import { createClusterStore } from '../../server/store/cluster-store'
import type { KubeApi, KubeObject } from '../cluster/api.ts'
import { pod } from '../cluster/objects.ts'
import { clientAddress } from './links.ts'
import { endpointAddress, families, NAMESPACE } from './scenario.ts'

/** The node whose kube-proxy is watched. */
export const NODE = nodeKey('node-a')

/** A pod of that node; its addresses are the first that a client `pod` has. */
export const CLIENT_POD = 'client'

/** The pod behind the n-th endpoint. */
export const endpointPod = (n: number) => `endpoint-${n}`

const paths = {
  Service: '/api/v1/services',
  EndpointSlice: '/apis/discovery.k8s.io/v1/endpointslices',
  Node: '/api/v1/nodes',
  ServiceCIDR: '/apis/networking.k8s.io/v1/servicecidrs',
} as const satisfies Partial<Record<Kind, string>>

/** Everything that routing reads, listed once. `command` is how the node's kube-proxy was started. */
export async function readCluster(api: KubeApi, command: readonly string[]): Promise<ClusterView> {
  const found: (readonly [Kind, unknown])[] = addedPods(command).map((object) => ['Pod', object])
  for (const [kind, path] of Object.entries(paths) as [keyof typeof paths, string][])
    for (const object of await api.list<KubeObject>(path)) found.push([kind, object])
  const store = createClusterStore()
  const puts = found.map(([kind, object]): ClusterEvent => {
    const parsed = parseObject(kind, object, { requireUid: kind !== 'Pod' })
    if (!parsed.ok) throw new Error(`${kind} ${parsed.reject.name}: ${parsed.reject.field} ${parsed.reject.code}`)
    return { type: 'put', record: parsed.record }
  })
  store.apply([...puts, ...KIND_NAMES.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' }))])
  return store
}

function addedPods(command: readonly string[]): KubeObject[] {
  const proxy = pod('kube-system', 'kube-proxy', {
    node: NODE,
    ips: ['192.0.2.10'],
    spec: {
      hostNetwork: true,
      containers: [{ name: 'kube-proxy', image: 'kube-proxy:v1.36.3', command: [...command] }],
    },
  })
  const client = pod(NAMESPACE, CLIENT_POD, {
    node: NODE,
    ips: families.map((family) => clientAddress('pod', family, 1)),
  })
  const itself = pod(NAMESPACE, endpointPod(1), {
    node: NODE,
    ips: families.map((family) => endpointAddress(1, family)),
  })
  return [proxy, client, itself]
}
