// The real servers that the virtual servers of one Service port have. Follows pkg/proxy/ipvs/proxier.go (syncEndpoint)
// @v1.36.3; rules V6, V7.

import type { ProxyEndpoint } from '../../proxy/endpoints'
import { featuresOf } from '../../proxy/features'
import { isLocal } from '../../proxy/topology'
import { whyOf } from '../../proxy/why'
import type { ServedPort } from '../served-ports'
import type { RuleNode } from '../types'
import type { PortFacts } from './port-facts'
import type { IpvsRealServer } from './types'

export type Backends = {
  readonly cluster: readonly IpvsRealServer[]
  /** For a Local policy: those on the node, and if it has none those of the Cluster list. */
  readonly local: readonly IpvsRealServer[]
  /** A Local policy finds nothing on the node although something is usable somewhere. */
  readonly noneLocal: boolean
  /** Every endpoint on the node, whatever its conditions: each may reach itself through the Service. */
  readonly here: readonly ProxyEndpoint[]
}

export function portBackends({ endpoints, lists }: ServedPort, node: RuleNode, facts: PortFacts): Backends {
  const chosen = (local: boolean) => {
    const why = whyOf({ local, lists, node, lastResort: featuresOf(node.version).terminating })
    return (candidate: ProxyEndpoint) => {
      const more = [
        ...(local ? ['nodeName'] : []),
        ...(!candidate.endpoint.ready ? ['conditions'] : []),
        ...(!local && lists.mode !== 'none' ? ['hints'] : []),
      ]
      return realServer(candidate, { facts: facts.endpoint(candidate, ...more), about: why(candidate, true) })
    }
  }
  const cluster = lists.cluster.map(chosen(false))
  const about = { code: 'ipvs-endpoint-not-local', values: { node: node.name } }
  const local = lists.local.length > 0 ? lists.local.map(chosen(true)) : cluster.map((server) => ({ ...server, about }))
  return {
    cluster,
    local,
    noneLocal: lists.any && lists.local.length === 0,
    here: endpoints.filter((candidate) => isLocal(candidate, node)),
  }
}

const realServer = (
  { ip: address, port }: ProxyEndpoint,
  origin: Pick<IpvsRealServer, 'facts' | 'about'>,
): IpvsRealServer => ({ address, port, weight: 1, ...origin })
