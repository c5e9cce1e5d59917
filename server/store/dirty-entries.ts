// Services whose problems may be others after a change of what lets connections in (core/problems/checks/broken-entries.ts).

import type { ClusterView } from '@/core/model/cluster-view'
import type { ServiceKey } from '@/core/model/keys'
import type { ClusterRecord, Kind, NamespaceRecord } from '@/core/model/records'
import { type EntryRecord, type HTTPRouteRecord, isEntryKind } from '@/core/model/records-entries'
import { servicesNamed } from './entry-index'

/** What is read of a namespace: its labels, by listeners that select. */
export type EntryChange = EntryRecord | NamespaceRecord

export const isEntryChange = (record: ClusterRecord): record is EntryChange =>
  record.kind === 'Namespace' || isEntryKind(record.kind)

/** Of a record as it was, or as it is, in the present state of the view. */
export function servicesOfEntry(view: ClusterView, record: EntryChange): Iterable<ServiceKey> {
  switch (record.kind) {
    case 'Ingress':
    case 'HTTPRoute':
      return servicesNamed(record)
    case 'IngressClass':
      return namedBy(view.entries('Ingress'))
    case 'GatewayClass':
      return namedBy(view.entries('HTTPRoute'))
    case 'Gateway':
      return namedBy(
        routes(view, ({ parents }) => parents.some((one) => `${one.namespace}/${one.name}` === record.key)),
      )
    case 'ReferenceGrant':
      return within(namedBy(view.entries('HTTPRoute')), record.namespace)
    case 'Namespace':
      return namedBy(routes(view, ({ namespace }) => namespace === record.name))
  }
}

/** Those that any entry names, when what is known of a kind changes. */
export function servicesOfEntries(view: ClusterView, kind: Kind): Iterable<ServiceKey> {
  if (!isEntryKind(kind)) return []
  return kind === 'Ingress' || kind === 'IngressClass'
    ? namedBy(view.entries('Ingress'))
    : namedBy(view.entries('HTTPRoute'))
}

function* namedBy(records: Iterable<ClusterRecord>): Generator<ServiceKey> {
  for (const record of records) yield* servicesNamed(record)
}

function* routes(view: ClusterView, keep: (route: HTTPRouteRecord) => boolean): Generator<HTTPRouteRecord> {
  for (const route of view.entries('HTTPRoute')) if (keep(route)) yield route
}

function* within(keys: Iterable<ServiceKey>, namespace: string): Generator<ServiceKey> {
  for (const key of keys) if (key.startsWith(`${namespace}/`)) yield key
}
