// Real connections of a scenario, and where they land.
import type { V1EndpointSlice, V1Service } from '@kubernetes/client-node'
import type { IpFamily } from '../../core/model/records'
import type { KubeObject } from '../cluster/api.ts'
import type { Connection, ConnectRequest } from './connections.ts'
import { clientAddress, nodeAddress } from './links.ts'
import type { ListenRequest } from './listeners.ts'
import type { NodeProxy } from './node-proxy.ts'
import {
  endpointAddress,
  externalAddress,
  loadBalancerAddress,
  type Traffic,
  unallocatedAddress,
  type Way,
} from './scenario.ts'

export type Target = {
  /** Name of the Service port. */
  readonly name: string
  readonly address: string
  readonly port: number
  readonly protocol: 'TCP' | 'UDP'
}

const CLOSED_PORT = 9

/** The address and port that a connection is sent to; `service` is as the API server completed it. */
export function targetOf(service: V1Service, traffic: Traffic, family: IpFamily): Target {
  const { spec } = service
  const port = spec?.ports?.find(({ name = '' }) => traffic.port === undefined || name === traffic.port)
  if (!spec || !port) throw new Error(`no port for ${JSON.stringify(traffic)}`)
  const ip = spec.clusterIPs?.[spec.ipFamilies?.indexOf(family) ?? -1] ?? ''
  const onNode = traffic.to.startsWith('node port')
  const number = onNode ? port.nodePort : traffic.to === 'closed port of the cluster IP' ? CLOSED_PORT : port.port
  if (number === undefined) throw new Error(`no node port for ${JSON.stringify(traffic)}`)
  const addresses: Readonly<Record<Way, string>> = {
    'cluster IP': ip,
    'closed port of the cluster IP': ip,
    'cluster IP of nobody': unallocatedAddress[family],
    'node port': nodeAddress[family],
    'node port on loopback': family === 'IPv4' ? '127.0.0.1' : '::1',
    'external IP': externalAddress[family],
    'load balancer IP': loadBalancerAddress[family],
  }
  const { name = '' } = port
  return { name, address: addresses[traffic.to], port: number, protocol: port.protocol === 'UDP' ? 'UDP' : 'TCP' }
}

/** What must listen so that every endpoint of these slices answers: TCP on all addresses, UDP on each. */
export function listenersOf(objects: readonly KubeObject[]): readonly ListenRequest[] {
  const wanted = new Map<string, ListenRequest>()
  for (const object of objects) {
    if (object.kind !== 'EndpointSlice') continue
    const { ports, endpoints, addressType } = object as unknown as V1EndpointSlice
    for (const { port = 0, protocol } of ports ?? []) {
      const all = addressType === 'IPv6' ? ['::'] : ['0.0.0.0']
      const addresses = protocol === 'UDP' ? (endpoints ?? []).flatMap((endpoint) => endpoint.addresses) : all
      if (protocol === 'SCTP') continue
      for (const address of addresses) {
        wanted.set(`${protocol} ${address} ${port}`, { protocol: protocol === 'UDP' ? 'UDP' : 'TCP', address, port })
      }
    }
  }
  return [...wanted.values()]
}

/** One traffic of a scenario in one family. */
export type Sent = {
  readonly traffic: Traffic & { readonly service: string }
  readonly family: IpFamily
  readonly target: Target
}

type Round = {
  readonly count: number
  /** Number of the first client address, so that rounds can have clients of their own. */
  readonly firstClient?: number
  readonly clients?: number
  readonly timeoutMs?: number
}

/** Opens `count` connections as the traffic says and tells what became of each. */
export async function send(
  proxy: NodeProxy,
  { traffic, family, target }: Sent,
  { count, firstClient = 1, clients = 20, timeoutMs = 5_000 }: Round,
): Promise<readonly Connection[]> {
  const { from } = traffic
  const request: ConnectRequest = {
    address: target.address,
    port: target.port,
    protocol: target.protocol,
    from: typeof from === 'object' ? [endpointAddress(from.endpoint, family)] : addresses(from),
    count,
    atOnce: 64,
    timeoutMs,
  }
  const at = typeof from === 'object' ? proxy.pods : from === 'node' ? proxy.node : proxy.peer
  const tried = await at.connect(request)
  // None at all would fit every prediction.
  if (tried.length !== count) throw new Error(`${tried.length} of ${count} connections were tried`)
  return tried

  function addresses(sort: 'pod' | 'node' | 'outside' | 'stranger'): readonly string[] {
    if (sort === 'node') return []
    return Array.from({ length: clients }, (_, i) => clientAddress(sort, family, firstClient + i))
  }
}
