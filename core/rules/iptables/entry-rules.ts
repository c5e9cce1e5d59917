// Where traffic to a Service port's addresses is caught: KUBE-SERVICES and KUBE-NODEPORTS in nat, and in filter what is refused,
// dropped or let in. Follows syncProxyRules in pkg/proxy/iptables/proxier.go @v1.36.3; rules R2–R6.

import { allowsLocalhost } from '../node-port-addresses'
import { withoutCounters } from './base'
import { type ChainLine, portRule } from './line'
import { commented, to } from './match'
import { entryFact, type PortPlan, serviceFact, settingFact } from './port-plan'

/** R2–R6, in the order kube-proxy writes them. */
export function entryRules(plan: PortPlan): readonly ChainLine[] {
  return [
    ...clusterIpRules(plan),
    ...plan.port.externalIPs.flatMap((address) => externalIpRules(plan, address)),
    ...plan.port.vips.flatMap((address) => vipRules(plan, address)),
    ...plan.port.vips.flatMap((address) => unreachable(plan, { address, fact: entryFact(plan, 'vips', address) })),
    ...nodePortRules(plan),
    ...healthCheckRules(plan),
  ]
}

// R2, R3
function clusterIpRules(plan: PortPlan): readonly ChainLine[] {
  const { port, name, chains } = plan
  const match = to(plan, port.port, port.clusterIP)
  const values = { port: name, address: port.clusterIP, number: port.port }
  const facts = [serviceFact(plan, 'spec.clusterIP'), serviceFact(plan, 'port.port')]
  if (!plan.hasInternal) {
    const how = refusal(plan)
    const policy = plan.any ? [serviceFact(plan, 'spec.internalTrafficPolicy')] : []
    const rule = `${commented(how.comment)} ${match} -j ${how.target}`
    const about = { code: how.code, values }
    return [portRule(plan, ['filter', 'KUBE-SERVICES', rule], { about, facts: [...facts, ...policy] })]
  }
  const chain = port.internalLocal ? chains.local : chains.cluster
  const rule = `${commented(`${name} cluster IP`)} ${match} -j ${chain}`
  return [portRule(plan, ['nat', 'KUBE-SERVICES', rule], { about: { code: 'rule-cluster-ip', values }, facts })]
}

// R4
function externalIpRules(plan: PortPlan, address: string): readonly ChainLine[] {
  const { port, name, chains } = plan
  const fact = entryFact(plan, 'externalIPs', address)
  const facts = [fact, serviceFact(plan, 'port.port')]
  const about = { code: 'rule-external-ip', values: { port: name, address, number: port.port } }
  const rule = `${commented(`${name} external IP`)} ${to(plan, port.port, address)} -j ${chains.external}`
  const caught = plan.any ? [portRule(plan, ['nat', 'KUBE-SERVICES', rule], { about, facts })] : []
  return [...caught, ...unreachable(plan, { address, fact })]
}

// R4; with source ranges the traffic enters their chain, and what that lets fall is dropped (R9).
function vipRules(plan: PortPlan, address: string): readonly ChainLine[] {
  const { port, name, chains } = plan
  const facts = [entryFact(plan, 'vips', address), serviceFact(plan, 'port.port')]
  const values = { port: name, address, number: port.port }
  const match = to(plan, port.port, address)
  const chain = plan.guarded ? chains.firewall : chains.external
  const rule = `${commented(`${name} loadbalancer IP`)} ${match} -j ${chain}`
  const about = { code: 'rule-load-balancer-ip', values }
  const caught = plan.any ? [portRule(plan, ['nat', 'KUBE-SERVICES', rule], { about, facts })] : []
  if (!plan.guarded) return caught
  const drop = `${commented(`${name} traffic not accepted by ${chains.firewall}`)} ${match} -j DROP`
  const said = {
    about: { code: 'rule-outside-ranges', values },
    facts: [...facts, serviceFact(plan, 'spec.loadBalancerSourceRanges')],
  }
  return [...caught, portRule(plan, ['filter', 'KUBE-PROXY-FIREWALL', drop], said)]
}

// R5
function nodePortRules(plan: PortPlan): readonly ChainLine[] {
  const { port, name, chains, input } = plan
  if (port.nodePort === 0) return []
  const fact = serviceFact(plan, 'port.nodePort')
  const values = { port: name, number: port.nodePort }
  const about = { code: 'rule-node-port', values }
  const rule = `${commented(name)} ${to(plan, port.nodePort)} -j ${chains.external}`
  const caught = plan.any ? [portRule(plan, ['nat', 'KUBE-NODEPORTS', rule], { about, facts: [fact] })] : []
  const counts = plan.any && allowsLocalhost(input.settings, input.family, input.node.addresses)
  return [...(counts ? [countedRule(plan, values)] : []), ...caught, ...unreachable(plan, { fact })]
}

// Counts connections to localhost; without the kernel's accounting it is left out and the next rule does the same.
function countedRule(plan: PortPlan, values: { readonly port: string; readonly number: number }): ChainLine {
  const match = to(plan, values.number, '127.0.0.0/8')
  const counter = '-m nfacct --nfacct-name localhost_nps_accepted_pkts'
  return portRule(
    plan,
    ['nat', 'KUBE-NODEPORTS', `${commented(plan.name)} ${match} ${counter} -j ${plan.chains.external}`],
    {
      about: { code: 'rule-node-port-localhost', values },
      facts: [serviceFact(plan, 'port.nodePort'), settingFact('iptables.localhostNodePorts')],
      unless: withoutCounters,
    },
  )
}

// R6: whatever external policy says, the health check port is open on every node.
function healthCheckRules(plan: PortPlan): readonly ChainLine[] {
  const { port, name } = plan
  if (port.healthCheckNodePort === 0) return []
  const match = to({ protocol: 'tcp' }, port.healthCheckNodePort)
  const rule = `${commented(`${name} health check node port`)} ${match} -j ACCEPT`
  const about = { code: 'rule-health-check-port', values: { port: name, number: port.healthCheckNodePort } }
  const facts = [serviceFact(plan, 'spec.healthCheckNodePort')]
  return [portRule(plan, ['filter', 'KUBE-NODEPORTS', rule], { about, facts })]
}

// R3: an address from outside, or without one the node port, that leads nowhere from here.
function unreachable(
  plan: PortPlan,
  { address, fact }: { readonly address?: string; readonly fact: ReturnType<typeof serviceFact> },
): readonly ChainLine[] {
  if (plan.hasExternal) return []
  const { port, name } = plan
  const how = refusal(plan)
  const number = address === undefined ? port.nodePort : port.port
  const dst = address === undefined ? '-m addrtype --dst-type LOCAL ' : ''
  const rule = `${commented(how.comment)} ${dst}${to(plan, number, address)} -j ${how.target}`
  const about = {
    code: address === undefined ? how.nodePortCode : how.code,
    values: { port: name, ...(address !== undefined && { address }), number },
  }
  const policy = plan.any ? [serviceFact(plan, 'spec.externalTrafficPolicy')] : []
  return [portRule(plan, ['filter', 'KUBE-EXTERNAL-SERVICES', rule], { about, facts: [fact, ...policy] })]
}

function refusal({ any, name }: PortPlan) {
  return any
    ? {
        target: 'DROP',
        comment: `${name} has no local endpoints`,
        code: 'rule-drop-no-local',
        nodePortCode: 'rule-drop-no-local-node-port',
      }
    : {
        target: 'REJECT',
        comment: `${name} has no endpoints`,
        code: 'rule-reject',
        nodePortCode: 'rule-reject-node-port',
      }
}
