// The picture of a frozen link: the records its audience could see at one moment, packed. Read back it is a cluster like any other,
// in which nothing happens any more, so that every transport shows it as it shows a live one.

import { gunzipSync, gzipSync } from 'node:zlib'
import type { GraphView } from '@/core/graph/graph-view'
import type { ClusterStatus } from '@/core/graph/types'
import type { ClusterEvent, WatchState } from '@/core/model/events'
import { endpointsKey } from '@/core/model/keys'
import type { ClusterRecord, Kind } from '@/core/model/records'
import type { EntryKind } from '@/core/model/records-entries'
import { type ClusterStore, createClusterStore } from '../store/cluster-store'

/** Times are epoch ms. */
type Content = {
  readonly takenAt: number
  readonly events: readonly ClusterEvent[]
  /** Absent in pictures of before it was kept. */
  readonly served?: Served
}

/** Names of kinds that are served and not followed: they tell how far the answers hold, and nobody's secret. */
type Served = Pick<ClusterStatus, 'otherRoutes' | 'otherPolicies'>

const ofNamespaces: readonly EntryKind[] = ['Ingress', 'Gateway', 'HTTPRoute', 'ReferenceGrant']
const classes: readonly EntryKind[] = ['IngressClass', 'GatewayClass']
const namespaced: readonly Kind[] = ['Service', 'EndpointSlice', 'Pod', 'Endpoints', 'NetworkPolicy', ...ofNamespaces]
const clusterWide: readonly Kind[] = ['Node', 'Namespace', 'ConfigMap', 'DaemonSet', ...classes]
const largestPicture = 64 * 1024 * 1024

/** Packs what the view shows of these namespaces at `takenAt`, as base64. Hand in the view of the link's audience. */
export function takePicture(view: GraphView, namespaces: readonly string[], takenAt: number): string {
  const known = [
    ...namespaced.flatMap((kind) => namespaces.map((scope) => coverageOf(view, kind, scope))).flat(),
    ...clusterWide.flatMap((kind) => coverageOf(view, kind, '')),
  ]
  const events: ClusterEvent[] = [
    // What cannot be read comes first: it takes away what is there of its kind.
    ...known.filter(({ type }) => type === 'unavailable'),
    ...recordsOf(view, namespaces).map((record): ClusterEvent => ({ type: 'put', record })),
    ...known.filter(({ type }) => type === 'synced'),
  ]
  const { otherRoutes, otherPolicies } = view.cluster() ?? nameless
  const served = { otherRoutes, otherPolicies }
  return gzipSync(JSON.stringify({ takenAt, events, served } satisfies Content, pack)).toString('base64')
}

/** The cluster of a picture. Throws when the text is none; check its hash first. */
export function openPicture(text: string): ClusterStore {
  const json = gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: largestPicture }).toString('utf8')
  const { takenAt, events, served } = JSON.parse(json, unpack) as Content
  const store = createClusterStore()
  store.apply(events)
  store.setCluster({ ...nameless, ...served })
  for (const event of events) if (event.type === 'synced') store.setWatch(synced(event, takenAt))
  return store
}

function recordsOf(view: GraphView, namespaces: readonly string[]): ClusterRecord[] {
  const services = [...view.services()]
  const legacy = services.flatMap(({ namespace, name }) => view.endpoints(endpointsKey(namespace, name)) ?? [])
  return [
    ...view.namespaces(),
    ...view.nodes(),
    ...services,
    ...view.slices(),
    ...view.pods(),
    ...legacy,
    ...namespaces.flatMap((name) => view.networkPoliciesOfNamespace(name)),
    ...view.configMaps(),
    ...view.daemonSets(),
    ...[...ofNamespaces, ...classes].flatMap((kind): ClusterRecord[] => [...view.entries(kind)]),
  ]
}

function coverageOf(view: GraphView, kind: Kind, scope: string): ClusterEvent[] {
  const coverage = view.coverage(kind, scope === '' ? undefined : scope)
  if (coverage === 'synced') return [{ type: 'synced', kind, scope }]
  return coverage === 'loading' ? [] : [{ type: 'unavailable', kind, scope, why: coverage }]
}

// Links never tell which cluster it is.
const nameless: ClusterStatus = {
  id: 'Cluster',
  kind: 'Cluster',
  source: 'in-cluster',
  name: '',
  version: null,
  contexts: [],
  context: null,
  namespaces: [],
  demoControls: [],
  demoDumps: [],
  otherRoutes: [],
  otherPolicies: [],
}

function synced({ kind, scope }: { readonly kind: Kind; readonly scope: string }, at: number): WatchState {
  const none = { reason: undefined, expected: undefined, nextTryAt: undefined }
  return { kind, scope, state: 'synced', count: 0, since: at, heardAt: at, rejected: 0, ...none }
}

const mapMark = '$map'

function pack(_key: string, value: unknown): unknown {
  return value instanceof Map ? { [mapMark]: [...value] } : value
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(mapMark in value)) return value
  return new Map(value[mapMark] as [unknown, unknown][])
}
