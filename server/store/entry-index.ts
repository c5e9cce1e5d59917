// Ingresses and HTTPRoutes by the Services that their rules name, and Gateways by the routes that name them.

import { namedByIngress, namedByRoute } from '@/core/entries/named'
import type { ServiceKey } from '@/core/model/keys'
import type { ClusterRecord } from '@/core/model/records'
import type { HTTPRouteRecord, IngressRecord } from '@/core/model/records-entries'
import { GroupIndex } from './group-index'

/** What every entry names; those of one kind never stand in another's way, for `kind key` is what they are known by. */
export class EntryIndex {
  private readonly byService = new GroupIndex<Named>()

  add(record: ClusterRecord): void {
    for (const service of servicesNamed(record)) {
      if (isNaming(record)) this.byService.add(service, { key: `${record.key} ${record.kind}`, record })
    }
  }

  remove(record: ClusterRecord): void {
    for (const service of servicesNamed(record)) this.byService.remove(service, `${record.key} ${record.kind}`)
  }

  /** In the order of their keys. */
  of = (service: ServiceKey): readonly (IngressRecord | HTTPRouteRecord)[] =>
    this.byService.of(service).map(({ record }) => record)
}

type Named = { readonly key: string; readonly record: IngressRecord | HTTPRouteRecord }

const isNaming = (record: ClusterRecord): record is IngressRecord | HTTPRouteRecord =>
  record.kind === 'Ingress' || record.kind === 'HTTPRoute'

/** The Services that a record's rules name; none for any other kind. */
export function servicesNamed(record: ClusterRecord): readonly ServiceKey[] {
  if (record.kind === 'Ingress') return namedByIngress(record)
  return record.kind === 'HTTPRoute' ? namedByRoute(record) : []
}
