// Which nodes have an endpoint of their own for a port that a Local policy keeps on the node.

import type { EndpointSliceRecord, IpFamily, NodeRecord } from '../model/records'
import { portEndpoints } from '../proxy/endpoints'
import { type ServicePortFacts, servicePorts } from '../proxy/service-port'
import { isReady, isServingTerminating } from '../proxy/topology'
import type { Question } from './question'

export type LocalPort = {
  readonly facts: ServicePortFacts
  /** Nodes with a usable endpoint of their own. */
  readonly served: ReadonlySet<string>
  /** The others: kube-proxy drops there. Sorted as the view sorts nodes. */
  readonly dropping: readonly NodeRecord[]
  readonly nodes: number
}

/**
 * The port that a Local policy takes from most nodes. Undefined where nodes may not be read, where no port has such a policy,
 * or where nothing is usable anywhere: that is refused, and another problem.
 */
export function worstLocalPort(
  { view, service, slices }: Question,
  isLocalPort: (facts: ServicePortFacts) => boolean,
): LocalPort | undefined {
  if (view.coverage('Node') !== 'synced') return undefined
  const nodes = [...view.nodes()]
  const families = service.ipFamilies.length > 0 ? service.ipFamilies : (['IPv4', 'IPv6'] as const)
  const found = families.flatMap((family) =>
    servicePorts(service, family)
      .filter((facts) => isLocalPort(facts) && !isEverywhere(nodes, slices, { family, ...facts }))
      .flatMap((facts) => {
        const query = { namespace: service.namespace, service: service.name, family, port: facts }
        const usable = portEndpoints(slices, query).endpoints.filter((one) => isReady(one) || isServingTerminating(one))
        return usable.length === 0
          ? []
          : { facts, served: new Set(usable.flatMap(({ endpoint }) => endpoint.nodeName ?? [])) }
      }),
  )
  if (found.length === 0) return undefined
  const ports = found.map((port) => ({
    ...port,
    dropping: nodes.filter(({ name }) => !port.served.has(name)),
    nodes: nodes.length,
  }))
  return ports.reduce((worst, port) => (port.dropping.length > worst.dropping.length ? port : worst))
}

type PortOfFamily = Pick<ServicePortFacts, 'name' | 'protocol'> & { readonly family: IpFamily }

// A DaemonSet's usual case, without putting the port's endpoints together: every node is named by a usable one.
function isEverywhere(
  nodes: readonly NodeRecord[],
  slices: readonly EndpointSliceRecord[],
  port: PortOfFamily,
): boolean {
  const serving = slices.filter(
    ({ addressType, ports }) =>
      addressType === port.family &&
      ports.some(({ name, protocol }) => name === port.name && protocol === port.protocol),
  )
  const named = new Set(
    serving.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ ready, serving: serves, terminating, nodeName }) =>
        nodeName !== undefined && (ready || (serves && terminating)) ? nodeName : [],
      ),
    ),
  )
  return nodes.every(({ name }) => named.has(name))
}

/** Nodes of the control plane seldom run clients: what is dropped only there is a note. */
export const isWorker = ({ labels }: NodeRecord) =>
  !labels.has('node-role.kubernetes.io/control-plane') && !labels.has('node-role.kubernetes.io/master')
