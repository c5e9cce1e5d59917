// Which nodes have an endpoint of their own for a port that a Local policy keeps on the node.

import type { ProxyModeVerdict } from '../graph/types'
import type { Reason } from '../model/reason'
import type { Endpoint, EndpointSliceRecord, IpFamily, NodeRecord } from '../model/records'
import { portEndpoints } from '../proxy/endpoints'
import { inferProxyMode } from '../proxy/proxy-mode'
import { type ServicePortFacts, servicePorts } from '../proxy/service-port'
import { isReady, isServingTerminating } from '../proxy/topology'
import { listed, say } from './problem'
import type { Question } from './question'

export type LocalPort = {
  readonly facts: ServicePortFacts
  /** Nodes with a usable endpoint of their own. */
  readonly served: ReadonlySet<string>
  /** Nodes without one, whose proxy drops for it. Sorted as the view sorts nodes. */
  readonly dropping: readonly NodeRecord[]
  /** Of those, nodes whose proxy is not known, or is not kube-proxy. */
  readonly assumed: readonly NodeRecord[]
  /** Nodes without one, whose proxy takes the endpoints of other nodes instead (P27). */
  readonly sparing: readonly NodeRecord[]
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
        const names = (list: typeof usable) => new Set(list.flatMap(({ endpoint }) => endpoint.nodeName ?? []))
        return usable.length === 0 ? [] : { facts, served: names(usable), ready: names(usable.filter(isReady)) }
      }),
  )
  if (found.length === 0) return undefined
  const ports = found.map(({ ready, ...port }) => {
    const without = nodes.filter(
      (node) => !(isWindows(node) && !port.facts.vips.length ? ready : port.served).has(node.name),
    )
    const verdicts = new Map(without.map((node) => [node, inferProxyMode(view, node).verdict]))
    const spared = new Set(without.filter((node) => ignoresLocal(verdicts.get(node))))
    const dropping = without.filter((node) => !spared.has(node))
    return {
      ...port,
      dropping,
      assumed: dropping.filter((node) => verdicts.get(node)?.state !== 'mode'),
      sparing: [...spared],
      nodes: nodes.length,
    }
  })
  return ports.reduce((worst, port) => (port.dropping.length > worst.dropping.length ? port : worst))
}

// P27: ipvs, and userspace as it was, send to other nodes what a Local policy leaves without an endpoint here. A proxy that is not
// known is taken to drop, as iptables does.
const ignoresLocal = (verdict: ProxyModeVerdict | undefined): boolean =>
  verdict?.state === 'mode' && (verdict.mode === 'ipvs' || verdict.mode === 'userspace')

// P28: kernelspace uses terminating endpoints for ports with a load balancer address only.
const isWindows = ({ os }: NodeRecord) => os === 'windows'

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
  const named = (isUsable: (endpoint: Endpoint) => boolean) =>
    new Set(serving.flatMap(({ endpoints }) => endpoints.filter(isUsable).flatMap(({ nodeName }) => nodeName ?? [])))
  const ready = named((one) => one.ready)
  if (nodes.every(({ name }) => ready.has(name))) return true
  const usable = named((one) => one.ready || (one.serving && one.terminating))
  return nodes.every((node) => (isWindows(node) ? ready : usable).has(node.name))
}

/** Nodes of the control plane seldom run clients: what is dropped only there is a note. */
export const isWorker = ({ labels }: NodeRecord) =>
  !labels.has('node-role.kubernetes.io/control-plane') && !labels.has('node-role.kubernetes.io/master')

/** Which nodes are only taken to drop, and which the policy does not bind: a line of evidence each, none without such nodes. */
export const otherProxies = ({ assumed, sparing }: LocalPort): readonly Reason[] => [
  ...named('evidence-proxy-assumed', assumed),
  ...named('evidence-ipvs-local', sparing),
]

function named(code: string, nodes: readonly NodeRecord[]): readonly Reason[] {
  const names = nodes.map(({ name }) => name)
  return names.length === 0 ? [] : [say(code, { ...listed(names, 12), count: names.length })]
}
