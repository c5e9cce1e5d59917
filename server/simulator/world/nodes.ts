// Nodes as the API server shows them.

import { type ApiObject, type JsonObject, timestamp } from '../api-object'
import type { NodeSpec } from '../scenarios/types'
import { podRanges } from './addresses'
import { refreshPod } from './pods'
import { region, type SimNode, type World, write } from './world'

export function createNode(world: World, spec: NodeSpec): void {
  const now = world.timeline.now()
  world.nodes.set(spec.name, {
    spec,
    uid: world.random.uuid(),
    createdAt: now,
    unschedulable: false,
    downSince: undefined,
    turn: undefined,
    readyChangedAt: now,
    addressCursor: 1,
    addressesInUse: new Set(),
    waiting: [],
  })
  for (const workload of world.workloads.keys()) world.dirty.workloads.add(workload)
  refreshNode(world, spec.name)
}

/** Writes the node as it is now. A node that comes or goes may give pending pods a place and changes zone hints. */
export function refreshNode(world: World, name: string): void {
  const node = world.nodes.get(name)
  if (node === undefined) return
  write(world, 'nodes', renderNode(node))
  world.dirty.scheduling = true
  world.dirty.nodes = true
}

/** Pods of the node, written again: their readiness follows their node's. */
export function refreshPodsOf(world: World, name: string): void {
  for (const pod of world.pods.values()) if (pod.nodeName === name) refreshPod(world, pod)
}

function renderNode(node: SimNode): ApiObject {
  const { spec } = node
  const podCIDRs = podRanges(spec).map(({ cidr }) => cidr)
  const capacity = { cpu: '8', memory: '32594308Ki', pods: '110', 'ephemeral-storage': '203056560Ki' }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: spec.name,
      uid: node.uid,
      creationTimestamp: timestamp(node.createdAt),
      labels: {
        ...spec.labels,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': spec.name,
        'kubernetes.io/os': spec.os,
        'node.kubernetes.io/instance-type': 'standard-8',
        'topology.kubernetes.io/region': region,
        'topology.kubernetes.io/zone': spec.zone,
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: {
      podCIDR: podCIDRs[0],
      podCIDRs,
      providerID: `embedded://${region}/${spec.zone}/${spec.name}`,
      taints: taints(node),
      unschedulable: node.unschedulable || undefined,
    },
    status: {
      addresses: [
        ...spec.internalIPs.map((address) => ({ type: 'InternalIP', address })),
        ...(spec.externalIP === undefined ? [] : [{ type: 'ExternalIP', address: spec.externalIP }]),
        { type: 'Hostname', address: spec.name },
      ],
      capacity,
      allocatable: { ...capacity, cpu: '7910m', memory: '31570308Ki' },
      conditions: conditions(node),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: node.uid,
        containerRuntimeVersion: 'containerd://2.1.4',
        kernelVersion: spec.kernelVersion,
        // Not filled by kubelets any more, but the field is required.
        kubeProxyVersion: '',
        kubeletVersion: spec.kubeletVersion,
        machineID: node.uid.replaceAll('-', ''),
        operatingSystem: spec.os,
        osImage: spec.osImage,
        systemUUID: node.uid,
      },
    },
  }
}

function taints({ unschedulable, downSince }: SimNode): JsonObject[] | undefined {
  const all = [
    ...(unschedulable ? [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] : []),
    ...(downSince === undefined
      ? []
      : ['NoSchedule', 'NoExecute'].map((effect) => ({
          key: 'node.kubernetes.io/unreachable',
          effect,
          timeAdded: timestamp(downSince),
        }))),
  ]
  return all.length === 0 ? undefined : all
}

function conditions({ downSince, readyChangedAt }: SimNode): JsonObject[] {
  const heard = timestamp(downSince ?? readyChangedAt)
  const condition = (type: string, fine: 'True' | 'False', reason: string): JsonObject => ({
    type,
    status: downSince === undefined ? fine : 'Unknown',
    reason: downSince === undefined ? reason : 'NodeStatusUnknown',
    lastHeartbeatTime: heard,
    lastTransitionTime: heard,
  })
  return [
    condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
    condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
    condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
    condition('Ready', 'True', 'KubeletReady'),
  ]
}
