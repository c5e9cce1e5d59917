// What kube-proxy writes in nftables mode before it looks at any Service: the chains, sets, maps and the rules that join them.
// Follows setupNFTables in pkg/proxy/nftables/proxier.go @v1.36.3; rules N3–N7.

import { parseCidr } from '../../model/ip'
import type { IpFamily } from '../../model/records'
import { isLoopback, matchingAddresses, nodePortAddresses } from '../node-port-addresses'
import type { PredictedLine, ProxySettings, RuleFact, RuleNode } from '../types'
import { HOOKS, JUMPS, MAPS } from './base-tables'
import { settingField as setting } from './facts'
import { localTraffic, markRule, markText } from './local-traffic'
import { type Origin, Ruleset } from './ruleset'

type Context = {
  readonly rules: Ruleset
  readonly settings: ProxySettings
  /** `ip` or `ip6`. */
  readonly ip: string
  readonly address: string
  readonly nodePorts: { readonly ips: readonly string[] | undefined; readonly node: Pick<RuleNode, 'name'> }
  /** The match for addresses that node ports answer on. */
  readonly onNode: string
}

/** The lines of an empty cluster, the table's own first. Node port addresses are known only as far as the node tells them. */
export function nftablesBase(
  family: IpFamily,
  settings: ProxySettings,
  node: Pick<RuleNode, 'name' | 'addresses'>,
): readonly PredictedLine[] {
  const rules = new Ruleset(family)
  const [ip, address, loopback] = family === 'IPv4' ? ['ip', 'ipv4_addr', '127.0.0.0/8'] : ['ip6', 'ipv6_addr', '::1']
  const ips = nodePortIps(family, settings, node.addresses)
  const onNode = ips ? `${ip} daddr @nodeport-ips` : `${ip} daddr != ${loopback}`
  const context = { rules, settings, ip, address, nodePorts: { ips, node }, onNode }
  rules.addTable({ body: 'comment "rules for kube-proxy" ;' }, about('nft-table'))
  addHooks(context)
  addMasquerading(context)
  addClusterIpsCheck(context, family)
  addNodePortIps(context)
  addNoEndpoints(context)
  addDispatch(context)
  return rules.lines()
}

// N6: undefined for every address. The node may have more of them than its object tells.
function nodePortIps(
  family: IpFamily,
  settings: ProxySettings,
  addresses: readonly string[],
): readonly string[] | undefined {
  const told = nodePortAddresses(settings, family, addresses)
  return told.all ? undefined : matchingAddresses(told, family, addresses).filter((ip) => !isLoopback(ip))
}

function addHooks({ rules }: Context): void {
  for (const [name, body] of HOOKS) rules.addChain({ name, body }, about('nft-hook', { hook: name }))
  for (const [chain, to, match] of JUMPS) {
    rules.addChain({ name: to }, about(`nft-chain-${to}`))
    rules.addRule({ chain, text: `${match}jump ${to}` }, about('nft-jump', { chain: to }))
  }
}

// N4: what carries the mark, and connections that a pod makes to itself through a Service.
function addMasquerading({ rules, settings, ip, address }: Context): void {
  const mark = markText(settings.masqueradeBit)
  const type = `type ${address} . ${address} . inet_proto . inet_service ;`
  rules.addSet(
    { name: 'hairpin-connections', body: `${type} comment "service hairpin connections" ;` },
    about('nft-set-hairpin'),
  )
  rules.addRule(
    { chain: 'masquerading', text: `mark and ${mark} != 0 mark set mark xor ${mark} masquerade fully-random` },
    about('nft-masquerade-marked', { mark }, [setting('masqueradeBit')]),
  )
  const connection = `${ip} saddr . ${ip} daddr . meta l4proto . th dport`
  rules.addRule(
    { chain: 'masquerading', text: `ct status dnat ${connection} @hairpin-connections masquerade fully-random` },
    about('nft-masquerade-hairpin'),
  )
}

