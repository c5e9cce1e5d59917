// Which nodes have an endpoint of their own for a port that a Local policy keeps on the node.

import type { ProxyModeVerdict } from '../graph/types'
import type { Reason, Severity } from '../model/reason'
import type { Endpoint, EndpointSliceRecord, IpFamily, NodeRecord } from '../model/records'
import { portEndpoints } from '../proxy/endpoints'
import { inferProxyMode } from '../proxy/proxy-mode'
import { type ServicePortFacts, servicePorts } from '../proxy/service-port'
import { isReady, isServingTerminating } from '../proxy/topology'
import { listed, say } from './problem'
import type { Question } from './question'

export type LocalPort = {
  readonly facts: ServicePortFacts
  /** As people call it, e.g. `UDP 443`, with its family where the Service has two. */
  readonly label: string
  /** Nodes with a usable endpoint of their own. */
  readonly served: ReadonlySet<string>
  /** Nodes without one, whose kube-proxy drops for it. Sorted as the view sorts nodes. */
  readonly dropping: readonly NodeRecord[]
  /** Nodes without one, whose proxy is not known, or is not kube-proxy: they may drop. */
  readonly assumed: readonly NodeRecord[]
  /** Nodes without one, whose proxy takes the endpoints of other nodes instead (P27). */
  readonly sparing: readonly NodeRecord[]
  readonly nodes: number
}

/** The port that loses most, and the others that lose something too. */
export type LocalPorts = { readonly worst: LocalPort; readonly others: readonly LocalPort[] }

/**
 * The ports that a Local policy takes from nodes. Undefined where nodes may not be read, where no port has such a policy or loses
 * anything by it, or where nothing is usable anywhere: that is refused, and another problem.
 */
export function cutLocalPorts(
  { view, service, slices }: Question,
  isLocalPort: (facts: ServicePortFacts) => boolean,
): LocalPorts | undefined {
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
        const label = `${facts.protocol} ${facts.port}${families.length > 1 ? ` (${family})` : ''}`
        return usable.length === 0 ? [] : { facts, label, served: names(usable), ready: names(usable.filter(isReady)) }
      }),
  )
  const ports = found.map(({ ready, ...port }) => {
    const without = nodes.filter(
      (node) => !(isWindows(node) && !port.facts.vips.length ? ready : port.served).has(node.name),
    )
    const verdicts = new Map(without.map((node) => [node, inferProxyMode(view, node).verdict]))
    const those = (is: (verdict: ProxyModeVerdict | undefined) => boolean) =>
      without.filter((node) => is(verdicts.get(node)))
    return {
      ...port,
      dropping: those((verdict) => verdict?.state === 'mode' && !ignoresLocal(verdict)),
      assumed: those((verdict) => verdict?.state !== 'mode'),
      sparing: those(ignoresLocal),
      nodes: nodes.length,
    }
  })
  const [worst, ...others] = ports.filter((port) => cut(port) > 0).sort(byLoss)
  return worst && { worst, others }
}

const cut = ({ dropping, assumed }: LocalPort) => dropping.length + assumed.length
const byLoss = (a: LocalPort, b: LocalPort) => b.dropping.length - a.dropping.length || cut(b) - cut(a)

/** Numbers of a sentence: nodes without an endpoint of their own, those of them that drop, and those that may. */
export const lossOf = (port: LocalPort) => ({
  port: port.label,
  without: cut(port) + port.sparing.length,
  nodes: port.dropping.length,
  assumed: port.assumed.length,
  of: port.nodes,
})

/** Certain of a node that runs clients: crit; only feared of one: warn; nodes of the control plane seldom run any: a note. */
export function severityOf({ dropping, assumed }: LocalPort): Severity {
  if (dropping.some(isWorker)) return 'crit'
  return assumed.some(isWorker) ? 'warn' : 'info'
}

// P27: ipvs, and userspace as it was, send to other nodes what a Local policy leaves without an endpoint here.
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

const isWorker = ({ labels }: NodeRecord) =>
  !labels.has('node-role.kubernetes.io/control-plane') && !labels.has('node-role.kubernetes.io/master')

/** Which nodes drop for want of an endpoint, and which have one. */
export const nodesWithAndWithout = ({ dropping, served }: LocalPort): readonly Reason[] => [
  ...named('evidence-nodes-without', dropping),
  say('evidence-nodes-with', { ...listed([...served].sort(), 12), count: served.size }),
]

const MOST_PORTS = 4

/** Which nodes may drop, which the policy does not bind, and what other ports lose: a line of evidence each, none without such. `spared` says what becomes of it where the policy does not bind. */
export const otherLosses = ({ worst, others }: LocalPorts, spared: string): readonly Reason[] => [
  ...named('evidence-proxy-assumed', worst.assumed),
  ...named(spared, worst.sparing),
  ...others.slice(0, MOST_PORTS).map((port) => say('evidence-local-other-port', lossOf(port))),
  ...(others.length > MOST_PORTS ? [say('evidence-local-more-ports', { count: others.length - MOST_PORTS })] : []),
]

function named(code: string, nodes: readonly NodeRecord[]): readonly Reason[] {
  const names = nodes.map(({ name }) => name)
  return names.length === 0 ? [] : [say(code, { ...listed(names, 12), count: names.length })]
}
