// What the kube-proxy of one node should have written, in the form of the node's own mode. The prediction of the Services comes
// in pages, so that a large cluster neither holds up the server nor has to fit in one answer.

import type { ClusterView } from '../model/cluster-view'
import type { NodeKey, ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { IpFamily, NodeRecord, ServiceRecord } from '../model/records'
import { portEndpoints } from '../proxy/endpoints'
import { inferProxyMode } from '../proxy/proxy-mode'
import { servicePorts } from '../proxy/service-port'
import { iptablesBase } from './iptables/base'
import { LARGE_CLUSTER_ENDPOINTS } from './iptables/port-plan'
import { predictIptables } from './iptables/predict'
import { predictIpvs } from './ipvs/predict'
import type { IpvsPrediction } from './ipvs/types'
import { nftablesBase } from './nftables/base'
import { predictNftables } from './nftables/predict'
import { ruleNodeOf } from './rule-input'
import { proxySettingsOf, type ToldSettings } from './settings'
import type { PredictedLine, RuleInput } from './types'

/** Modes whose rules are known line by line. */
export type RuleMode = 'iptables' | 'nftables' | 'ipvs'

export type NodeRules = ToldSettings & {
  readonly node: NodeKey
  readonly family: IpFamily
  /** Undefined: nothing to predict, `reason` says why. */
  readonly mode: RuleMode | undefined
  /** How the mode is known, or why there is no prediction. */
  readonly reason: Reason
  /** Lines of the Services asked for, after those that stand without any Service on the first page. */
  readonly lines: readonly PredictedLine[]
  /** ipvs only: what is no rule. */
  readonly ipvs: Omit<IpvsPrediction, 'rules'> | undefined
  /** Last Service of this page, to ask on from; undefined on the last page. */
  readonly next: ServiceKey | undefined
}

export type NodeRulesQuery = {
  readonly family: IpFamily
  /** One Service alone, without the lines that stand without any. */
  readonly service?: ServiceKey | undefined
  /** The page after this Service. */
  readonly after?: ServiceKey | undefined
}

const PAGE = 200

/** One page of the prediction. In ipvs mode the sets are shared by all Services: everything comes on one page. */
export function nodeRules(view: ClusterView, node: NodeRecord, query: NodeRulesQuery): NodeRules {
  const told = proxySettingsOf(view, node, query.family)
  const { mode, reason } = ruleModeOf(view, node)
  const about = { ...told, node: node.key, family: query.family, mode, reason }
  if (mode === undefined) return { ...about, lines: [], ipvs: undefined, next: undefined }
  const { services, next } =
    mode === 'ipvs' && !query.service ? { services: [...view.services()], next: undefined } : page(view, query)
  const input = inputOf(view, { node, services, ...query }, told)
  const isFirst = query.service === undefined && query.after === undefined
  const {
    settings,
    node: { addresses },
  } = input
  if (mode === 'iptables') {
    const base = isFirst ? iptablesBase(query.family, settings, addresses) : []
    return { ...about, lines: [...base, ...predictIptables(input)], ipvs: undefined, next }
  }
  if (mode === 'nftables') {
    const base = isFirst ? nftablesBase(query.family, settings, input.node) : []
    return { ...about, lines: [...base, ...predictNftables(input)], ipvs: undefined, next }
  }
  const { rules, ...ipvs } = predictIpvs(input)
  return { ...about, lines: isFirst ? ipvs.tables : rules, ipvs, next }
}

function ruleModeOf(view: ClusterView, node: NodeRecord): { mode: RuleMode | undefined; reason: Reason } {
  const { verdict } = inferProxyMode(view, node)
  const values = { node: node.name }
  if (verdict.state === 'replaced')
    return { mode: undefined, reason: { code: 'rules-replaced', values: { ...values, by: verdict.by } } }
  if (verdict.state === 'unknown') return { mode: undefined, reason: { code: 'rules-mode-unknown', values } }
  const { mode } = verdict
  if (mode === 'iptables' || mode === 'nftables' || mode === 'ipvs') {
    return { mode, reason: { code: 'rules-mode-likely', values: { ...values, mode } } }
  }
  return { mode: undefined, reason: { code: 'rules-not-predicted', values: { ...values, mode } } }
}

type Page = { readonly services: readonly ServiceRecord[]; readonly next: ServiceKey | undefined }

function page(view: ClusterView, { service: only, after }: NodeRulesQuery): Page {
  if (only !== undefined) {
    const service = view.service(only)
    return { services: service ? [service] : [], next: undefined }
  }
  const services: ServiceRecord[] = []
  for (const service of view.services()) {
    if (services.length === PAGE) return { services, next: services.at(-1)?.key }
    // Iteration is in key order; the Service itself may be gone by now.
    if (after === undefined || service.key > after) services.push(service)
  }
  return { services, next: undefined }
}

type Asked = { readonly node: NodeRecord; readonly services: readonly ServiceRecord[]; readonly family: IpFamily }

function inputOf(view: ClusterView, { node, services, family }: Asked, { settings }: ToldSettings): RuleInput {
  return {
    node: ruleNodeOf(view, node, family),
    family,
    services: services.map((service) => ({ service, slices: view.slicesOfService(service.key) })),
    settings,
    totalEndpoints: countEndpoints(view, family),
  }
}

/** Endpoints of all Service ports of the family; no further than it takes to know that there are many. */
function countEndpoints(view: ClusterView, family: IpFamily): number {
  let total = 0
  for (const service of view.services()) {
    const slices = view.slicesOfService(service.key)
    for (const port of servicePorts(service, family)) {
      total += portEndpoints(slices, { namespace: service.namespace, service: service.name, family, port }).endpoints
        .length
      if (total > LARGE_CLUSTER_ENDPOINTS) return total
    }
  }
  return total
}
