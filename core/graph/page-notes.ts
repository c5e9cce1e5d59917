// What of a page's query names nothing in the cluster. The page says it and shows the rest; view.json says it with an error or a
// note. Nothing is said about what has not been read yet.

import type { PortRef } from './page-destination'
import type { PageQuery, PageQueryNote, WayRef } from './page-query'
import { formatRef } from './page-refs'
import { formatWorkloadRef, type WorkloadRef } from './workload-ref'

type Named = { readonly namespace: string; readonly name: string }

/** What a page's query is checked against. Each answer may be undefined: that cannot be said yet. */
export type KnownObjects = {
  readonly hasNamespace: (name: string) => boolean | undefined
  readonly hasNode: (name: string) => boolean | undefined
  /** The pod's node, '' while it has none; null: there is no such pod. */
  readonly nodeOfPod: (pod: Named) => string | null | undefined
  /** Whether a pod names it as its owner. */
  readonly hasWorkload: (workload: WorkloadRef) => boolean | undefined
  /** Null: there is no such Service, which is the focus's fault and not the port's. */
  readonly portsOf: (service: Named) => readonly PortRef[] | null | undefined
  /** The ways by which the port (the first without one) can be called; null as above. A Service's own name counts as its cluster IP. */
  readonly waysOf: (service: Named, of: Pick<PageQuery, 'port' | 'family'>) => readonly WayRef[] | null | undefined
}

/** One note per parameter (per namespace) that names nothing. The focus is not asked for: its own panel says that it is not there. */
export function absentNotes(query: PageQuery, known: KnownObjects): PageQueryNote[] {
  const notes: PageQueryNote[] = []
  const note = (code: PageQueryNote['code'], values: PageQueryNote['values']) => notes.push({ code, values })
  const { from, port, focus } = query
  if (from?.kind === 'Node' && known.hasNode(from.name) === false) {
    note('query-not-found', { parameter: 'from', value: formatRef(from) })
  }
  if (from?.kind === 'Pod') {
    const nodeName = known.nodeOfPod(from)
    const pod = `${from.namespace}/${from.name}`
    if (nodeName === '') note('query-source-without-node', { parameter: 'from', pod })
    if (nodeName === null) note('query-not-found', { parameter: 'from', value: formatRef(from) })
  }
  if (port && focus?.kind === 'Service') {
    const ports = known.portsOf(focus)
    if (ports && !ports.some(({ name, protocol }) => name === port.name && protocol === port.protocol)) {
      note('query-not-found', { parameter: 'port', value: `${port.name}/${port.protocol}` })
    }
  }
  const { way } = query
  // A destination by name or address stands before the Service, and needs no way.
  if (way && way !== 'cluster-ip' && !query.to && focus?.kind === 'Service') {
    const ways = known.waysOf(focus, query)
    const service = `${focus.namespace}/${focus.name}`
    if (ways && !ways.includes(way)) note('query-no-such-way', { parameter: 'way', value: way, service })
  }
  if (query.workload && known.hasWorkload(query.workload) === false) {
    note('query-not-found', { parameter: 'workload', value: formatWorkloadRef(query.workload) })
  }
  for (const namespace of query.namespaces) {
    if (known.hasNamespace(namespace) === false) note('query-empty-namespace', { parameter: 'ns', value: namespace })
  }
  return notes
}
