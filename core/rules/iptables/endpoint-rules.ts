// The choice among endpoints (KUBE-SVC, KUBE-SVL) and the way to each of them (KUBE-SEP).
// Follows writeServiceToEndpointRules in pkg/proxy/iptables/proxier.go @v1.36.3; rules R7, R10–R14.

import { type ChainLine, portChain, portRule } from './line'
import { commented, detectorSetting, ifNotLocal, to } from './match'
import { endpointFact, type PlannedEndpoint, type PortPlan, serviceFact, settingFact } from './port-plan'

const MARK = 'KUBE-MARK-MASQ'

/** R7: cluster IP traffic from elsewhere than the node's pods is masqueraded, at the head of the chain it is sent to. */
export function internalMasquerade(plan: PortPlan): readonly ChainLine[] {
  const { port, name, chains, input } = plan
  if (!plan.hasInternal) return []
  const { localDetector, masqueradeAll } = input.settings
  const match = `${commented(`${name} cluster IP`)} ${to(plan, port.port, port.clusterIP)}`
  const notLocal = ifNotLocal(localDetector)
  if (!masqueradeAll && notLocal === undefined) return []
  const setting = masqueradeAll ? 'masqueradeAll' : detectorSetting(localDetector)
  const code = masqueradeAll ? 'rule-masquerade-all' : 'rule-masquerade-outside'
  const rule = `${match}${masqueradeAll ? '' : ` ${notLocal}`} -j ${MARK}`
  return [
    portRule(plan, ['nat', port.internalLocal ? chains.local : chains.cluster, rule], {
      about: { code, values: { port: name, address: port.clusterIP } },
      facts: [settingFact(setting), serviceFact(plan, 'spec.clusterIP')],
    }),
  ]
}

/** R10–R12: the chains of the two lists, each written only if its list has an endpoint. */
export function choiceRules(plan: PortPlan): readonly ChainLine[] {
  const { chains, cluster, local, name } = plan
  const values = { port: name }
  const policies = [serviceFact(plan, 'spec.internalTrafficPolicy'), serviceFact(plan, 'spec.externalTrafficPolicy')]
  const said = (code: string) => ({ about: { code, values }, facts: policies })
  return [
    ...(cluster.length === 0 ? [] : [portChain(plan, chains.cluster, said('rule-chain-cluster'))]),
    ...(cluster.length === 0 ? [] : choices(plan, chains.cluster, cluster)),
    ...(local.length === 0 ? [] : [portChain(plan, chains.local, said('rule-chain-local'))]),
    ...(local.length === 0 ? [] : choices(plan, chains.local, local)),
  ]
}

function choices(plan: PortPlan, chain: string, endpoints: readonly PlannedEndpoint[]): readonly ChainLine[] {
  const { port, name } = plan
  const label = ({ key }: PlannedEndpoint) => (plan.comments ? `${commented(`${name} -> ${key}`)} ` : '')
  // R11: whoever came within the timeout goes where they went, before any dice are thrown.
  const recent = (endpoint: PlannedEndpoint) => {
    const match = `-m recent --name ${endpoint.chain} --rcheck --seconds ${port.affinitySeconds} --reap`
    return portRule(plan, ['nat', chain, `${label(endpoint)}${match} -j ${endpoint.chain}`], {
      about: { code: 'rule-affinity', values: { endpoint: endpoint.key, seconds: port.affinitySeconds } },
      facts: [serviceFact(plan, 'spec.sessionAffinity'), endpointFact(endpoint, 'addresses[0]')],
      endpoint: endpoint.key,
    })
  }
  const n = endpoints.length
  const random = (endpoint: PlannedEndpoint, i: number) => {
    const left = n - i
    const chance = left === 1 ? '' : `-m statistic --mode random --probability ${probability(left)} `
    return portRule(plan, ['nat', chain, `${label(endpoint)}${chance}-j ${endpoint.chain}`], {
      about: { code: left === 1 ? 'rule-choice-last' : 'rule-choice', values: { endpoint: endpoint.key, left, of: n } },
      facts: [endpointFact(endpoint, 'conditions'), endpointFact(endpoint, 'addresses[0]')],
      endpoint: endpoint.key,
    })
  }
  return [...(port.affinitySeconds > 0 ? endpoints.map(recent) : []), ...endpoints.map(random)]
}

// R10: 1/n with ten decimals. Only 1/2048 lies half-way between two of them: Go rounds it to the even one, JavaScript up.
const probability = (n: number) => (n === 2048 ? '0.0004882812' : (1 / n).toFixed(10))

/** R13: masquerade if the endpoint talks to itself, remember the client under affinity, rewrite the destination. */
export function endpointRules(plan: PortPlan): readonly ChainLine[] {
  const { port, name, protocol } = plan
  const label = plan.comments ? `${commented(name)} ` : ''
  return plan.reachable.flatMap((endpoint) => {
    const { chain, key, ip } = endpoint
    const values = { port: name, endpoint: key }
    const facts = [endpointFact(endpoint, 'addresses[0]')]
    const remember = port.affinitySeconds > 0 ? `-m recent --name ${chain} --set ` : ''
    const said = (code: string) => ({ about: { code, values }, facts, endpoint: key })
    const dnat = `${label}${remember}-m ${protocol} -p ${protocol} -j DNAT --to-destination ${key}`
    return [
      portChain(plan, chain, said('rule-chain-endpoint')),
      portRule(plan, ['nat', chain, `${label}-s ${ip} -j ${MARK}`], said('rule-hairpin')),
      portRule(plan, ['nat', chain, dnat], said(remember === '' ? 'rule-dnat' : 'rule-dnat-affinity')),
    ]
  })
}
