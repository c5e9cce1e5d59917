// Nodes whose proxies decide alike about a Service port, decided once. Two nodes are alike when zone, mode and version are, and no
// endpoint names either of them in a hint or, where a policy is Local, as its own node.

import type { ProxyModeVerdict } from '../graph/types'
import type { ClusterView } from '../model/cluster-view'
import type { IpFamily, NodeRecord, ServiceRecord } from '../model/records'
import { type DecidingNode, decidePort, type PortDecision } from '../proxy/decide'
import { type LeftOutEndpoint, type ProxyEndpoint, portEndpoints } from '../proxy/endpoints'
import { featuresOf, LATEST, type ProxyFeatures } from '../proxy/features'
import { decidingNode, type SourceNode } from '../proxy/proxier'
import { inferProxyMode } from '../proxy/proxy-mode'
import { proxyVersionOf } from '../proxy/proxy-version'
import { portId, type ServicePortFacts, servicePorts } from '../proxy/service-port'
import { EXTERNAL_IPS_GATE } from '../rules/settings'
import { proxyReader } from '../rules/settings-reader'

export type PortAsked = { readonly service: ServiceRecord; readonly port: string; readonly family: IpFamily }

/** A Service port as the proxy of a node sees it. */
export type NodeDecision = {
  readonly source: SourceNode
  readonly mode: ProxyModeVerdict
  readonly node: DecidingNode
  readonly facts: ServicePortFacts
  readonly decision: PortDecision
}

export type NodeGroup = NodeDecision & { readonly nodes: readonly NodeRecord[] }

export type GroupedNodes = {
  readonly endpoints: readonly ProxyEndpoint[]
  readonly leftOut: readonly LeftOutEndpoint[]
  readonly groups: readonly NodeGroup[]
}

/** Groups in the order of their first node; none where the proxies do not serve the port. */
export function groupNodes(view: ClusterView, asked: PortAsked, nodes: Iterable<NodeRecord>): GroupedNodes {
  const { endpoints, leftOut } = endpointsOf(view, asked)
  const named = namedNodes(asked.service, endpoints)
  const groups = new Map<string, NodeDecision & { readonly nodes: NodeRecord[] }>()
  for (const node of nodes) {
    const mode = inferProxyMode(view, node).verdict
    const proxy = signature(node, { mode, features: featuresOf(proxyVersionOf(view, node).version) }, named)
    const id = answersExternalIPs(view, asked.service, node) ? proxy : `${proxy}\nno external IPs`
    const known = groups.get(id)
    const decided = known ? undefined : decideAt({ view, asked, endpoints }, node, mode)
    if (known) known.nodes.push(node)
    else if (decided) groups.set(id, { ...decided, nodes: [node] })
  }
  return { endpoints, leftOut, groups: [...groups.values()] }
}

/** The endpoints of the port and what is left out of them. */
export function endpointsOf(view: ClusterView, { service, port, family }: PortAsked) {
  const slash = port.lastIndexOf('/')
  const protocol = service.ports.find((one) => portId(one) === port)?.protocol ?? 'TCP'
  const query = {
    namespace: service.namespace,
    service: service.name,
    family,
    port: { name: port.slice(0, slash), protocol },
  }
  return portEndpoints(view.slicesOfService(service.key), query)
}

type Deciding = { readonly view: ClusterView; readonly asked: PortAsked; readonly endpoints: readonly ProxyEndpoint[] }

/** The decision of one node's proxy; undefined where it does not serve the port. */
export function decideAt(
  { view, asked, endpoints }: Deciding,
  record: NodeRecord,
  mode: ProxyModeVerdict,
): NodeDecision | undefined {
  const source = { name: record.name, zone: record.zone, mode, version: proxyVersionOf(view, record).version }
  const { service, port, family } = asked
  const features = { ...featuresOf(source.version), externalIPs: answersExternalIPs(view, service, record) }
  const facts = servicePorts(service, family, features).find((one) => portId(one) === port)
  if (!facts) return undefined
  const node = decidingNode(source, service)
  return { source, mode, node, facts, decision: decidePort(endpoints, facts, node) }
}

// A question to the proxy's settings that few Services need to have asked.
const answersExternalIPs = (view: ClusterView, { externalIPs }: ServiceRecord, record: NodeRecord): boolean =>
  externalIPs.length === 0 || proxyReader(view, record).gate(EXTERNAL_IPS_GATE, true).value

type Proxy = { readonly mode: ProxyModeVerdict; readonly features: ProxyFeatures }

function signature(node: NodeRecord, { mode, features }: Proxy, named: ReadonlySet<string>): string {
  const version = features === LATEST ? '' : JSON.stringify(features)
  return [node.zone ?? '', proxySignature(mode), version, named.has(node.name) ? node.name : ''].join('\n')
}

function proxySignature(mode: ProxyModeVerdict): string {
  if (mode.state === 'replaced') return `${mode.state} ${mode.by}`
  return mode.state === 'mode' ? `${mode.mode} ${mode.scheduler ?? ''}` : mode.state
}

function namedNodes(service: ServiceRecord, endpoints: readonly ProxyEndpoint[]): ReadonlySet<string> {
  const local = service.internalTrafficPolicy === 'Local' || service.externalTrafficPolicy === 'Local'
  const named = new Set<string>()
  for (const { endpoint } of endpoints) {
    if (local && endpoint.nodeName !== undefined) named.add(endpoint.nodeName)
    for (const node of endpoint.hintNodes) named.add(node)
  }
  return named
}
