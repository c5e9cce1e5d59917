// The lines that kube-proxy in iptables mode adds to a node's tables for Services.
// Follows syncProxyRules in pkg/proxy/iptables/proxier.go @v1.36.3; rules R1–R14.

import type { PredictedLine, RuleInput } from '../types'
import { BASE_CHAINS } from './base'
import { choiceRules, endpointRules, internalMasquerade } from './endpoint-rules'
import { entryRules } from './entry-rules'
import { externalRules, firewallRules } from './external-rules'
import { inDumpOrder } from './line'
import { planPorts } from './port-plan'

/** What is added to `iptablesBase` for these Services, as kube-proxy writes it, in the order of a dump. */
export function predictIptables(input: RuleInput): readonly PredictedLine[] {
  const lines = planPorts(input).flatMap((plan) => [
    ...entryRules(plan),
    ...internalMasquerade(plan),
    ...externalRules(plan),
    ...firewallRules(plan),
    ...choiceRules(plan),
    ...endpointRules(plan),
  ])
  return inDumpOrder(lines, BASE_CHAINS)
}
