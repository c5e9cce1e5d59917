// What Triplane predicts for a connection of a scenario.
import type { ClusterView } from '../../core/model/cluster-view'
import { serviceKey } from '../../core/model/keys'
import type { IpFamily } from '../../core/model/records'
import { routePort } from '../../core/proxy/route'
import { NODE } from './read-cluster.ts'
import { NAMESPACE } from './scenario.ts'

export type Prediction = {
  readonly verdict: 'forward' | 'drop' | 'reject' | 'none'
  /** Probability by `ip:port`, only those above 0. */
  readonly shares: ReadonlyMap<string, number>
}

/** The prediction for a connection to the cluster IP. */
export function predictClusterIp(
  view: ClusterView,
  { service: name, port, family }: { service: string; port: string; family: IpFamily },
): Prediction {
  const key = serviceKey(NAMESPACE, name)
  const service = view.service(key)
  const node = view.node(NODE)
  if (!service || !node) throw new Error(`${key} or its node is not in the cluster`)
  const route = routePort({ service, slices: view.slicesOfService(key) }, { port, family, node })
  const shares = route.endpoints.map(({ key: endpoint, probability = 0 }) => [endpoint, probability] as const)
  return { verdict: route.internal, shares: new Map(shares.filter(([, probability]) => probability > 0)) }
}
