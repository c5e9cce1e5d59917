// Which endpoints a node may use for a Service port. Follows pkg/proxy/topology.go @v1.36.3; rules P17–P22.
// "Usable" is ready, else serving while terminating; the choice is made for Cluster and for Local policy on its own.

import type { Reason } from '../model/reason'
import type { ProxyEndpoint } from './endpoints'
import type { ServicePortFacts } from './service-port'

/** The node whose kube-proxy decides. `zone` is '' when the node has no zone label: that never matches a hint. */
export type NodeTopology = {
  readonly name: string
  readonly zone: string
  /** What its version reads (P29); absent: all of it, as today's does. */
  readonly reads?: EndpointReading
}

type EndpointReading = {
  readonly terminating: boolean
  readonly nodeHints: boolean
  readonly zoneHints: boolean
}

export type TopologyMode = 'none' | 'same-zone' | 'same-node'

export type Categorized = {
  readonly mode: TopologyMode
  /** Why the mode is what it is; empty when the port never uses Cluster policy or has no endpoint. */
  readonly modeReasons: readonly Reason[]
  /** For Cluster policy. Empty when the port never uses it, or when nothing is usable. */
  readonly cluster: readonly ProxyEndpoint[]
  /** For Local policy. Empty when the port never uses it, or when this node has nothing usable. */
  readonly local: readonly ProxyEndpoint[]
  /** What this node reaches by either list, sorted by key. */
  readonly reachable: readonly ProxyEndpoint[]
  /** Something is usable somewhere: without it traffic is refused, not dropped. */
  readonly any: boolean
}

/** The three lists and the mode. `endpoints` are de-duplicated and sorted; the lists keep their order. */
export function categorizeEndpoints(
  endpoints: readonly ProxyEndpoint[],
  facts: Pick<ServicePortFacts, 'usesCluster' | 'usesLocal'>,
  from: NodeTopology,
): Categorized {
  const { mode, reasons } = facts.usesCluster && endpoints.length > 0 ? topologyMode(endpoints, from) : NO_MODE
  const { ready, lastResort } = sorted(endpoints)
  const inMode = mode === 'none' ? ready : ready.filter((candidate) => passesMode(candidate, mode, from))
  const spare = from.reads?.terminating === false ? [] : lastResort
  // P19: no ready endpoint passes only when none is ready anywhere, because a mode is only taken if one matches.
  const cluster = facts.usesCluster ? (inMode.length > 0 ? inMode : spare) : []
  const base = { mode, modeReasons: reasons, cluster }
  if (!facts.usesLocal) return { ...base, local: [], reachable: cluster, any: cluster.length > 0 }

  const here = localEndpoints(endpoints, from)
  const localReady = here.filter(isReady)
  const local = localReady.length > 0 ? localReady : spare.length > 0 ? here.filter(isServingTerminating) : []
  const any = ready.length > 0 || spare.length > 0
  return { ...base, local, reachable: facts.usesCluster ? union(endpoints, cluster, local) : local, any }
}

type Sorted = {
  readonly ready: readonly ProxyEndpoint[]
  readonly lastResort: readonly ProxyEndpoint[]
  readonly byNode: ReadonlyMap<string | undefined, readonly ProxyEndpoint[]>
}

const known = new WeakMap<readonly ProxyEndpoint[], Sorted>()

// A thousand nodes ask about the same list.
function sorted(endpoints: readonly ProxyEndpoint[]): Sorted {
  const found = known.get(endpoints)
  if (found) return found
  const byNode = new Map<string | undefined, ProxyEndpoint[]>()
  for (const candidate of endpoints) {
    const { nodeName } = candidate.endpoint
    const same = byNode.get(nodeName)
    if (same) same.push(candidate)
    else byNode.set(nodeName, [candidate])
  }
  const made = { ready: endpoints.filter(isReady), lastResort: endpoints.filter(isServingTerminating), byNode }
  known.set(endpoints, made)
  return made
}

/** P21: an endpoint without nodeName is local nowhere. */
const localEndpoints = (endpoints: readonly ProxyEndpoint[], { name }: NodeTopology): readonly ProxyEndpoint[] =>
  sorted(endpoints).byNode.get(name) ?? []

export const isReady = ({ endpoint }: ProxyEndpoint) => endpoint.ready