// N3: traffic that reaches the filter hook with a cluster IP still in it goes to no port of a Service.
function addClusterIpsCheck({ rules, settings, ip, address }: Context, family: IpFamily): void {
  const chain = 'cluster-ips-check'
  rules.addSet(
    { name: 'cluster-ips', body: `type ${address} ; comment "Active ClusterIPs" ;` },
    about('nft-set-cluster-ips'),
  )
  rules.addRule(
    { chain, text: `${ip} daddr @cluster-ips reject`, comment: 'Reject traffic to invalid ports of ClusterIPs' },
    about('nft-reject-closed-port'),
  )
  const ranges = settings.serviceCIDRs.filter((range) => parseCidr(range)?.family === family).join(',')
  if (ranges === '') return
  rules.addRule(
    { chain, text: `${ip} daddr { ${ranges} } drop`, comment: 'Drop traffic to unallocated ClusterIPs' },
    about('nft-drop-unallocated', { ranges }, [setting('serviceCIDRs')]),
  )
}

function addNodePortIps({ rules, settings, address, nodePorts }: Context): void {
  if (!nodePorts.ips) return
  const name = 'nodeport-ips'
  const facts = [setting('nodePortAddresses')]
  const body = `type ${address} ; comment "IPs that accept NodePort traffic" ;`
  const ranges = settings.nodePortAddresses.join(', ')
  rules.addSet({ name, body }, about('nft-set-nodeport-ips', { ranges }, facts))
  const addresses: RuleFact = { kind: 'Node', id: nodePorts.node.name, field: 'status.addresses' }
  for (const key of nodePorts.ips) {
    rules.putElement(name, { key }, about('nft-nodeport-ip', { address: key }, [...facts, addresses]))
  }
}

function addNoEndpoints({ rules, address, ip, nodePorts, onNode }: Context): void {
  for (const [name, key, comment] of MAPS) {
    const type = `type ${key === 'addr' ? `${address} . ` : ''}inet_proto . inet_service : verdict ;`
    rules.addMap({ name, body: `${type} comment "${comment}" ;` }, about(`nft-map-${name}`))
  }
  const helper = 'comment "helper for @no-endpoint-services / @no-endpoint-nodeports" ;'
  rules.addChain({ name: 'reject-chain', body: helper }, about('nft-chain-reject-chain'))
  rules.addRule({ chain: 'reject-chain', text: 'reject' }, about('nft-reject'))
  const facts = nodePorts.ips ? [setting('nodePortAddresses')] : []
  addLookup(rules, ['service-endpoints-check', `${ip} daddr . ${PORT} vmap @no-endpoint-services`])
  addLookup(rules, ['nodeport-endpoints-check', `${onNode} ${PORT} vmap @no-endpoint-nodeports`], facts)
  addLookup(rules, ['firewall-check', `${ip} daddr . ${PORT} vmap @firewall-ips`])
}

// N5: cluster IP traffic from outside the pods is masqueraded so that its answers come back through this node.
function addDispatch({ rules, settings, ip, nodePorts, onNode }: Context): void {
  const chain = 'services'
  const mark = markRule(settings.masqueradeBit)
  const local = localTraffic(settings.localDetector)
  if (settings.masqueradeAll) {
    rules.addRule(
      { chain, text: `${ip} daddr @cluster-ips ${mark}`, comment: 'masquerade all clusterIP traffic' },
      about('nft-mark-all', {}, [setting('masqueradeAll'), setting('masqueradeBit')]),
    )
  } else if (local) {
    const comment = 'masquerade clusterIP traffic from outside cluster'
    rules.addRule(
      { chain, text: `${ip} daddr @cluster-ips ${local.isNot} ${mark}`, comment },
      about('nft-mark-outside', { match: local.isNot }, [setting('localDetector'), setting('masqueradeBit')]),
    )
  }
  const facts = nodePorts.ips ? [setting('nodePortAddresses')] : []
  const anyAddress = nodePorts.ips ? '' : 'fib daddr type local '
  addLookup(rules, [chain, `${ip} daddr . ${PORT} vmap @service-ips`])
  addLookup(rules, [chain, `${anyAddress}${onNode} ${PORT} vmap @service-nodeports`], facts)
}

const PORT = 'meta l4proto . th dport'

function addLookup(rules: Ruleset, [chain, text]: readonly [string, string], facts: readonly RuleFact[] = []): void {
  rules.addRule({ chain, text }, about(`nft-lookup-${text.slice(text.lastIndexOf('@') + 1)}`, {}, facts))
}

function about(code: string, values: Origin['about']['values'] = {}, facts: readonly RuleFact[] = []): Origin {
  return { service: undefined, port: undefined, endpoint: undefined, facts, about: { code, values } }
}
