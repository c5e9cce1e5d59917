import type { ClusterView } from '../model/cluster-view'
import type { NodeRecord } from '../model/records'
import { inferProxyMode } from '../proxy/proxy-mode'
import { proxyVersionOf } from '../proxy/proxy-version'
import { graphId } from './ids'
import { orNull, toPairs } from './pairs'
import type { NodeDetail, NodeSummary, ProxyModeVerdict } from './types'

export function nodeSummary(view: ClusterView, node: NodeRecord): NodeSummary {
  const common = commonFields(view, node, inferProxyMode(view, node).verdict)
  return { ...common, id: graphId('NodeSummary', node.key), kind: 'NodeSummary' }
}

export function nodeDetail(view: ClusterView, node: NodeRecord): NodeDetail {
  const { verdict, evidence, contradictions } = inferProxyMode(view, node)
  return {
    ...commonFields(view, node, verdict),
    id: graphId('Node', node.key),
    kind: 'Node',
    uid: node.uid,
    createdAt: orNull(node.createdAt),
    kernelVersion: orNull(node.kernelVersion),
    osImage: orNull(node.osImage),
    allocatableCpuMilli: orNull(node.allocatableCpuMilli),
    evidence,
    contradictions,
    services: view.servicesOfNode(node.key),
  }
}

function commonFields(
  view: ClusterView,
  node: NodeRecord,
  proxyMode: ProxyModeVerdict,
): Omit<NodeSummary, 'id' | 'kind'> {
  return {
    name: node.name,
    zone: orNull(node.zone),
    addresses: node.addresses,
    podCIDRs: node.podCIDRs,
    ready: orNull(node.ready),
    unschedulable: node.unschedulable,
    os: orNull(node.os),
    kubeletVersion: orNull(node.kubeletVersion),
    allocatablePods: orNull(node.allocatablePods),
    podCount: view.podsOfNode(node.key).length,
    labels: toPairs(node.labels),
    proxyMode,
    proxyVersion: orNull(proxyVersionOf(view, node).version),
  }
}
