// What Triplane explains for a connection of a scenario.
import { explain } from '../../core/explain/explain'
import type { FlowDestination, FlowSource } from '../../core/explain/flow'
import type { Explanation } from '../../core/explain/types'
import type { ClusterView } from '../../core/model/cluster-view'
import { podKey, serviceKey } from '../../core/model/keys'
import type { IpFamily } from '../../core/model/records'
import { clientAddress } from './links.ts'
import type { Sent, Target } from './packets.ts'
import { CLIENT_POD, endpointPod, NODE } from './read-cluster.ts'
import { type Client, NAMESPACE } from './scenario.ts'

export type Prediction = Pick<Explanation, 'verdict' | 'sentence'> & {
  /** Whose address the endpoint sees. */
  readonly seen: Explanation['sourceAddress']['seen']
  /** Probability by `ip:port`, only those above 0. */
  readonly shares: ReadonlyMap<string, number>
}

/** The explanation of one connection, without its reasons. */
export function predict(view: ClusterView, { traffic, family, target }: Sent): Prediction {
  const { verdict, sentence, sourceAddress, endpoints } = explain(view, {
    source: sourceOf(traffic.from, family),
    destination: destinationOf(traffic, target),
    protocol: target.protocol,
    family,
  })
  const shares = endpoints.map(({ key, probability = 0 }) => [key, probability] as const)
  return { verdict, sentence, seen: sourceAddress.seen, shares: new Map(shares.filter(([, share]) => share > 0)) }
}

function sourceOf(from: Client, family: IpFamily): FlowSource {
  if (typeof from === 'object') return { kind: 'pod', pod: podKey(NAMESPACE, endpointPod(from.endpoint)) }
  if (from === 'pod') return { kind: 'pod', pod: podKey(NAMESPACE, CLIENT_POD) }
  if (from === 'node') return { kind: 'node', node: NODE }
  return { kind: 'outside', at: NODE, address: clientAddress(from, family, 1) }
}

function destinationOf({ to, service }: Sent['traffic'], target: Target): FlowDestination {
  if (to === 'cluster IP') return { kind: 'service', service: serviceKey(NAMESPACE, service), port: target.name }
  if (to === 'node port') return { kind: 'node-port', node: NODE, port: target.port }
  return { kind: 'address', address: target.address, port: target.port }
}
