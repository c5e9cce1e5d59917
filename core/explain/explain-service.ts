// A connection to a Service port at one node: the rules of that node's proxy decide. Rules E4 to E9.

import type { ClusterView } from '../model/cluster-view'
import { joinHostPort } from '../model/ip'
import type { Reason } from '../model/reason'
import type { NodeRecord, ServiceRecord } from '../model/records'
import { choiceOf } from '../proxy/choice'
import { localReadyAddresses } from '../proxy/endpoints'
import { type Judgement, judgeOf } from '../proxy/judge'
import { modeNotes } from '../proxy/mode-notes'
import { schedulerOf } from '../proxy/proxier'
import { inferProxyMode } from '../proxy/proxy-mode'
import { portId, whyNotProxied } from '../proxy/service-port'
import { healthCheckStatus } from '../proxy/verdict'
import { versionNotes } from '../proxy/versions'
import { notKnownOf, openConnections, withoutRules } from './about'
import { claimsOf } from './claims'
import { explainEndpoints, groupEndpoints, portsOf, sharesOf } from './endpoints'
import type { Flow } from './flow'
import { addressHop, candidatesHop, landingHops, rulesHop } from './hops'
import { knowledgeOf } from './knowledge'
import { decideAt, endpointsOf } from './node-groups'
import { type Call, outcomeAt } from './outcome'
import type { Resolved } from './resolved'
import { sentenceOf } from './sentence'
import { settingsOf } from './settings'
import { sourceAddressAt } from './source-address'
import { nodeAddress, type Start } from './start'
import type { Decider, Explanation, FlowTarget } from './types'

type ToService = Extract<Resolved, { to: 'service' }>
export type Asked = { readonly flow: Flow; readonly start: Start; readonly resolved: ToService }

export function explainAtNode(view: ClusterView, asked: Asked, record: NodeRecord): Explanation {
  const { flow, start, resolved } = asked
  const { service, family, hops } = resolved
  const port = portId(resolved.port)
  const unserved = whyNotProxied(service, family)
  if (unserved)
    return withoutRules(view, flow, { verdict: 'unknown', reason: unserved, hops: [...hops, addressHop(resolved)] })
  const port_ = { service, port, family }
  const { endpoints, leftOut } = endpointsOf(view, port_)
  const mode = inferProxyMode(view, record).verdict
  const decided = decideAt({ view, asked: port_, endpoints }, record, mode)
  if (!decided) return withoutRules(view, flow, { verdict: 'none', reason: noPort(service, port), hops })
  const settings = settingsOf(view, record, family)
  // A load balancer that calls a node port is taken to call the node's first address.
  const ip = resolved.way === 'node-port' && !resolved.node ? (nodeAddress(record, family) ?? resolved.ip) : resolved.ip
  const call: Call = { way: resolved.way, ip, family, start, endpoints }
  const outcome = outcomeAt(call, { record, decided, settings })
  const { candidates, local } = outcome.decision
  const choice = choiceOf(
    { mode: decided.node.mode, scheduler: schedulerOf(mode) },
    candidates.length,
    decided.facts.affinitySeconds,
  )
  const context = { decision: decided.decision, node: decided.node, probability: choice.probability }
  const shown = explainEndpoints(endpoints, outcome.early ? () => NOT_ASKED : judgeOf(outcome.decision, context))
  const fromZone = start.kind === 'outside' ? record.zone : start.zone
  const shares = sharesOf(shown, fromZone)
  // The rules compare addresses; a slice made by hand need not name the pod.
  const ownAddress = start.kind === 'pod' && start.address ? joinHostPort(start.address, 0).slice(0, -1) : undefined
  const own = ownAddress ? shown.find((one) => one.chosen && one.key.startsWith(ownAddress)) : undefined
  const knowledge = knowledgeOf(mode, record.name)
  const asksLocal =
    resolved.way === 'cluster-ip' ? decided.facts.internalLocal : decided.facts.externalLocal && !outcome.inside
  const versions = versionNotes({ service, family, facts: decided.facts, endpoints }, decided.source)
  const notes = modeNotes({ asksLocal, chosen: outcome.decision, lists: decided.decision.lists }, decided.node)
  const hintReasons = local ? [localPolicy(resolved.way)] : decided.decision.lists.modeReasons
  const slices = view.slicesOfService(service.key)
  const asksDetector =
    start.kind === 'pod' && settings.localDetector === undefined && decided.node.mode !== 'kernelspace'
  const assumed = asksDetector ? [{ code: 'explain-detector-assumed', values: { node: record.name } }] : []
  const forwards = outcome.verdict === 'forward'
  const decider: Decider = {
    node: record.key,
    zone: record.zone,
    mode: decided.node.mode,
    version: decided.source.version,
    knowledge,
    verdict: outcome.verdict,
    share: 1,
    healthCheck: healthCheckOf(view, { service, family, port: decided.facts.healthCheckNodePort }, record),
  }
  return {
    ...withoutRules(view, flow, { verdict: outcome.verdict, reason: outcome.reason, hops: [] }),
    sentence: sentenceOf({ outcome, shares, fromZone, start, record, endpoints: shown }),
    knowledge,
    target: targetOf(asked),
    deciders: [decider],
    hops: [
      ...hops,
      addressHop(resolved),
      rulesHop(decided, { ...outcome, details: [...outcome.details, ...assumed] }, knowledge),
      ...(forwards ? [candidatesHop({ endpoints: shown, hintReasons, notes: [...notes, ...versions] })] : []),
      ...(forwards ? landingHops({ choice, endpoints: shown, ports: portsOf(candidates), shares, fromZone }) : []),
    ],
    endpoints: shown,
    groups: groupEndpoints(shown),
    leftOut,
    choice,
    shares,
    sourceAddress: sourceAddressAt(call, outcome, { at: { decided, settings }, hairpin: own !== undefined }),
    hairpin: own && { code: 'explain-hairpin', values: { pod: start.pod?.key ?? '', endpoint: own.key } },
    openConnections: openConnections(resolved.port.protocol, decided.node.mode),
    versions,
    notKnown: notKnownOf(view, service.namespace),
    claims: claimsOf(view, {
      service,
      slices,
      family,
      way: resolved.way,
      ip,
      number: resolved.number,
      decided,
      outcome,
    }),
  }
}

const NOT_ASKED: Judgement = { chosen: false, probability: 0, reason: { code: 'endpoint-not-asked', values: {} } }

const localPolicy = (way: ToService['way']): Reason => {
  const policy = way === 'cluster-ip' ? 'internalTrafficPolicy' : 'externalTrafficPolicy'
  return { code: 'hints-local-policy', values: { policy } }
}

const noPort = (service: ServiceRecord, port: string): Reason => ({
  code: 'explain-no-port',
  values: { service: service.key, port, protocol: '' },
})

export function targetOf({ resolved }: Asked): FlowTarget {
  const { service, family, way, ip, number, port } = resolved
  const { protocol } = port
  return { service: service.key, port: portId(port), protocol, family, way, address: joinHostPort(ip, number) }
}

type HealthCheck = { readonly service: ServiceRecord; readonly family: FlowTarget['family']; readonly port: number }

function healthCheckOf(
  view: ClusterView,
  { service, family, port }: HealthCheck,
  node: NodeRecord,
): 200 | 503 | undefined {
  if (port === 0) return undefined
  const query = { namespace: service.namespace, service: service.name, family }
  return healthCheckStatus(localReadyAddresses(view.slicesOfService(service.key), query, node.name))
}
