// What a node's kube-proxy decides by, put together from the cluster: its node, its settings and every Service with its slices.
// Follows NodeManager.NodeIPs (pkg/proxy/node.go) and detectNodeIPs (cmd/kube-proxy/app/server.go) @v1.36.3; rule R23.

import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import type { IpFamily, NodeRecord } from '../model/records'
import { proxySettingsOf, type ToldSettings } from './settings'
import { proxyReader } from './settings-reader'
import type { RuleInput, RuleNode } from './types'

/** The input of the predictions for one node and family, and who told its settings. Services are in key order. */
export function ruleInputOf(
  view: ClusterView,
  node: NodeRecord,
  family: IpFamily,
): { readonly input: RuleInput; readonly told: ToldSettings['told'] } {
  const { settings, told } = proxySettingsOf(view, node, family)
  const services = [...view.services()].map((service) => ({ service, slices: view.slicesOfService(service.key) }))
  return { input: { node: ruleNodeOf(view, node, family), family, services, settings }, told }
}

/** The node with its addresses of the family: the proxy's bind address if it was told one, then internal, then external ones. */
export function ruleNodeOf(view: ClusterView, node: NodeRecord, family: IpFamily): RuleNode {
  const bind = proxyReader(view, node).text(['bindAddress'], 'bind-address', '').value
  const ofType = (wanted: string) => node.addresses.flatMap(({ type, address }) => (type === wanted ? [address] : []))
  const texts = [...(isAny(bind) ? [] : [bind]), ...ofType('InternalIP'), ...ofType('ExternalIP')]
  const addresses = texts.flatMap((text) => {
    const ip = parseIp(text)
    return ip?.family === family ? [ip.text] : []
  })
  const version = node.kubeletVersion
  return { name: node.name, zone: node.zone ?? '', addresses: [...new Set(addresses)], version }
}

const isAny = (address: string) => ['', '0.0.0.0', '::'].includes(parseIp(address)?.text ?? address)
