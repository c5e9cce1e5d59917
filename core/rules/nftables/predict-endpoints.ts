// The chains that choose an endpoint. Follows writeServiceToEndpointDNATs, writeServiceToEndpointJumps and the affinity part of
// syncProxyRules in pkg/proxy/nftables/proxier.go @v1.36.3; rules N14, N15.

import type { ProxyEndpoint } from '../../proxy/endpoints'
import { isLocal } from '../../proxy/topology'
import { endpointField } from './facts'
import { endpointNames } from './names'
import type { PortContext } from './predict-port'
import type { Origin, Ruleset } from './ruleset'

/** Chains of the lists that are used, of each endpoint under session affinity, and the connections a pod may make to itself. */
export function writeEndpoints(context: PortContext, rules: Ruleset): void {
  const { facts, lists, chains } = context
  const affinity = facts.affinitySeconds > 0
  for (const endpoint of lists.reachable) {
    if (isLocal(endpoint, { name: context.node.name, zone: '' })) noteHairpin(context, rules, endpoint)
    if (affinity) writeEndpoint(context, rules, endpoint)
  }
  const write = affinity ? writeJumps : writeDnats
  if (facts.usesCluster && lists.cluster.length > 0) {
    write(context, rules, { chain: chains.cluster, endpoints: lists.cluster, code: 'nft-cluster-chain' })
  }
  if (facts.usesLocal && lists.local.length > 0) {
    write(context, rules, { chain: chains.local, endpoints: lists.local, code: 'nft-local-chain' })
  }
}

function noteHairpin(context: PortContext, rules: Ruleset, endpoint: ProxyEndpoint): void {
  const { ip, port } = endpoint
  const facts = [endpointField(endpoint, 'addresses[0]'), endpointField(endpoint, 'nodeName')]
  const origin = context.origin('nft-hairpin', facts, { endpoint: endpoint.key })
  rules.putElement(
    'hairpin-connections',
    { key: `${ip} . ${ip} . ${context.protocol} . ${port}` },
    at(origin, endpoint),
  )
}

type Choice = { readonly chain: string; readonly endpoints: readonly ProxyEndpoint[]; readonly code: string }

// N14: one rule draws a number and rewrites to the endpoint of that number.
function writeDnats(context: PortContext, rules: Ruleset, { chain, endpoints, code }: Choice): void {
  const { protocol, ip, fields } = context
  rules.addChain({ name: chain }, context.origin(code, [fields.port]))
  const targets = endpoints.map((endpoint, i) => `${i} : ${endpoint.ip} . ${endpoint.port}`).join(' , ')
  const text = `meta l4proto ${protocol} dnat ${ip} addr . port to numgen random mod ${endpoints.length} map { ${targets} }`
  rules.addRule(
    { chain, text },
    context.origin('nft-choose', endpoints.map(addressOf), { endpoints: endpoints.length }),
  )
}

// N15: first whoever a client is bound to, then a number drawn for the others.
function writeJumps(context: PortContext, rules: Ruleset, { chain, endpoints, code }: Choice): void {
  const { ip, name, fields } = context
  rules.addChain({ name: chain }, context.origin(code, [fields.port]))
  const named = endpoints.map((endpoint) => ({ endpoint, names: endpointNames(name, endpoint) }))
  for (const { endpoint, names } of named) {
    const origin = context.origin('nft-affinity-jump', [fields.affinity, addressOf(endpoint)], {
      endpoint: endpoint.key,
    })
    rules.addRule({ chain, text: `${ip} saddr @${names.affinity} goto ${names.chain}` }, at(origin, endpoint))
  }
  const targets = named.map(({ names }, i) => `${i} : goto ${names.chain}`).join(' , ')
  rules.addRule(
    { chain, text: `numgen random mod ${endpoints.length} vmap { ${targets} }` },
    context.origin('nft-choose', endpoints.map(addressOf), { endpoints: endpoints.length }),
  )
}

function writeEndpoint(context: PortContext, rules: Ruleset, endpoint: ProxyEndpoint): void {
  const { ip, name, facts, fields, protocol } = context
  const { chain, affinity } = endpointNames(name, endpoint)
  const origin = (code: string, from = [fields.affinity]) =>
    at(
      context.origin(code, [addressOf(endpoint), ...from], { endpoint: endpoint.key, seconds: facts.affinitySeconds }),
      endpoint,
    )
  const type = ip === 'ip' ? 'ipv4_addr' : 'ipv6_addr'
  const body = `type ${type} ; flags dynamic,timeout ; timeout ${facts.affinitySeconds}s ;`
  rules.addChain({ name: chain }, origin('nft-endpoint-chain'))
  rules.addSet({ name: affinity, body }, origin('nft-affinity-set', [fields.affinity, fields.affinitySeconds]))
  rules.addRule({ chain, text: `update @${affinity} { ${ip} saddr }` }, origin('nft-affinity-remember'))
  rules.addRule({ chain, text: `meta l4proto ${protocol} dnat to ${endpoint.key}` }, origin('nft-dnat', []))
}

const addressOf = (endpoint: ProxyEndpoint) => endpointField(endpoint, 'addresses[0]')

const at = (origin: Origin, endpoint: ProxyEndpoint): Origin => ({ ...origin, endpoint: endpoint.key })
