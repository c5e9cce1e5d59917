// The test cluster as the product reads it, for predictions: the same gate, the same indexes.
import type { ClusterView } from '../../core/model/cluster-view'
import { parseObject } from '../../core/model/from-api'
import type { NodeKey } from '../../core/model/keys'
import type { IpFamily, Kind } from '../../core/model/records'
import type { ProxySettings, RuleInput } from '../../core/rules/types'
import { ClusterState } from '../../server/store/cluster-state'
import type { KubeApi } from '../cluster/api.ts'
import { podRange } from './links.ts'

const paths = {
  Service: '/api/v1/services',
  EndpointSlice: '/apis/discovery.k8s.io/v1/endpointslices',
  Node: '/api/v1/nodes',
  Pod: '/api/v1/pods',
  Namespace: '/api/v1/namespaces',
} as const satisfies Partial<Record<Kind, string>>

/** Everything that routing reads, listed once. */
export async function readCluster(api: KubeApi): Promise<ClusterView> {
  const state = new ClusterState()
  for (const [kind, path] of Object.entries(paths) as [keyof typeof paths, string][]) {
    for (const object of await api.list(path)) {
      const parsed = parseObject(kind, object)
      if (!parsed.ok) throw new Error(`${kind} ${parsed.reject.name}: ${parsed.reject.field} ${parsed.reject.code}`)
      state.replace(undefined, parsed.record)
    }
  }
  state.fillSelectors()
  return state
}

/** What kube-proxy of one family decides by: every Service and its slices, and its node. */
export function ruleInput(view: ClusterView, family: IpFamily, settings: ProxySettings): RuleInput {
  const node = view.node(NODE)
  if (!node) throw new Error(`no node ${NODE}`)
  const ofFamily = (address: string) => address.includes(':') === (family === 'IPv6')
  const addresses = node.addresses.flatMap(({ type, address }) =>
    type === 'InternalIP' && ofFamily(address) ? [address] : [],
  )
  const services = [...view.services()].map((service) => ({ service, slices: view.slicesOfService(service.key) }))
  return { node: { name: node.name, zone: node.zone ?? '', addresses }, family, services, settings }
}

/** The node whose kube-proxy is watched. */
export const NODE = 'node-a' as NodeKey

/** What the flags of node-proxy.ts amount to, and kube-proxy's defaults. */
export function usualSettings(family: IpFamily, mode: 'iptables' | 'nftables'): ProxySettings {
  return {
    localDetector: { kind: 'cidr', cidr: podRange[family] },
    masqueradeAll: false,
    masqueradeBit: 14,
    nodePortAddresses: mode === 'nftables' ? ['primary'] : [],
    localhostNodePorts: true,
    scheduler: '',
    serviceCIDRs: [family === 'IPv4' ? '10.96.0.0/12' : 'fd00:10:96::/112'],
  }
}
