// The words scenarios are written in. Everything is made in both families, so each scenario is proved four times over:
// iptables and nftables, IPv4 and IPv6.
import type { V1Service, V1ServicePort, V1ServiceSpec } from '@kubernetes/client-node'
import type { IpFamily } from '../../core/model/records.ts'
import type { KubeObject } from '../cluster/api.ts'
import { endpointSlice, service } from '../cluster/objects.ts'
import type { RealMode } from './node-proxy.ts'

/**
 * Where a connection is sent: one of the Service's addresses. `node port` is on the node's own address; the closed port is one that
 * the Service lacks, and nobody's cluster IP lies in a service range that has no such Service.
 */
export type Way =
  | 'cluster IP'
  | 'closed port of the cluster IP'
  | 'cluster IP of nobody'
  | 'node port'
  | 'node port on loopback'
  | 'external IP'
  | 'load balancer IP'

/**
 * Who connects: a pod of another node, the node itself, a client outside in one of two networks, or the endpoint with a
 * number itself.
 */
export type Client = 'pod' | 'node' | 'outside' | 'stranger' | { readonly endpoint: number }

/** Numbers of endpoints; `nowhere`: no rule leads to an endpoint. */
export type Landing = readonly number[] | 'drop' | 'reject' | 'nowhere'

export type Traffic = {
  /** Name of the Service; the scenario's first by default. */
  readonly service?: string
  /** Name of the Service port; the first by default. */
  readonly port?: string
  readonly from: Client
  readonly to: Way
  /** Written by hand, so that a scenario shows what it says: the prediction and the packets must both agree with it. */
  readonly lands: Landing
  /** Where the explanation says they land, if that is beyond a load balancer: none stands here to carry them on. */
  readonly explained?: readonly number[]
  /** Whose address the endpoint sees. */
  readonly sees?: 'client' | 'node'
  /** So many client addresses, each of which must stay with one endpoint. */
  readonly stickyClients?: number
  readonly only?: { readonly mode?: RealMode; readonly family?: IpFamily }
}

type HealthCheck = { readonly service: string; readonly status: 200 | 503; readonly localEndpoints: number }

export type Scenario = {
  /** A sentence. */
  readonly name: string
  /** Part of `npm test`; the others run with `npm run test:proxy` and `npm run test:long`. */
  readonly quick?: boolean
  readonly objects: readonly KubeObject[]
  /** Merge patches, made once kube-proxy has written the objects: what it then writes is a change, not a start. */
  readonly changes?: readonly { readonly of: KubeObject; readonly patch: object }[]
  readonly traffic: readonly Traffic[]
  readonly healthCheck?: HealthCheck
}

export const NAMESPACE = 'proof'
export const families = ['IPv4', 'IPv6'] as const

const endpointNetwork = { IPv4: '10.244.', IPv6: 'fd00:10:244::' } as const

/** Address of the n-th endpoint, from 1. */
export function endpointAddress(n: number, family: IpFamily): string {
  return `${endpointNetwork[family]}${family === 'IPv4' ? `${Math.floor(n / 250)}.${(n % 250) + 1}` : n.toString(16)}`
}

export const externalAddress = { IPv4: '198.18.1.1', IPv6: '2001:db8:1801::1' } as const
/** In the ranges the API server was started with; of so many it gives this one to nobody. */
export const unallocatedAddress = { IPv4: '10.97.77.77', IPv6: 'fd00:10:96::4d4d' } as const
export const loadBalancerAddress = { IPv4: '198.18.2.2', IPv6: '2001:db8:1802::2' } as const
export const bothExternal = [externalAddress.IPv4, externalAddress.IPv6]

/** A Service without selector in both families: its slices are made by hand. One TCP port 80 unless it says else. */
export function dualService(
  name: string,
  spec: Partial<V1ServiceSpec> = {},
  rest: Partial<V1Service> = {},
): KubeObject {
  const families =
    spec.type === 'ExternalName' || spec.ipFamilies ? {} : { ipFamilyPolicy: 'RequireDualStack', ipFamilies: both }
  const ports = spec.type === 'ExternalName' ? {} : { ports: [port('', 80)] }
  return service(NAMESPACE, name, {
    spec: { ...families, ...ports, ...spec },
    ...(rest.metadata && { meta: { labels: rest.metadata.labels, annotations: rest.metadata.annotations } }),
    ...(rest.status && { status: rest.status }),
  })
}

const both: IpFamily[] = ['IPv4', 'IPv6']

export function port(name: string, number: number, protocol: 'TCP' | 'UDP' | 'SCTP' = 'TCP'): V1ServicePort {
  return { ...(name !== '' && { name }), port: number, protocol, targetPort: 8000 + number }
}

/** Status of a load balancer with one address per family. */
export const balanced = (ipMode?: 'VIP' | 'Proxy') => ({
  status: {
    loadBalancer: {
      ingress: both.map((family) => ({ ip: loadBalancerAddress[family], ...(ipMode && { ipMode }) })),
    },
  },
})

export type EndpointSpec = {
  readonly n: number
  /** node-a, in zone-a, is the node whose kube-proxy is watched. */
  readonly node?: 'node-a' | 'node-b' | 'node-c'
  readonly state?: 'ready' | 'unready' | 'terminating' | 'terminating, not serving'
  readonly zones?: readonly string[]
  readonly nodes?: readonly string[]
}

const conditions = {
  ready: { ready: true, serving: true, terminating: false },
  unready: { ready: false, serving: false, terminating: false },
  terminating: { ready: false, serving: true, terminating: true },
  'terminating, not serving': { ready: false, serving: false, terminating: true },
} as const

export type SlicePorts = readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[]

/** One slice per family. `part` tells several slices of a Service apart. */
export function slices(
  of: string,
  endpoints: readonly EndpointSpec[],
  ports: SlicePorts = [{ port: 8080 }],
  part = 'a',
): KubeObject[] {
  return both.map((family) =>
    endpointSlice(NAMESPACE, `${of}-${part}-${family.toLowerCase()}`, {
      service: of,
      addressType: family,
      ports: ports.map(({ name = '', port: number, protocol = 'TCP' }) => ({ name, port: number, protocol })),
      endpoints: endpoints.map(({ n, node = 'node-b', state = 'ready', zones, nodes }) => ({
        addresses: [endpointAddress(n, family)],
        conditions: conditions[state],
        nodeName: node,
        zone: node.replace('node', 'zone'),
        ...((zones || nodes) && {
          hints: { forZones: zones?.map((name) => ({ name })), forNodes: nodes?.map((name) => ({ name })) },
        }),
      })),
    }),
  )
}
