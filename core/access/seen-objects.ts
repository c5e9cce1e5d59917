// Objects an audience sees, each by its key and in lists.

import type { GraphView } from '../graph/graph-view'
import type { ClusterView } from '../model/cluster-view'
import { seesNamespace } from './audience'
import { isHiddenKind } from './hidden'
import { podsOf, type Seen, servicesOf, slicesOf } from './seen'
import { entriesOf } from './seen-entries'
import type { referencesOf } from './seen-references'

type Objects = Omit<ClusterView, keyof ReturnType<typeof referencesOf> | 'coverage'>

export function objectsOf(view: GraphView, seen: Seen): Objects {
  const { audience, freeText, nodeNames } = seen.hidden
  const ifSeen = <T extends { readonly namespace: string }>(record: T | undefined): T | undefined =>
    record !== undefined && seesNamespace(audience, record.namespace) ? record : undefined
  const map = <T, R>(one: T | undefined, change: (one: T) => R): R | undefined =>
    one === undefined ? undefined : change(one)
  return {
    service: (key) => map(ifSeen(view.service(key)), seen.service),
    services: () => mapped(servicesOf(view, seen), seen.service),
    slice: (key) => map(ifSeen(view.slice(key)), seen.slice),
    slices: () => mapped(slicesOf(view, seen), seen.slice),
    pod(key) {
      const record = view.pod(key)
      return seen.seesPod(record) ? seen.pod(record) : undefined
    },
    pods: () => mapped(filtered(podsOf(view, seen), seen.seesPod), seen.pod),
    node(key) {
      const real = seen.realNode(key)
      const record = real === undefined ? undefined : view.node(real)
      return record && seen.seesNode(record) ? seen.node(record) : undefined
    },
    nodes() {
      const records = mapped(filtered(view.nodes(), seen.seesNode), seen.node)
      // By their stand-ins, or their order would tell of their names.
      return nodeNames ? [...records].sort((a, b) => (a.key < b.key ? -1 : 1)) : records
    },
    endpoints: (key) => map(ifSeen(view.endpoints(key)), seen.endpoints),
    namespace: (name) => (seesNamespace(audience, name) ? map(view.namespace(name), seen.namespace) : undefined),
    namespaces: () =>
      mapped(
        filtered(view.namespaces(), ({ name }) => seesNamespace(audience, name)),
        seen.namespace,
      ),
    servicesOfNamespace: (name) =>
      seesNamespace(audience, name) ? view.servicesOfNamespace(name).map(seen.service) : [],
    slicesOfNamespace: (name) => (seesNamespace(audience, name) ? view.slicesOfNamespace(name).map(seen.slice) : []),
    podsOfNamespace: (name) =>
      seesNamespace(audience, name) ? view.podsOfNamespace(name).filter(seen.seesPod).map(seen.pod) : [],
    configMaps: () =>
      freeText ? [] : filtered(view.configMaps(), ({ namespace }) => seesNamespace(audience, namespace)),
    ...entriesOf(view, seen),
    networkPoliciesOfNamespace: (name) =>
      seesNamespace(audience, name) && !isHiddenKind(seen.hidden, 'NetworkPolicy')
        ? view.networkPoliciesOfNamespace(name).map(seen.networkPolicy)
        : [],
    serviceCIDRs: () => (isHiddenKind(seen.hidden, 'ServiceCIDR') ? [] : view.serviceCIDRs()),
    daemonSets: () =>
      freeText ? [] : filtered(view.daemonSets(), ({ namespace }) => seesNamespace(audience, namespace)),
  }
}

function* mapped<T, R>(records: Iterable<T>, change: (record: T) => R): Generator<R> {
  for (const record of records) yield change(record)
}

function* filtered<T>(records: Iterable<T>, keep: (record: T) => boolean): Generator<T> {
  for (const record of records) if (keep(record)) yield record
}
