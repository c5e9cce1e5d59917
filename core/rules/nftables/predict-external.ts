// The chains for traffic to a Service port's external addresses, and the one that keeps source ranges. Follows syncProxyRules
// in pkg/proxy/nftables/proxier.go @v1.36.3; rules N11–N13.

import { cidrHolds } from '../../model/ip'
import { settingField } from './facts'
import { localTraffic, markRule } from './local-traffic'
import type { PortContext } from './predict-port'
import type { Ruleset } from './ruleset'

/** The external chain: masqueraded under policy Cluster; under Local it first leads pods and the node itself past the policy. */
export function writeExternal(context: PortContext, rules: Ruleset): void {
  const { facts, fields, lists, chains, settings, hasExternal } = context
  if (!lists.any || !facts.exposed) return
  const chain = chains.external
  rules.addChain({ name: chain }, context.origin('nft-external-chain', [fields.port]))
  if (facts.externalLocal) {
    writeShortcuts(context, rules)
  } else {
    const origin = context.origin('nft-masquerade-external', [fields.externalPolicy, settingField('masqueradeBit')])
    rules.addRule({ chain, text: markRule(settings.masqueradeBit), comment: 'masquerade' }, origin)
  }
  if (!hasExternal) return
  const [to, code] = facts.externalLocal
    ? [chains.local, 'nft-external-to-local']
    : [chains.cluster, 'nft-external-to-cluster']
  rules.addRule({ chain, text: `goto ${to}` }, context.origin(code, [fields.externalPolicy]))
}

// N12: what starts on this node reaches every endpoint, as if it had gone out to the load balancer and come back elsewhere.
function writeShortcuts({ fields, chains, settings, origin }: PortContext, rules: Ruleset): void {
  const { external: chain, cluster } = chains
  const local = localTraffic(settings.localDetector)
  if (local) {
    rules.addRule(
      { chain, text: `${local.is} goto ${cluster}`, comment: 'short-circuit pod traffic' },
      origin('nft-pods-to-cluster', [fields.externalPolicy, settingField('localDetector')], { match: local.is }),
    )
  }
  const fromNode = 'fib saddr type local'
  rules.addRule(
    { chain, text: `${fromNode} ${markRule(settings.masqueradeBit)}`, comment: 'masquerade local traffic' },
    origin('nft-masquerade-node', [fields.externalPolicy, settingField('masqueradeBit')]),
  )
  rules.addRule(
    { chain, text: `${fromNode} goto ${cluster}`, comment: 'short-circuit local traffic' },
    origin('nft-node-to-cluster', [fields.externalPolicy]),
  )
}

/** The firewall chain: load balancer addresses answer the source ranges only, and themselves where the node is among those. */
export function writeFirewall(context: PortContext, rules: Ruleset): void {
  const { facts, fields, chains, node, ip } = context
  if (facts.vips.length === 0 || facts.sourceRanges.length === 0) return
  const nodeAllowed = facts.sourceRanges.some((range) => cidrHolds(range, node.ip))
  const sources = [...facts.sourceRanges, ...(nodeAllowed ? facts.vips : [])].join(' , ')
  const from = [fields.sourceRanges, ...(nodeAllowed ? facts.vips.map(fields.vip) : [])]
  rules.addChain({ name: chains.firewall }, context.origin('nft-firewall-chain', [fields.sourceRanges]))
  rules.addRule(
    { chain: chains.firewall, text: `${ip} saddr != { ${sources} } drop` },
    context.origin('nft-firewall', from, { ranges: facts.sourceRanges.join(', ') }),
  )
}
