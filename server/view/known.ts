import { waysOf } from '@/core/explain/way-in'
import type { GraphView } from '@/core/graph/graph-view'
import type { KnownObjects } from '@/core/graph/page-notes'
import type { WayRef } from '@/core/graph/page-query'
import { nodeKey, podKey, serviceKey } from '@/core/model/keys'
import type { Kind } from '@/core/model/records'

/** What the whole cluster says about the names in a query. */
export function knownTo(view: GraphView): KnownObjects {
  return {
    hasNamespace: (name) =>
      isKnown(view, name) ? true : inNamespaces.some((kind) => isLoading(view, kind)) ? undefined : false,
    hasNode: (name) => view.node(nodeKey(name)) !== undefined,
    nodeOfPod({ namespace, name }) {
      const pod = view.pod(podKey(namespace, name))
      return pod ? (pod.nodeName ?? '') : null
    },
    waysOf({ namespace, name }, asked) {
      const service = view.service(serviceKey(namespace, name))
      if (!service) return null
      const family = asked.family ?? service.ipFamilies[0] ?? 'IPv4'
      const port = service.ports.find(
        (one) => !asked.port || (one.name === asked.port.name && one.protocol === asked.port.protocol),
      )
      return port && (Object.keys(waysOf(service, { port, family })) as WayRef[])
    },
    hasWorkload: ({ kind, namespace, name }) =>
      view.podsOfNamespace(namespace).some(({ workload }) => workload?.kind === kind && workload.name === name)
        ? true
        : view.coverage('Pod', namespace) === 'synced'
          ? false
          : undefined,
    portsOf: ({ namespace, name }) => view.service(serviceKey(namespace, name))?.ports ?? null,
  }
}

const inNamespaces = ['Namespace', 'Service', 'EndpointSlice', 'Pod'] as const

const isLoading = (view: GraphView, kind: Kind) => view.coverage(kind) === 'loading'

// By its own object or by what stands in it, as the overview knows it.
function isKnown(view: GraphView, name: string): boolean {
  return (
    view.namespace(name) !== undefined ||
    view.servicesOfNamespace(name).length > 0 ||
    view.slicesOfNamespace(name).length > 0 ||
    view.podsOfNamespace(name).length > 0
  )
}
