// Which client address the pod sees: masquerade rules of the node that decides. Follows pkg/proxy/{iptables,nftables,ipvs}/
// proxier.go @v1.36.3; rule E9.

import type { Reason } from '../model/reason'
import type { NodeDecision } from './node-groups'
import type { Call, Outcome } from './outcome'
import { isPodTraffic, type TrafficSettings } from './settings'
import type { SourceAddress } from './types'

type At = { readonly decided: NodeDecision; readonly settings: TrafficSettings }

/** `hairpin`: the source is a candidate itself, and reaches itself under the node's address. */
export function sourceAddressAt(
  call: Call,
  outcome: Outcome,
  { at, hairpin }: { readonly at: At; readonly hairpin: boolean },
): SourceAddress {
  const { decided, settings } = at
  const { mode, name } = decided.node
  const { start } = call
  const say = (seen: SourceAddress['seen'], code: string): SourceAddress => ({
    seen: seen === 'client' && hairpin ? 'by-endpoint' : seen,
    reason: { code, values: { node: name } } satisfies Reason,
  })
  if (outcome.verdict !== 'forward') return say('unknown', 'source-address-nothing-arrives')
  if (mode === 'kernelspace') return say('unknown', 'source-address-kernelspace')
  if (mode === 'userspace') return say('node', 'source-address-userspace')
  const ownNode = start.kind === 'node' && start.node === decided.node.name
  if (call.way !== 'cluster-ip') {
    if (!decided.facts.externalLocal) return say('node', 'source-address-external-cluster')
    if (ownNode && mode !== 'ipvs') return say('node', 'source-address-own-node')
    return say('client', outcome.decision.local ? 'source-address-external-local' : 'source-address-external-kept')
  }
  if (settings.masqueradeAll) return say('node', 'source-address-masquerade-all')
  if (ownNode) return say('node', 'source-address-own-node')
  if (settings.localDetector?.kind === 'none') return say('client', 'source-address-no-detector')
  const isPod = start.kind === 'pod' && isPodTraffic(settings, start.address, start.node === decided.node.name)
  return isPod ? say('client', 'source-address-pod') : say('node', 'source-address-not-a-pod')
}
