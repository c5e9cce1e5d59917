// The command that shows, on the node, the rules a connection meets. It reads and changes nothing.

import { joinHostPort } from '../model/ip'
import type { EndpointSliceRecord, IpFamily, Protocol, ServiceRecord } from '../model/records'
import { quote } from '../problems/commands'
import { portChains as iptablesChains } from '../rules/iptables/chains'
import { servicePortName } from '../rules/names'
import { portChains as nftablesChains } from '../rules/nftables/names'
import type { NodeDecision } from './node-groups'
import type { Outcome } from './outcome'
import type { ServiceWay } from './resolved'
import type { Command } from './types'

export type Claimed = {
  readonly service: ServiceRecord
  readonly slices: readonly EndpointSliceRecord[]
  readonly family: IpFamily
  readonly way: ServiceWay
  readonly ip: string
  readonly number: number
  readonly decided: NodeDecision
  readonly outcome: Outcome
}

const IPVS_FLAG: Readonly<Record<Protocol, string>> = { TCP: '-t', UDP: '-u', SCTP: '--sctp-service' }

/** Undefined where the mode is not known, or has no such command. */
export function ruleCommand({ service, decided, outcome, ip, number, family }: Claimed): Command | undefined {
  const { facts, node } = decided
  const name = servicePortName(service, facts.name)
  const forwards = outcome.verdict === 'forward'
  const which = outcome.decision.local ? 'local' : 'cluster'
  if (node.mode === 'iptables') {
    const save = family === 'IPv4' ? 'iptables-save' : 'ip6tables-save'
    if (!forwards) return onNode(`${save} -t filter | grep -F -- ${quote(name)}`)
    return onNode(`${save} -t nat | grep -- ${iptablesChains(name, facts.protocol)[which]}`)
  }
  if (node.mode === 'nftables') {
    const table = family === 'IPv4' ? 'ip kube-proxy' : 'ip6 kube-proxy'
    if (!forwards) return onNode(`nft list table ${table} | grep -F -- ${quote(name)}`)
    const port = { namespace: service.namespace, service: service.name, port: facts.name, protocol: facts.protocol }
    return onNode(`nft list chain ${table} ${quote(nftablesChains(port)[which])}`)
  }
  if (node.mode === 'ipvs') return onNode(`ipvsadm -Ln ${IPVS_FLAG[facts.protocol]} ${quote(joinHostPort(ip, number))}`)
  return undefined
}

const onNode = (text: string): Command => ({ where: 'node', text })
