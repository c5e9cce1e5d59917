// What the overview says about the names in a page's query. What has not been read, or may not be, is not called absent.

import { graphId } from '@/core/graph/ids'
import type { KnownObjects } from '@/core/graph/page-notes'
import type { WatchStatus } from '@/core/graph/types'
import type { PartObjects } from './part-view'

/** `watches`: none means that their state has not arrived. */
export function knownObjects(overview: PartObjects, watches: readonly WatchStatus[]): KnownObjects {
  const states = (kind: string) => watches.filter(({ resource }) => resource === kind).map(({ state }) => state)
  const isRead = (kind: string) => states(kind).length > 0 && states(kind).every((state) => state === 'synced')
  const isSettled = (kind: string) => !states(kind).includes('connecting')
  const absent = <T>(kind: string, value: T) => (isRead(kind) ? value : undefined)
  return {
    hasNamespace(name) {
      if (overview.has(graphId('NamespaceSummary', name))) return true
      // One that may not be read looks empty too, and the note says so.
      return watches.length > 0 && inNamespaces.every(isSettled) ? false : undefined
    },
    hasNode: (name) => (overview.has(graphId('NodeSummary', name)) ? true : absent('Node', false)),
    nodeOfPod({ namespace, name }) {
      const pod = overview.get(graphId('PodSummary', `${namespace}/${name}`))
      return pod?.kind === 'PodSummary' ? (pod.nodeName ?? '') : absent('Pod', null)
    },
    portsOf({ namespace, name }) {
      const service = overview.get(graphId('ServiceSummary', `${namespace}/${name}`))
      return service?.kind === 'ServiceSummary' ? service.ports : absent('Service', null)
    },
  }
}

const inNamespaces = ['Namespace', 'Service', 'EndpointSlice', 'Pod']
