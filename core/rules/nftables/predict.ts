// What kube-proxy adds for Services in nftables mode. Follows syncProxyRules in pkg/proxy/nftables/proxier.go @v1.36.3 for a
// full sync of an empty table; rules N1, N2, N8–N15. The decisions themselves are those of core/proxy.

import type { PredictedLine, RuleInput } from '../types'
import { captureAddresses } from './predict-addresses'
import { writeEndpoints } from './predict-endpoints'
import { writeExternal, writeFirewall } from './predict-external'
import { portContexts } from './predict-port'
import { Ruleset } from './ruleset'

/** All lines that the Services add to those of `nftablesBase`, in dump order. Nothing for Services that are not proxied. */
export function predictNftables(input: RuleInput): readonly PredictedLine[] {
  const rules = new Ruleset(input.family)
  for (const context of input.services.flatMap((service) => portContexts(service, input))) {
    captureAddresses(context, rules)
    writeExternal(context, rules)
    writeFirewall(context, rules)
    writeEndpoints(context, rules)
  }
  return rules.lines()
}
