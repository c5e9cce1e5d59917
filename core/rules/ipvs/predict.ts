// What a kube-proxy in ipvs mode sets up for Services on its node. Follows pkg/proxy/ipvs/proxier.go (syncProxyRules) @v1.36.3.

import { servedPorts } from '../served-ports'
import type { RuleInput } from '../types'
import { Collector } from './collect'
import { nodeAddresses } from './node-addresses'
import { predictPort } from './port'
import { ipvsTables } from './rules'
import { setName } from './sets'
import type { IpvsPrediction } from './types'

/** Virtual servers, sets, addresses and rules of one family, as they are once the node has caught up. */
export function predictIpvs(input: RuleInput): IpvsPrediction {
  const { family, settings, node, services } = input
  const addresses = nodeAddresses(family, node.addresses, settings)
  const into = new Collector()
  for (const of of services) {
    for (const served of servedPorts(of, input)) predictPort(of, served, { input, addresses, into })
  }
  const sets = into.sets()
  return {
    family,
    nodePortRanges: addresses.nodePortRanges,
    nodeAddress: addresses.primary,
    virtualServers: into.servers(),
    ipsets: Object.fromEntries([...sets].map(([name, entries]) => [setName(name, family), entries])),
    dummyAddresses: into.dummyAddresses(),
    ...ipvsTables({ family, settings, sets, closed: into.closed }),
    noLocalEndpoints: into.noLocalEndpoints(),
  }
}
