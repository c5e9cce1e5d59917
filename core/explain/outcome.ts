// What the rules of one node make of a connection to a Service port. Follows pkg/proxy/{iptables,nftables,ipvs}/proxier.go
// @v1.36.3; rules E5 to E8.

import { cidrHolds, parseIp } from '../model/ip'
import type { Reason } from '../model/reason'
import type { IpFamily, NodeRecord } from '../model/records'
import type { Decision } from '../proxy/decide'
import type { ProxyEndpoint } from '../proxy/endpoints'
import { isReady, isServingTerminating } from '../proxy/topology'
import { allowsLocalhost, isLoopback, nodePortAddresses } from '../rules/node-port-addresses'
import type { NodeDecision } from './node-groups'
import type { ServiceWay } from './resolved'
import { isPodTraffic, type TrafficSettings } from './settings'
import { nodeAddress, type Start } from './start'
import type { Verdict } from './types'

export type Call = {
  readonly way: ServiceWay
  /** The address called. */
  readonly ip: string
  readonly family: IpFamily
  readonly start: Start
  readonly endpoints: readonly ProxyEndpoint[]
}

export type Outcome = {
  readonly verdict: Extract<Verdict, 'forward' | 'drop' | 'reject' | 'none'>
  /** Why it is that verdict; for `forward` the policy that chose. */
  readonly reason: Reason
  /** What else the rules here asked, in their order. */
  readonly details: readonly Reason[]
  readonly decision: Decision<string>
  readonly inside: boolean
  /** It ends before any endpoint is looked at. */
  readonly early: boolean
}

type At = { readonly record: NodeRecord; readonly decided: NodeDecision; readonly settings: TrafficSettings }

/** The verdict at one node. */
export function outcomeAt(call: Call, at: At): Outcome {
  const { way } = call
  const { decision } = at.decided
  const inside = isInside(call, at)
  if (way === 'cluster-ip') return outcome(decision.internal, { call, at, inside, details: [] })
  if (way === 'node-port' && !answersNodePort(call, at)) {
    const values = { address: call.ip, node: at.record.name }
    return stopped('none', { code: 'explain-node-port-not-here', values }, inside)
  }
  if (way === 'external-ip' && !answersExternal(call, at)) {
    const values = { address: call.ip, node: at.record.name }
    return stopped('none', { code: 'explain-external-ips-off', values }, inside)
  }
  const ranges: RangesAnswer = way === 'load-balancer-ip' ? sourceRanges(call, at) : { allowed: true, details: [] }
  if (!ranges.allowed) return { ...stopped('drop', ranges.reason, inside), details: ranges.details }
  if (way !== 'load-balancer-ip' && decision.onlyLoadBalancer) {
    const values = { node: at.record.name }
    return stopped('drop', { code: 'explain-drop-kernelspace-terminating', values }, inside)
  }
  const chosen = inside ? decision.externalFromInside : decision.external
  if (chosen.verdict === 'reject' && way !== 'node-port' && escapes(call, at)) {
    const values = { address: call.ip, node: at.record.name }
    return stopped('none', { code: 'explain-not-refused-own-node', values }, inside)
  }
  const bypass = inside && at.decided.facts.externalLocal && !chosen.local && keepsInsideFree(at.decided)
  const details = bypass ? [{ code: 'explain-short-circuit', values: { node: at.record.name } }] : []
  const unanswered = answersAreLost(call, at, chosen) ? [{ code: 'explain-ipvs-answer-lost', values: {} }] : []
  return outcome(chosen, { call, at, inside, details: [...ranges.details, ...details, ...unanswered] })
}

// Of ipvs alone (pkg/proxy/ipvs/proxier.go@v1.36.3 syncEndpoint): where policy Local finds no endpoint here it takes those of other
// nodes, and without masquerading they answer by their own address, which a client outside discards.
const answersAreLost = ({ start }: Call, { decided }: At, { verdict, local }: Decision<string>) =>
  start.kind === 'outside' &&
  decided.node.mode === 'ipvs' &&
  decided.facts.externalLocal &&
  verdict === 'forward' &&
  !local

type Context = { readonly call: Call; readonly at: At; readonly inside: boolean; readonly details: readonly Reason[] }

function outcome(decision: Decision<string>, { call, at, inside, details }: Context): Outcome {
  const { facts, node } = at.decided
  const base = { decision, inside, details, early: false }
  const values = { node: node.name, zone: node.zone, endpoints: call.endpoints.length }
  if (decision.verdict === 'forward') {
    const code = decision.local ? 'explain-forward-local' : 'explain-forward-cluster'
    return {
      ...base,
      verdict: 'forward',
      reason: { code, values: { ...values, candidates: decision.candidates.length } },
    }
  }
  if (decision.verdict === 'none') {
    return { ...base, verdict: 'none', reason: { code: 'explain-not-exposed', values } }
  }
  if (decision.verdict === 'reject') return { ...base, verdict: 'reject', reason: whyRejected(call, at) }
  const elsewhere = call.endpoints.filter((one) => isReady(one) || isServingTerminating(one)).length
  const internal = call.way === 'cluster-ip'
  const local = internal ? facts.internalLocal : facts.externalLocal
  const byPolicy = internal ? 'explain-drop-internal-local' : 'explain-drop-external-local'
  const code = local ? byPolicy : 'explain-drop-kernelspace'
  return { ...base, verdict: 'drop', reason: { code, values: { ...values, elsewhere } } }
}

