// Which addresses a node's kube-proxy takes for the node's own. Follows NodeManager.NodeIPs (pkg/proxy/node.go) and detectNodeIPs
// (cmd/kube-proxy/app/server.go) @v1.36.3; rule R23.

import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import type { IpFamily, NodeRecord } from '../model/records'
import { proxyReader } from './settings-reader'
import type { RuleNode } from './types'

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
