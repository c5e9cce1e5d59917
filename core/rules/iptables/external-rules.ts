// The chains through which traffic from outside enters: KUBE-EXT (external policy) and KUBE-FW (source ranges).
// Follows syncProxyRules in pkg/proxy/iptables/proxier.go @v1.36.3; rules R8, R9.

import { cidrHolds } from '../../model/ip'
import { type ChainLine, portChain, portRule, type Said } from './line'
import { commented, detectorSetting, ifLocal } from './match'
import { entryFact, type PortPlan, serviceFact, settingFact } from './port-plan'

const MARK = 'KUBE-MARK-MASQ'

/** R8: exists as soon as something is usable somewhere, for traffic from inside is served even if nothing is local. */
export function externalRules(plan: PortPlan): readonly ChainLine[] {
  const { port, name, chains } = plan
  if (!plan.any || !port.exposed) return []
  const values = { port: name }
  const policy = serviceFact(plan, 'spec.externalTrafficPolicy')
  const rule = (code: string, text: string, said: Partial<Said> = {}) =>
    portRule(plan, ['nat', chains.external, text], { about: { code, values }, facts: [policy], ...said })
  const declared = portChain(plan, chains.external, { about: { code: 'rule-chain-external', values }, facts: [policy] })
  const target = port.externalLocal ? chains.local : chains.cluster
  const last = plan.hasExternal ? [rule('rule-external-endpoints', `-j ${target}`)] : []
  if (!port.externalLocal) {
    const comment = commented(`masquerade traffic for ${name} external destinations`)
    return [declared, rule('rule-external-masquerade', `${comment} -j ${MARK}`), ...last]
  }
  const { localDetector } = plan.input.settings
  const local = ifLocal(localDetector)
  const fromPods = `${commented(`pod traffic for ${name} external destinations`)} ${local} -j ${chains.cluster}`
  const told = { facts: [policy, settingFact(detectorSetting(localDetector))] }
  const fromNode = '-m addrtype --src-type LOCAL'
  const masquerade = commented(`masquerade LOCAL traffic for ${name} external destinations`)
  const route = commented(`route LOCAL traffic for ${name} external destinations`)
  return [
    declared,
    ...(local === undefined ? [] : [rule('rule-external-from-pods', fromPods, told)]),
    rule('rule-external-from-node-masquerade', `${masquerade} ${fromNode} -j ${MARK}`),
    rule('rule-external-from-node', `${route} ${fromNode} -j ${chains.cluster}`),
    ...last,
  ]
}

/** R9: what no rule of this chain accepts reaches its end without DNAT, and is dropped in the filter table. */
export function firewallRules(plan: PortPlan): readonly ChainLine[] {
  if (!plan.guarded) return []
  const { port, name, chains, input } = plan
  const accept = (source: string) => `${commented(`${name} loadbalancer IP`)} -s ${source} -j ${chains.external}`
  const [nodeAddress] = input.node.addresses
  const ranges = port.sourceRanges.map((range) =>
    portRule(plan, ['nat', chains.firewall, accept(range)], {
      about: { code: 'rule-source-range', values: { port: name, range } },
      facts: [entryFact(plan, 'sourceRanges', range)],
    }),
  )
  const hasNode = nodeAddress !== undefined && port.sourceRanges.some((range) => cidrHolds(range, nodeAddress))
  const fromVips = port.vips.map((address) =>
    portRule(plan, ['nat', chains.firewall, accept(address)], {
      about: { code: 'rule-source-range-node', values: { port: name, address } },
      facts: [entryFact(plan, 'vips', address), { kind: 'Node', id: input.node.name, field: 'status.addresses' }],
    }),
  )
  const all = serviceFact(plan, 'spec.loadBalancerSourceRanges')
  const rest = commented(`other traffic to ${name} will be dropped by KUBE-PROXY-FIREWALL`)
  return [
    portChain(plan, chains.firewall, { about: { code: 'rule-chain-firewall', values: { port: name } }, facts: [all] }),
    ...ranges,
    ...(hasNode ? fromVips : []),
    portRule(plan, ['nat', chains.firewall, rest], {
      about: { code: 'rule-source-range-rest', values: { port: name } },
      facts: [all],
    }),
  ]
}
