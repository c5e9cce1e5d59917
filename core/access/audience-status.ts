// Which cluster it is and how well it is known, as far as an audience may know.

import type { GraphView } from '../graph/graph-view'
import type { ClusterStatus } from '../graph/types'
import type { WatchState } from '../model/events'
import type { Reject } from '../model/from-api'
import { endpointsKey } from '../model/keys'
import type { Kind } from '../model/records'
import { type Audience, seesNamespace } from './audience'
import { type Hidden, isHiddenKind } from './hidden'

/** Without contexts and without the controls of the embedded cluster: they are for those who see everything. */
export function ownCluster(status: ClusterStatus | undefined, audience: Audience): ClusterStatus | undefined {
  if (status === undefined) return undefined
  const { show } = audience
  return {
    ...status,
    name: show.clusterName ? status.name : '',
    version: show.clusterName ? status.version : null,
    contexts: [],
    context: null,
    namespaces: ownNamespaces(status.namespaces, audience),
    demoControls: [],
    demoDumps: [],
  }
}

function ownNamespaces(watched: readonly string[], { namespaces }: Audience): readonly string[] {
  if (namespaces === 'all') return watched
  const own = [...namespaces].sort()
  return watched.length === 0 ? own : own.filter((name) => watched.includes(name))
}

/** Objects of visible namespaces that were refused. */
export function ownRejects(view: GraphView, { audience }: Hidden, kind: Kind): readonly Reject[] {
  if (kind === 'Node' && !audience.nodes) return []
  const rejects = view.rejectsOf(kind)
  if (audience.namespaces === 'all') return rejects.filter(({ kind: of }) => of !== 'Node' || audience.show.nodeNames)
  return rejects.filter(({ kind: of, namespace, name }) =>
    of === 'Node' ? audience.show.nodeNames : seesNamespace(audience, of === 'Namespace' ? name : namespace),
  )
}

/**
 * Watches of what the audience may see. Their words come from the API server, which names what it likes, so of an error only
 * the code is told; what they count is the audience's own.
 */
export function ownWatches(view: GraphView, hidden: Hidden): readonly WatchState[] {
  const { audience } = hidden
  return view
    .watches()
    .filter(({ scope }) => scope === '' || seesNamespace(audience, scope))
    .map((watch) => (isHiddenKind(hidden, watch.kind) ? unseen(watch) : ownWatch(view, hidden, watch)))
}

const unseen = (watch: WatchState): WatchState => ({
  kind: watch.kind,
  scope: watch.scope,
  state: 'forbidden',
  reason: undefined,
  count: 0,
  expected: undefined,
  since: watch.since,
  heardAt: undefined,
  nextTryAt: undefined,
  rejected: 0,
})

function ownWatch(view: GraphView, hidden: Hidden, watch: WatchState): WatchState {
  const { audience } = hidden
  const { reason } = watch
  const told = { ...watch, reason: reason && { code: reason.code, detail: '' } }
  const isWhole = audience.namespaces === 'all' || watch.scope !== '' || watch.kind === 'Node'
  const rejected = ownRejects(view, hidden, watch.kind).length
  return isWhole
    ? { ...told, rejected }
    : { ...told, count: ownCount(view, audience, watch.kind), expected: undefined, rejected }
}

function ownCount(view: GraphView, { namespaces }: Audience, kind: Kind): number {
  if (namespaces === 'all') return 0
  let count = 0
  for (const name of namespaces) {
    if (kind === 'Service') count += view.servicesOfNamespace(name).length
    else if (kind === 'EndpointSlice') count += view.slicesOfNamespace(name).length
    else if (kind === 'Pod') count += view.podsOfNamespace(name).length
    else if (kind === 'Namespace') count += view.namespace(name) === undefined ? 0 : 1
    else if (kind === 'Endpoints') count += legacyOf(view, name)
  }
  const others = kind === 'ConfigMap' ? view.configMaps() : kind === 'DaemonSet' ? view.daemonSets() : []
  for (const { namespace } of others) if (namespaces.has(namespace)) count += 1
  return count
}

const legacyOf = (view: GraphView, namespace: string): number =>
  view.servicesOfNamespace(namespace).filter(({ name }) => view.endpoints(endpointsKey(namespace, name))).length
