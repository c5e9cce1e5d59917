// What all lines of one Service port are written from. Follows syncProxyRules in pkg/proxy/nftables/proxier.go @v1.36.3.

import { portId, type ServicePortFacts } from '../../proxy/service-port'
import type { Categorized } from '../../proxy/topology'
import { servedPorts } from '../served-ports'
import type { ProxySettings, RuleFact, RuleInput, RuleService } from '../types'
import { type PortFields, portFields } from './facts'
import { type PortName, portChains } from './names'
import type { Origin } from './ruleset'

export type PortContext = {
  readonly name: PortName
  readonly facts: ServicePortFacts
  readonly fields: PortFields
  readonly lists: Categorized
  readonly chains: ReturnType<typeof portChains>
  readonly settings: ProxySettings
  readonly node: { readonly name: string; readonly ip: string }
  /** `ip` or `ip6`, and the protocol in lower case. */
  readonly ip: string
  readonly protocol: string
  /** There is something for traffic to the cluster IP, to the external addresses. */
  readonly hasInternal: boolean
  readonly hasExternal: boolean
  /** Origin of a line: its reason code and the fields it comes from. */
  readonly origin: (code: string, from: readonly RuleFact[], values?: Origin['about']['values']) => Origin
}

/** One context for each port that the proxy of the family serves. */
export function portContexts(entry: RuleService, input: RuleInput): readonly PortContext[] {
  const { node, family, settings } = input
  const { service } = entry
  return servedPorts(entry, input).map(({ port: facts, lists }) => {
    const name = { namespace: service.namespace, service: service.name, port: facts.name, protocol: facts.protocol }
    const something = (local: boolean) => lists.any && (!local || lists.local.length > 0)
    return {
      name,
      facts,
      fields: portFields(service, facts, family),
      lists,
      chains: portChains(name),
      settings,
      node: { name: node.name, ip: node.addresses[0] ?? (family === 'IPv4' ? '127.0.0.1' : '::1') },
      ip: family === 'IPv4' ? 'ip' : 'ip6',
      protocol: facts.protocol.toLowerCase(),
      hasInternal: something(facts.internalLocal),
      hasExternal: something(facts.externalLocal),
      origin: (code, from, values = {}) => ({
        service: service.key,
        port: portId(facts),
        endpoint: undefined,
        facts: from,
        about: { code, values },
      }),
    }
  })
}