function whyRejected({ endpoints }: Call, { decided }: At): Reason {
  const usable = endpoints.some((one) => isReady(one) || isServingTerminating(one))
  const values = { endpoints: endpoints.length, node: decided.node.name }
  if (endpoints.length === 0) return { code: 'explain-reject-empty', values }
  if (!usable) return { code: 'explain-reject-none-usable', values }
  return { code: decided.node.mode === 'ipvs' ? 'explain-reject-ipvs-local' : 'explain-reject-terminating', values }
}

const stopped = (verdict: 'none' | 'drop', reason: Reason, inside: boolean): Outcome => ({
  verdict,
  reason,
  inside,
  early: true,
  details: [],
  decision: { verdict, candidates: [], local: false },
})

// E5: iptables refuses external addresses in INPUT and FORWARD only, so the node's own packets pass and leave it.
const escapes = ({ start }: Call, { record, decided }: At) =>
  start.kind === 'node' &&
  start.node === record.key &&
  (decided.node.mode === 'iptables' || decided.node.mode === 'unknown')

// ipvs and kernelspace make no exception for traffic from inside.
const keepsInsideFree = ({ node }: NodeDecision) =>
  node.mode === 'iptables' || node.mode === 'nftables' || node.mode === 'unknown'

/** E6: a process of the node itself, or a pod that the proxy takes for one. */
function isInside({ start }: Call, { record, settings }: At): boolean {
  const here = start.node === record.key
  if (start.kind === 'outside') return false
  return start.kind === 'node' ? here : isPodTraffic(settings, start.address, here)
}

// P7. All sources at once (E13) name no address: any way from outside will do, and a port without one says so itself.
function answersExternal({ ip }: Call, { decided: { facts } }: At): boolean {
  if (ip !== '') return facts.externalIPs.includes(ip)
  return !facts.exposed || facts.nodePort > 0 || facts.vips.length > 0 || facts.externalIPs.length > 0
}

/** E7: on which of the node's addresses its node ports answer. */
function answersNodePort({ ip, family, start }: Call, { record, decided, settings }: At): boolean {
  const { mode } = decided.node
  if (mode === 'kernelspace' || mode === 'userspace') return true
  const own = record.addresses.flatMap(({ address }) => {
    const read = parseIp(address)
    return read?.family === family ? [read.text] : []
  })
  const primary = nodeAddress(record, family)
  const addresses = primary === undefined ? own : [primary, ...own]
  if (isLoopback(ip)) {
    const works = mode === 'iptables' || mode === 'unknown'
    return works && start.node === record.key && allowsLocalhost(settings, family, addresses)
  }
  const { all, ranges } = nodePortAddresses(settings, family, addresses)
  return all || ranges.some((range) => cidrHolds(range, ip))
}

type RangesAnswer =
  | { readonly allowed: true; readonly details: readonly Reason[] }
  | { readonly allowed: false; readonly reason: Reason; readonly details: readonly Reason[] }

/**
 * E8: source ranges bind load balancer addresses alone. iptables asks them only where something is usable, nftables and ipvs
 * always; kernelspace never. The node's own packets may carry the address called, and that is let in if a range holds the node.
 */
function sourceRanges({ ip, family, start }: Call, { record, decided }: At): RangesAnswer {
  const { facts, node, decision } = decided
  const ranges = facts.sourceRanges.join(', ')
  if (ranges === '') return { allowed: true, details: [] }
  if (node.mode === 'kernelspace') {
    return { allowed: true, details: [{ code: 'explain-ranges-not-read', values: { ranges, node: node.name } }] }
  }
  const asksFirst = node.mode === 'nftables' || node.mode === 'ipvs'
  if (!asksFirst && !decision.lists.any) return { allowed: true, details: [] }
  const own = start.kind === 'node' && start.node === record.key
  const address = own ? (nodeAddress(record, family) ?? start.address) : start.address
  if (address === undefined) {
    return { allowed: true, details: [{ code: 'explain-ranges-client-unknown', values: { ranges } }] }
  }
  const values = { address, ranges, service: ip }
  if (facts.sourceRanges.some((range) => cidrHolds(range, address))) {
    return { allowed: true, details: [{ code: own ? 'explain-ranges-hold-node' : 'explain-ranges-hold', values }] }
  }
  return { allowed: false, reason: { code: 'explain-drop-source-ranges', values }, details: [] }
}
