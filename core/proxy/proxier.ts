// The proxy of a node, as decisions read it: mode, version, and what of the version matters for a Service.

import type { ProxyModeName, ProxyModeVerdict } from '../graph/types'
import type { IpFamily, ServiceRecord } from '../model/records'
import type { DecidingNode } from './decide'
import type { ProxyEndpoint } from './endpoints'
import { featuresOf, type ProxyFeatures, readsZoneHints } from './features'
import type { ServicePortFacts } from './service-port'

/** A node as the place where a connection meets rules. */
export type SourceNode = {
  readonly name: string
  readonly zone: string | undefined
  /** Which proxy works there, as it was inferred; absent: not known. */
  readonly mode?: ProxyModeVerdict | undefined
  /** Its version; absent: today's. */
  readonly version?: string | undefined
}

/** A Service port as one proxy sees it. */
export type PortInput = {
  readonly service: ServiceRecord
  readonly family: IpFamily
  readonly facts: ServicePortFacts
  readonly endpoints: readonly ProxyEndpoint[]
}

/** `unknown`: not known, or not kube-proxy. Decisions then are iptables', the closest answer. */
function modeNameOf(verdict: ProxyModeVerdict | undefined): ProxyModeName | 'unknown' {
  return verdict?.state === 'mode' ? verdict.mode : 'unknown'
}

export const schedulerOf = (verdict: ProxyModeVerdict | undefined): string | null =>
  verdict?.state === 'mode' ? verdict.scheduler : null

/** The node for decidePort. `features` may be other ones than its version's, to see what they change. */
export function decidingNode(
  node: SourceNode,
  service: Pick<ServiceRecord, 'annotations'>,
  features: ProxyFeatures = featuresOf(node.version),
): DecidingNode {
  const { terminating, nodeHints } = features
  const reads = { terminating, nodeHints, zoneHints: readsZoneHints(features, service) }
  return { name: node.name, zone: node.zone ?? '', mode: modeNameOf(node.mode), reads }
}
