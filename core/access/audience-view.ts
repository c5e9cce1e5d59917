// The cluster as one audience sees it. Every projection, explanation and prediction reads a GraphView, so what this one does not
// give reaches nobody. It answers as a store would that holds only what the audience may see (core/access/oracle.test.ts).

import type { GraphView } from '../graph/graph-view'
import type { AddressOwner, ClusterView, Coverage, PodEndpoint } from '../model/cluster-view'
import { type NodeKey, nodeKey, type PodKey, type ServiceKey, splitKey } from '../model/keys'
import type { EndpointSliceRecord, Kind, NodeRecord, PodRecord } from '../model/records'
import { hiddenFamily, standInKind } from '../model/stand-in'
import { holds, serviceHolds } from './address-holders'
import { type Audience, seesEverything, seesNamespace } from './audience'
import { ownCluster, ownRejects, ownWatches } from './audience-status'
import { type Hidden, hiddenFrom, isHiddenKind, nodeWord, spellsNode } from './hidden'
import { createRedaction, type Redaction } from './redact'
import type { StandIns } from './stand-ins'

/**
 * The same view with everything outside the audience gone, or a stand-in where something visible names it; counts are the
 * audience's own. One and the same per view and audience: what is kept by record is kept by its records.
 */
export function audienceView(view: GraphView, audience: Audience, standIns: StandIns): GraphView {
  if (seesEverything(audience)) return view
  const hidden = hiddenFrom(audience, standIns)
  const seen = createSeen(view, hidden)
  return {
    ...objectsOf(view, seen),
    ...referencesOf(view, seen),
    coverage: (kind, namespace) => coverageOf(view, hidden, { kind, namespace }),
    cluster: () => ownCluster(view.cluster(), audience),
    watches: () => ownWatches(view, hidden),
    rejectsOf: (kind) => ownRejects(view, hidden, kind),
  }
}

type Seen = Redaction & {
  readonly hidden: Hidden
  readonly seesKey: (key: string) => boolean
  readonly seesPod: (record: PodRecord | undefined) => record is PodRecord
  readonly seesNode: (record: NodeRecord) => boolean
  /** The node a key of the audience's names; undefined for a name it has not been told. */
  readonly realNode: (key: NodeKey) => NodeKey | undefined
  /** Objects of the namespaces in key order, by a way that costs what is seen and not what is there. */
  readonly inOrder: <T extends { readonly namespace: string }>(
    all: () => Iterable<T>,
    ofNamespace: (name: string) => readonly T[],
  ) => Iterable<T>
}

function createSeen(view: GraphView, hidden: Hidden): Seen {
  const { audience, standIns } = hidden
  const seesPod = (record: PodRecord | undefined): record is PodRecord =>
    record !== undefined &&
    seesNamespace(audience, record.namespace) &&
    !(hidden.nodeNames && (record.workload?.kind === 'Node' || spellsNode(record.name, record.nodeName)))
  const seesKey = (key: string) => seesNamespace(audience, splitKey(key).namespace)
  // Keys sort by `namespace/name`, and a dash sorts before the slash.
  const byKey = (a: string, b: string) => (`${a}/` < `${b}/` ? -1 : 1)
  const namespaces = audience.namespaces === 'all' ? [] : [...audience.namespaces].sort(byKey)
  return {
    ...createRedaction(hidden),
    hidden,
    seesKey,
    seesPod,
    // Who may not list nodes knows of those that something visible stands on.
    seesNode: ({ key }) =>
      audience.nodes || view.podsOfNode(key).some(seesPod) || view.servicesOfNode(key).some(seesKey),
    realNode(key) {
      if (!hidden.nodeNames) return key
      if (standInKind(key) !== 'node') return undefined
      if (standIns.textOf(key) === undefined) learnNodes(view, hidden)
      const name = standIns.textOf(key)
      return name === undefined ? undefined : nodeKey(name)
    },
    *inOrder(all, ofNamespace) {
      if (audience.namespaces === 'all') yield* all()
      else for (const name of namespaces) yield* ofNamespace(name)
    },
  }
}

// A word from before a restart, or from another replica: it is the same here once its name has come by.
function learnNodes(view: GraphView, hidden: Hidden): void {
  for (const { name } of view.nodes()) nodeWord(hidden, name)
  for (const { nodeName } of view.pods()) nodeWord(hidden, nodeName)
  for (const { endpoints } of view.slices()) for (const { nodeName } of endpoints) nodeWord(hidden, nodeName)
}

const servicesOf = (view: GraphView, seen: Seen) =>
  seen.inOrder(
    () => view.services(),
    (name) => view.servicesOfNamespace(name),
  )
const slicesOf = (view: GraphView, seen: Seen) =>
  seen.inOrder(
    () => view.slices(),
    (name) => view.slicesOfNamespace(name),
  )
const podsOf = (view: GraphView, seen: Seen) =>
  seen.inOrder(
    () => view.pods(),
    (name) => view.podsOfNamespace(name),
  )

type Objects = Omit<ClusterView, keyof ReturnType<typeof referencesOf> | 'coverage'>

function objectsOf(view: GraphView, seen: Seen): Objects {
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
    serviceCIDRs: () => (isHiddenKind(seen.hidden, 'ServiceCIDR') ? [] : view.serviceCIDRs()),
    daemonSets: () =>
      freeText ? [] : filtered(view.daemonSets(), ({ namespace }) => seesNamespace(audience, namespace)),
  }
}

