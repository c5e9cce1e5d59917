// What the overview says about the names in a page's query. What has not been read, or may not be, is not called absent.

import { graphId } from '@/core/graph/ids'
import type { KnownObjects } from '@/core/graph/page-notes'
import type { ServiceSummary, WatchStatus } from '@/core/graph/types'
import { parseIp } from '@/core/model/ip'
import type { PartObjects } from './part-view'
import { waysOf } from './service-ways'

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
    waysOf({ namespace, name }, asked) {
      const service = overview.get(graphId('ServiceSummary', `${namespace}/${name}`))
      if (service?.kind !== 'ServiceSummary') return absent('Service', null)
      const port = service.ports.find(
        (one) => !asked.port || (one.name === asked.port.name && one.protocol === asked.port.protocol),
      )
      return port && waysOf(service, port, asked.family ?? familyOf(service)).map(({ way }) => way)
    },
    hasWorkload({ kind, namespace, name }) {
      for (const object of overview.values()) {
        if (object.kind !== 'PodSummary' || object.namespace !== namespace) continue
        if (object.workload === `${kind}/${name}`) return true
      }
      return absent('Pod', false)
    },
    portsOf({ namespace, name }) {
      const service = overview.get(graphId('ServiceSummary', `${namespace}/${name}`))
      return service?.kind === 'ServiceSummary' ? service.ports : absent('Service', null)
    },
  }
}

// The first of its families, by the order of its cluster IPs.
const familyOf = ({ clusterIPs }: ServiceSummary) => (clusterIPs[0] && parseIp(clusterIPs[0])?.family) || 'IPv4'

const inNamespaces = ['Namespace', 'Service', 'EndpointSlice', 'Pod']