/** Serving and terminating. Ready ones never get this far: they are preferred. */
export const isServingTerminating = ({ endpoint }: ProxyEndpoint) => endpoint.serving && endpoint.terminating

/** The same asked of one endpoint. */
export const isLocal = ({ endpoint }: ProxyEndpoint, from: NodeTopology) => endpoint.nodeName === from.name

const NO_MODE = { mode: 'none', reasons: [] } as const

// P17, P18: hints count only if every ready endpoint has one and one of them matches; node hints are asked first.
// Neither trafficDistribution nor annotations are read.
function topologyMode(
  endpoints: readonly ProxyEndpoint[],
  from: NodeTopology,
): { readonly mode: TopologyMode; readonly reasons: readonly Reason[] } {
  const { ready } = sorted(endpoints)
  if (ready.length === 0) return { mode: 'none', reasons: [{ code: 'hints-nothing-ready', values: {} }] }
  const { nodeHints = true, zoneHints = true } = from.reads ?? {}
  const byNode = nodeHints ? ready.filter(({ endpoint }) => endpoint.hintNodes.length > 0) : []
  const byZone = zoneHints ? ready.filter(({ endpoint }) => endpoint.hintZones.length > 0) : []
  if (byNode.length === 0 && byZone.length === 0) {
    const unread = ready.some(({ endpoint }) => endpoint.hintNodes.length > 0 || endpoint.hintZones.length > 0)
    const absent = {
      code: unread ? 'hints-not-read' : 'hints-absent',
      values: { ready: ready.length, node: from.name },
    }
    return { mode: 'none', reasons: [absent] }
  }
  const here = ready.filter((candidate) => passesMode(candidate, 'same-node', from)).length
  if (byNode.length === ready.length && here > 0) {
    return { mode: 'same-node', reasons: [{ code: 'hints-same-node', values: { node: from.name, endpoints: here } }] }
  }
  const nodeReasons = byNode.length === 0 ? [] : [whyNotNode(ready, from)]
  const inZone = ready.filter((candidate) => passesMode(candidate, 'same-zone', from)).length
  if (byZone.length === ready.length && inZone > 0) {
    const reason = { code: 'hints-same-zone', values: { zone: from.zone, endpoints: inZone } }
    return { mode: 'same-zone', reasons: [...nodeReasons, reason] }
  }
  return { mode: 'none', reasons: byZone.length === 0 ? nodeReasons : [...nodeReasons, whyNotZone(ready, from)] }
}

function whyNotNode(ready: readonly ProxyEndpoint[], from: NodeTopology): Reason {
  const unhinted = ready.filter(({ endpoint }) => endpoint.hintNodes.length === 0)
  return (
    missing('hints-missing-node', { unhinted, ready }) ?? { code: 'hints-none-for-node', values: { node: from.name } }
  )
}

function whyNotZone(ready: readonly ProxyEndpoint[], from: NodeTopology): Reason {
  const unhinted = ready.filter(({ endpoint }) => endpoint.hintZones.length === 0)
  const none: Reason =
    from.zone === ''
      ? { code: 'hints-node-without-zone', values: { node: from.name } }
      : { code: 'hints-none-for-zone', values: { zone: from.zone } }
  return missing('hints-missing-zone', { unhinted, ready }) ?? none
}

function missing(
  code: string,
  of: { readonly unhinted: readonly ProxyEndpoint[]; readonly ready: readonly ProxyEndpoint[] },
): Reason | undefined {
  const [first] = of.unhinted
  if (!first) return undefined
  const values = { endpoint: first.key, slice: first.slice, missing: of.unhinted.length, ready: of.ready.length }
  return { code, values }
}

/** Whether the endpoint's hints admit it in this mode. */
function passesMode({ endpoint }: ProxyEndpoint, mode: Exclude<TopologyMode, 'none'>, from: NodeTopology): boolean {
  return mode === 'same-node' ? endpoint.hintNodes.includes(from.name) : endpoint.hintZones.includes(from.zone)
}

// P22: Local endpoints may be hinted away or terminating, so neither list needs to hold the other.
function union(
  endpoints: readonly ProxyEndpoint[],
  ...lists: readonly (readonly ProxyEndpoint[])[]
): readonly ProxyEndpoint[] {
  const chosen = new Set(lists.flat())
  return endpoints.filter((candidate) => chosen.has(candidate))
}
