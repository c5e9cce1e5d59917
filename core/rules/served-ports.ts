// The Service ports that a node's proxy serves, with their endpoints as that node may use them: what every mode writes rules
// from. Decided for the proxy's own version (P29); rule R24.

import { type ProxyEndpoint, portEndpoints } from '../proxy/endpoints'
import { featuresOf } from '../proxy/features'
import { decidingNode } from '../proxy/proxier'
import { type ServicePortFacts, servicePorts } from '../proxy/service-port'
import { type Categorized, categorizeEndpoints } from '../proxy/topology'
import type { RuleInput, RuleService } from './types'

export type ServedPort = {
  readonly port: ServicePortFacts
  /** All of the port, whatever their conditions. */
  readonly endpoints: readonly ProxyEndpoint[]
  readonly lists: Categorized
}

/** In the order of the Service's ports; empty when the proxy of the family has no rules for the Service. */
export function servedPorts(
  { service, slices }: RuleService,
  { node, family, settings }: Pick<RuleInput, 'node' | 'family' | 'settings'>,
): readonly ServedPort[] {
  const from = decidingNode(node, service)
  const features = { ...featuresOf(node.version), externalIPs: settings.externalIPs }
  return servicePorts(service, family, features).map((port) => {
    const query = { namespace: service.namespace, service: service.name, family, port }
    const { endpoints } = portEndpoints(slices, query)
    return { port, endpoints, lists: categorizeEndpoints(endpoints, port, from) }
  })
}
