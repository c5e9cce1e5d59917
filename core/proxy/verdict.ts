// What happens to a packet for a Service port on a node. Follows the rules that pkg/proxy/iptables/proxier.go writes
// @v1.36.3 (nftables writes the same verdicts; ipvs differs, docs/semantics.md); rules P23, P24.

import type { ServicePortFacts } from './service-port'
import type { Categorized } from './topology'

/** forward · drop (the client times out) · reject (the client is refused at once) · none (no rule at all). */
export type InternalVerdict = 'forward' | 'drop' | 'reject' | 'none'

/** drop-unless-short-circuited: from outside dropped; from pods and the node itself it goes to the cluster list. drop: kernelspace. */
export type ExternalVerdict = 'forward' | 'drop' | 'drop-unless-short-circuited' | 'reject' | 'none'

/** Traffic to the cluster IP. */
export function internalVerdict(facts: ServicePortFacts, { any, local }: Categorized): InternalVerdict {
  if (!any) return 'reject'
  return facts.internalLocal && local.length === 0 ? 'drop' : 'forward'
}

/** Traffic to a node port, an external IP or a load balancer address. */
export function externalVerdict(facts: ServicePortFacts, { any, local }: Categorized): ExternalVerdict {
  if (!facts.exposed) return 'none'
  if (!any) return 'reject'
  return facts.externalLocal && local.length === 0 ? 'drop-unless-short-circuited' : 'forward'
}

/** Answer of the health check node port, as long as kube-proxy itself is healthy. */
export const healthCheckStatus = (localReadyAddresses: number): 200 | 503 => (localReadyAddresses > 0 ? 200 : 503)
