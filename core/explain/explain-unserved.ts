// A cluster IP that leads to no port of a Service: the Service has another port, or no Service has the address. What becomes of the
// packet is the node's mode to say. Follows the chain cluster-ips-check of pkg/proxy/nftables/proxier.go and KUBE-IPVS-FILTER of
// pkg/proxy/ipvs/proxier.go @v1.36.3; iptables and kernelspace have no rule for it. Rule E15.

import type { ClusterView } from '../model/cluster-view'
import { cidrHolds, joinHostPort } from '../model/ip'
import { nodeKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { NodeRecord } from '../model/records'
import { quote } from '../problems/commands'
import { inferProxyMode } from '../proxy/proxy-mode'
import { proxyVersionOf } from '../proxy/proxy-version'
import { proxySettingsOf } from '../rules/settings'
import { withoutRules } from './about'
import type { Flow } from './flow'
import { knowledgeOf } from './knowledge'
import type { Resolved } from './resolved'
import type { Start } from './start'
import type { Claim, Explanation, Hop } from './types'

type Unserved = Extract<Resolved, { to: 'unserved' }>
type Asked = { readonly flow: Flow; readonly start: Start; readonly resolved: Unserved }

/** The answer of the node where the connection starts; from outside nothing leads to a cluster IP. */
export function explainUnserved(view: ClusterView, { flow, start, resolved }: Asked): Explanation {
  const { ip, number, hops } = resolved
  const address: Hop = {
    kind: 'address',
    state: 'passed',
    title: addressTitle(resolved),
    details: [],
    object:
      'service' in resolved
        ? { kind: 'Service', id: resolved.service.key }
        : { kind: 'ServiceCIDR', id: resolved.range.name },
  }
  const before = [...hops, address]
  const record = start.node && view.node(nodeKey(start.node))
  if (!record) {
    const reason = { code: 'explain-cluster-ip-from-outside', values: { address: joinHostPort(ip, number) } }
    return withoutRules(view, flow, { verdict: 'none', reason, hops: before })
  }
  const mode = inferProxyMode(view, record).verdict
  const name = mode.state === 'mode' ? mode.mode : 'unknown'
  const knowledge = knowledgeOf(mode, record.name)
  const { verdict, reason } = outcomeOf(view, resolved, { record, mode: name, flow })
  const rules: Hop = {
    kind: 'rules',
    state: 'stops',
    title: { code: 'explain-hop-rules', values: { node: record.name, mode: name } },
    details: [reason, ...(verdict === 'drop' ? [RANGES_LATE] : []), knowledge.reason],
    object: { kind: 'Node', id: record.name },
  }
  const { version } = proxyVersionOf(view, record)
  const decider = { node: record.key, zone: record.zone, mode: name, version, knowledge, verdict, share: 1 } as const
  return {
    ...withoutRules(view, flow, { verdict, reason, hops: [...before, rules] }),
    knowledge,
    deciders: [{ ...decider, healthCheck: undefined }],
    claims: [ownerClaim(resolved), ...ruleClaim(resolved, name)],
  }
}

const RANGES_LATE: Reason = { code: 'explain-ranges-late', values: {} }

type At = { readonly record: NodeRecord; readonly mode: string; readonly flow: Flow }
type Outcome = { readonly verdict: 'drop' | 'reject' | 'none'; readonly reason: Reason }

function outcomeOf(view: ClusterView, resolved: Unserved, { record, mode, flow }: At): Outcome {
  const values = { address: joinHostPort(resolved.ip, resolved.number), node: record.name, mode }
  if ('service' in resolved) {
    const said = { ...values, service: resolved.service.key, protocol: flow.protocol }
    const refuses = mode === 'nftables' || mode === 'ipvs'
    return refuses
      ? { verdict: 'reject', reason: { code: 'explain-reject-no-such-port', values: said } }
      : { verdict: 'none', reason: { code: 'explain-no-such-port-at-address', values: said } }
  }
  const said = { ...values, range: resolved.range.cidr }
  const ranges = mode === 'nftables' ? proxySettingsOf(view, record, resolved.family).settings.serviceCIDRs : []
  return ranges.some((range) => cidrHolds(range, resolved.ip))
    ? { verdict: 'drop', reason: { code: 'explain-drop-unallocated', values: said } }
    : { verdict: 'none', reason: { code: 'explain-unallocated-passes', values: said } }
}

function addressTitle(resolved: Unserved): Reason {
  const address = joinHostPort(resolved.ip, resolved.number)
  return 'service' in resolved
    ? { code: 'explain-hop-cluster-ip', values: { address, service: resolved.service.key } }
    : { code: 'explain-hop-unallocated', values: { address, range: resolved.range.cidr } }
}

function ownerClaim(resolved: Unserved): Claim {
  if ('service' in resolved) {
    const { key, namespace, name, ports } = resolved.service
    const value = ports.map(({ port, protocol }) => `${port}/${protocol}`).join(', ')
    return {
      claim: { code: 'explain-claim-ports', values: { service: key, ports: value } },
      evidence: [{ kind: 'Service', id: key, field: 'spec.ports[*].port', value }],
      command: { where: 'kubectl', text: `kubectl -n ${quote(namespace)} get service ${quote(name)}` },
    }
  }
  const { name, cidr } = resolved.range
  return {
    claim: { code: 'explain-claim-unallocated', values: { address: resolved.ip, range: cidr } },
    evidence: [{ kind: 'ServiceCIDR', id: name, field: 'spec.cidrs', value: cidr }],
    command: { where: 'kubectl', text: `kubectl get servicecidrs && kubectl get ipaddresses ${quote(resolved.ip)}` },
  }
}

function ruleClaim({ family }: Unserved, mode: string): readonly Claim[] {
  if (mode !== 'nftables') return []
  const table = family === 'IPv4' ? 'ip' : 'ip6'
  return [
    {
      claim: { code: 'explain-claim-cluster-ips-check', values: {} },
      evidence: [],
      command: { where: 'node', text: `nft list chain ${table} kube-proxy cluster-ips-check` },
    },
  ]
}
