// What iptables-save would print on a node of the embedded cluster: the rules its kube-proxy wrote when it last wrote any.

import type { ClusterView } from '@/core/model/cluster-view'
import type { Reason } from '@/core/model/reason'
import type { IpFamily, NodeRecord } from '@/core/model/records'
import { serviceOfSlice } from '@/core/model/references'
import { inferProxyMode } from '@/core/proxy/proxy-mode'
import { iptablesBase } from '@/core/rules/iptables/base'
import { predictIptables } from '@/core/rules/iptables/predict'
import { ruleNodeOf } from '@/core/rules/rule-input'
import { proxySettingsOf } from '@/core/rules/settings'
import type { RuleInput, RuleService } from '@/core/rules/types'
import type { LastRead } from '../simulator/world/stopped-proxies'
import { iptablesSave } from './iptables-save'

type Asked = { readonly node: NodeRecord; readonly family: IpFamily; readonly lastRead: LastRead | undefined }

/** The dump, or why there is none: only kube-proxy in iptables mode leaves one. */
export function nodeDump(view: ClusterView, { node, family, lastRead }: Asked): string | Reason {
  const { verdict } = inferProxyMode(view, node)
  if (verdict.state !== 'mode' || verdict.mode !== 'iptables')
    return { code: 'demo-no-dump', values: { node: node.name } }
  const input = inputOf(view, { node, family, lastRead })
  return iptablesSave({
    family,
    node: node.name,
    base: iptablesBase(family, input.settings, input.node.addresses),
    services: predictIptables(input),
  })
}

function inputOf(view: ClusterView, { node, family, lastRead }: Asked): RuleInput {
  const { settings } = proxySettingsOf(view, node, family)
  const services = lastRead === undefined ? presentServices(view) : servicesOf(lastRead)
  return { node: ruleNodeOf(view, node, family), family, services, settings }
}

const presentServices = (view: ClusterView): readonly RuleService[] =>
  [...view.services()].map((service) => ({ service, slices: view.slicesOfService(service.key) }))

function servicesOf({ services, slices }: LastRead): readonly RuleService[] {
  return services
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map((service) => ({ service, slices: slices.filter((slice) => serviceOfSlice(slice) === service.key) }))
}
