import type { PodSummary } from './types'
import type { WorkloadRef } from './workload-ref'

/** What a page shows of one workload: its pods, the Services that list one of them, the nodes that hold one. */
export type WorkloadScope = {
  /** `namespace/name`. */
  readonly pods: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly nodes: ReadonlySet<string>
}

type Owned = Pick<PodSummary, 'namespace' | 'name' | 'workload' | 'services' | 'nodeName'>

/** Rule W2. Empty when no pod names the workload: it may be scaled to nothing, or not there. */
export function workloadScope({ kind, namespace, name }: WorkloadRef, all: Iterable<Owned>): WorkloadScope {
  const workload = `${kind}/${name}`
  const pods = new Set<string>()
  const services = new Set<string>()
  const nodes = new Set<string>()
  for (const pod of all) {
    if (pod.namespace !== namespace || pod.workload !== workload) continue
    pods.add(`${pod.namespace}/${pod.name}`)
    for (const service of pod.services) services.add(service)
    if (pod.nodeName !== null) nodes.add(pod.nodeName)
  }
  return { pods, services, nodes }
}
