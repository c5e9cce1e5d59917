// The addresses of a Service port in the maps that nftables looks packets up in. Follows syncProxyRules in
// pkg/proxy/nftables/proxier.go @v1.36.3; rules N8–N10.

import { servicePortName } from '../names'
import type { RuleFact } from '../types'
import type { PortContext } from './predict-port'
import type { Ruleset } from './ruleset'

/** Elements for the cluster IP, external IPs, load balancer addresses and the node port. */
export function captureAddresses(context: PortContext, rules: Ruleset): void {
  const { facts, fields, chains, lists, hasInternal } = context
  const { clusterIP } = facts
  rules.putElement('cluster-ips', { key: clusterIP }, context.origin('nft-cluster-ip', [fields.clusterIp]))
  const key = addressKey(context, clusterIP)
  if (hasInternal) {
    const chain = facts.internalLocal ? chains.local : chains.cluster
    const origin = context.origin('nft-capture-cluster-ip', [fields.clusterIp, fields.port])
    rules.putElement('service-ips', { key, value: `goto ${chain}` }, origin)
  } else {
    noEndpoints(context, rules, {
      map: 'no-endpoint-services',
      key,
      drop: lists.any,
      from: [fields.clusterIp, fields.port, ...(lists.any ? [fields.internalPolicy] : [])],
    })
  }
  const outside: readonly Outside[] = [
    ...facts.externalIPs.map((ip) => ({ code: 'nft-capture-external-ip', ip, from: fields.externalIp(ip) })),
    ...facts.vips.map((ip) => ({ code: 'nft-capture-vip', ip, from: fields.vip(ip) })),
  ]
  for (const address of outside) captureOutside(context, rules, address)
  if (facts.vips.length > 0 && facts.sourceRanges.length > 0) captureFirewall(context, rules)
  if (facts.nodePort !== 0) captureNodePort(context, rules)
}

type Outside = { readonly code: string; readonly ip: string; readonly from: RuleFact }

function captureOutside(context: PortContext, rules: Ruleset, { code, ip, from }: Outside): void {
  const { fields, lists, chains, hasExternal } = context
  const key = addressKey(context, ip)
  const facts = [from, fields.port]
  // Even without endpoints for traffic from outside: the chain leads pods and the node itself elsewhere.
  if (lists.any) {
    rules.putElement('service-ips', { key, value: `goto ${chains.external}` }, context.origin(code, facts))
  }
  if (hasExternal) return
  const policy = lists.any ? [fields.externalPolicy] : []
  noEndpoints(context, rules, { map: 'no-endpoint-services', key, drop: lists.any, from: [...facts, ...policy] })
}

function captureNodePort(context: PortContext, rules: Ruleset): void {
  const { facts, fields, lists, chains, protocol, hasExternal } = context
  const key = `${protocol} . ${facts.nodePort}`
  if (lists.any) {
    const origin = context.origin('nft-capture-node-port', [fields.nodePort])
    rules.putElement('service-nodeports', { key, value: `goto ${chains.external}` }, origin)
  }
  if (hasExternal) return
  const from = [fields.nodePort, ...(lists.any ? [fields.externalPolicy] : [])]
  noEndpoints(context, rules, { map: 'no-endpoint-nodeports', key, drop: lists.any, from })
}

// N13: also without any endpoint, so that a refused port tells nothing to who may not ask.
function captureFirewall(context: PortContext, rules: Ruleset): void {
  const { facts, fields, chains } = context
  for (const ip of facts.vips) {
    const origin = context.origin('nft-firewall-address', [fields.vip(ip), fields.port, fields.sourceRanges])
    rules.putElement('firewall-ips', { key: addressKey(context, ip), value: `goto ${chains.firewall}` }, origin)
  }
}

type NoEndpoints = {
  readonly map: string
  readonly key: string
  /** Something is usable, but not here. */
  readonly drop: boolean
  readonly from: readonly RuleFact[]
}

// N10: refused when nothing is usable anywhere, dropped when only the Local policy leaves nothing here.
function noEndpoints(context: PortContext, rules: Ruleset, { map, key, drop, from }: NoEndpoints): void {
  const { name, facts } = context
  const comment = servicePortName({ namespace: name.namespace, name: name.service }, facts.name)
  const origin = drop
    ? context.origin('nft-drop-no-local', from, { node: context.node.name })
    : context.origin('nft-refuse', from)
  rules.putElement(map, { key, value: drop ? 'drop' : 'goto reject-chain', comment }, origin)
}

const addressKey = ({ protocol, facts }: PortContext, ip: string) => `${ip} . ${protocol} . ${facts.port}`