function referencesOf(view: GraphView, seen: Seen) {
  const ofNode = <T>(key: NodeKey, list: (real: NodeKey) => readonly T[]): readonly T[] => {
    const real = seen.realNode(key)
    return real === undefined ? [] : list(real)
  }
  return {
    slicesOfService: (key: ServiceKey): readonly EndpointSliceRecord[] =>
      seen.seesKey(key) ? view.slicesOfService(key).map(seen.slice) : [],
    podsOfService: (key: ServiceKey): readonly PodRecord[] =>
      seen.seesKey(key) ? view.podsOfService(key).filter(seen.seesPod).map(seen.pod) : [],
    podsOfNode: (key: NodeKey): readonly PodRecord[] =>
      ofNode(key, (real) => view.podsOfNode(real).filter(seen.seesPod).map(seen.pod)),
    servicesOfNode: (key: NodeKey): readonly ServiceKey[] =>
      ofNode(key, (real) => view.servicesOfNode(real).filter(seen.seesKey)),
    servicesOfPod: (key: PodKey): readonly ServiceKey[] =>
      seen.seesPod(view.pod(key)) ? view.servicesOfPod(key).filter(seen.seesKey) : [],
    endpointsOfPod: (key: PodKey): readonly PodEndpoint[] =>
      seen.seesPod(view.pod(key))
        ? view
            .endpointsOfPod(key)
            .filter(({ slice }) => seen.seesKey(slice.key))
            .map((one) => redactedPlace(one, seen.slice(one.slice)))
        : [],
    ownersOf: (ip: string): readonly AddressOwner[] => ownersOf(view, seen, ip),
  }
}

function redactedPlace(place: PodEndpoint, slice: EndpointSliceRecord): PodEndpoint {
  if (slice === place.slice) return place
  const endpoint = slice.endpoints[place.slice.endpoints.indexOf(place.endpoint)]
  return endpoint === undefined ? place : { slice, endpoint }
}

/** A hidden address is found by its stand-in and by nothing else, a shown one by itself: owners are those whose record holds it as shown. */
function ownersOf(view: GraphView, seen: Seen, ip: string): readonly AddressOwner[] {
  const { standIns } = seen.hidden
  const isWord = hiddenFamily(ip) !== undefined
  if (isWord && standIns.textOf(ip) === undefined) learnAddresses(view, seen)
  const text = isWord ? standIns.textOf(ip) : ip
  if (text === undefined) return []
  const owners = view.ownersOf(text).flatMap((owner) => ownOwner(view, seen, { owner, ip }))
  // By what the audience calls them.
  return seen.hidden.nodeNames ? owners.toSorted((a, b) => (ownerText(a) < ownerText(b) ? -1 : 1)) : owners
}

const ownerText = ({ kind, key }: AddressOwner) => `${kind} ${key}`

function ownOwner(view: GraphView, seen: Seen, { owner, ip }: Owned): AddressOwner | readonly AddressOwner[] {
  if (owner.kind === 'Node') {
    const record = view.node(owner.key)
    const node = record && seen.seesNode(record) ? seen.node(record) : undefined
    return node && holds(node, ip) ? { kind: 'Node', key: node.key } : []
  }
  if (owner.kind === 'Pod') {
    const record = view.pod(owner.key)
    return seen.seesPod(record) && holds(seen.pod(record), ip) ? owner : []
  }
  if (!seen.seesKey(owner.key)) return []
  if (owner.kind === 'EndpointSlice') {
    const record = view.slice(owner.key)
    return record && holds(seen.slice(record), ip) ? owner : []
  }
  const record = view.service(owner.key)
  const via = record && serviceHolds(seen.service(record), ip)
  return via ? { ...owner, via } : []
}

function learnAddresses(view: GraphView, seen: Seen): void {
  for (const service of servicesOf(view, seen)) seen.service(service)
  for (const slice of slicesOf(view, seen)) seen.slice(slice)
  for (const pod of podsOf(view, seen)) seen.pod(pod)
  for (const node of view.nodes()) seen.node(node)
}

const namespaced = (kind: Kind) => kind !== 'Node' && kind !== 'Namespace' && kind !== 'ServiceCIDR'

type Owned = { readonly owner: AddressOwner; readonly ip: string }

type Asked = { readonly kind: Kind; readonly namespace: string | undefined }

/** What the audience may not see is forbidden, whether or not it is there; of a whole kind also when only a part is hidden. */
function coverageOf(view: GraphView, hidden: Hidden, { kind, namespace }: Asked): Coverage {
  const { audience } = hidden
  if (isHiddenKind(hidden, kind)) return 'forbidden'
  const coverage = view.coverage(kind, namespace)
  if (audience.namespaces === 'all' || kind === 'Node') return coverage
  if (namespaced(kind) && namespace !== undefined) return audience.namespaces.has(namespace) ? coverage : 'forbidden'
  return coverage === 'synced' ? 'forbidden' : coverage
}

function* mapped<T, R>(records: Iterable<T>, change: (record: T) => R): Generator<R> {
  for (const record of records) yield change(record)
}

function* filtered<T>(records: Iterable<T>, keep: (record: T) => boolean): Generator<T> {
  for (const record of records) if (keep(record)) yield record
}
