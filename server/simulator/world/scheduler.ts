// Which node a pod goes to: a feasible one, spread over zones first, then over nodes, then by load.

import type { SimNode, SimPod, World } from './world'

const maxPodsPerNode = 110

/** The node for a pod, or undefined when none takes it: it stays pending until nodes change. */
export function chooseNode(world: World, pod: SimPod): SimNode | undefined {
  if (pod.wantedNode !== undefined) return world.nodes.get(pod.wantedNode)
  const load = new Map<string, { all: number; own: number }>()
  const ownInZone = new Map<string, number>()
  for (const other of world.pods.values()) {
    const node = other.nodeName === undefined ? undefined : world.nodes.get(other.nodeName)
    if (node === undefined) continue
    const counts = load.get(node.spec.name) ?? { all: 0, own: 0 }
    counts.all += 1
    if (other.workload === pod.workload && other.deletion === undefined) {
      counts.own += 1
      ownInZone.set(node.spec.zone, (ownInZone.get(node.spec.zone) ?? 0) + 1)
    }
    load.set(node.spec.name, counts)
  }
  let best: { readonly node: SimNode; readonly score: readonly number[] } | undefined
  for (const node of world.nodes.values()) {
    const counts = load.get(node.spec.name) ?? { all: 0, own: 0 }
    if (!isFeasible(pod, node) || counts.all >= maxPodsPerNode) continue
    const score = [ownInZone.get(node.spec.zone) ?? 0, counts.own, counts.all]
    if (best === undefined || isLess(score, best.score)) best = { node, score }
  }
  return best?.node
}

/** Whether a DaemonSet wants a pod there: cordons and outages do not matter to it. */
export function suits(workload: SimPod['workload'], node: SimNode): boolean {
  return Object.entries(workload.spec.nodeSelector).every(([label, value]) => labelsOf(node).get(label) === value)
}

function isFeasible(pod: SimPod, node: SimNode): boolean {
  return node.downSince === undefined && !node.unschedulable && suits(pod.workload, node)
}

const labelsOf = ({ spec }: SimNode) =>
  new Map([...Object.entries(spec.labels), ['kubernetes.io/os', spec.os], ['kubernetes.io/hostname', spec.name]])

const isLess = (a: readonly number[], b: readonly number[]): boolean => {
  const place = a.findIndex((value, index) => value !== b[index])
  return place >= 0 && (a[place] ?? 0) < (b[place] ?? 0)
}
