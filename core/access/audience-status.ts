// Which cluster it is and how well it is known, as far as an audience may know.

import type { GraphView } from '../graph/graph-view'
import type { ClusterStatus } from '../graph/types'
import type { WatchState } from '../model/events'
import type { Reject } from '../model/from-api'
import { endpointsKey } from '../model/keys'
import type { Kind } from '../model/records'
import { isEntryKind } from '../model/records-entries'
import { type Audience, seesNamespace } from './audience'
import { type Hidden, isHiddenKind, spellsNode } from './hidden'
import { podsOf, type Seen } from './seen'

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

/** Objects of visible namespaces that were refused, without the names in them that the audience is not told. */
export function ownRejects(view: GraphView, hidden: Hidden, kind: Kind): readonly Reject[] {
  const { audience } = hidden
  if (isHiddenKind(hidden, kind)) return []
  const seen = ({ kind: of, namespace, name }: Reject): boolean =>
    of === 'Node' ? audience.show.nodeNames : seesNamespace(audience, of === 'Namespace' ? name : namespace)
  return view
    .rejectsOf(kind)
    .filter(seen)
    .map((reject) => toldReject(view, hidden, reject))
}

// The path of a bad label ends in its key.
const mapPath = /^(metadata\.(?:labels|annotations)|spec\.selector)\..*$/s

function toldReject(view: GraphView, hidden: Hidden, reject: Reject): Reject {
  const { namespace, name, field } = reject
  const isNamed = reject.kind !== 'Pod' || !hidden.nodeNames || !maySpellNode(view, name)
  return {
    ...reject,
    name: isNamed ? name : hidden.standIns.of('name', `${namespace}/${name}`),
    field: hidden.labels ? field.replace(mapPath, '$1') : field,
  }
}

/** Of a refused pod its node is not known; while not all nodes are, it may be named after any. */
function maySpellNode(view: GraphView, pod: string): boolean {
  if (view.coverage('Node') !== 'synced' || view.rejectsOf('Node').length > 0) return true
  for (const { name } of view.nodes()) if (spellsNode(pod, name)) return true
  return false
}

/**
 * Watches of what the audience may see. Their words come from the API server, which names what it likes, so of an error only
 * the code is told; what they count is the audience's own.
 */
export function ownWatches(view: GraphView, seen: Seen): readonly WatchState[] {
  const { hidden } = seen
  const { audience } = hidden
  return view
    .watches()
    .filter(({ scope }) => scope === '' || seesNamespace(audience, scope))
    .map((watch) => (isHiddenKind(hidden, watch.kind) ? unseen(watch) : ownWatch(view, seen, watch)))
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

function ownWatch(view: GraphView, seen: Seen, watch: WatchState): WatchState {
  const { hidden } = seen
  const { audience } = hidden
  const { kind, scope, reason } = watch
  const told = {
    ...watch,
    reason: reason && { code: reason.code, detail: '' },
    rejected: ownRejects(view, hidden, kind).length,
  }
  if (kind === 'Pod' && hidden.nodeNames) return { ...told, count: ownPods(view, seen, scope), expected: undefined }
  if (audience.namespaces === 'all' || scope !== '' || kind === 'Node') return told
  return { ...told, count: ownCount(view, audience, kind), expected: undefined }
}

// Pods that are named after their node are hidden with its name.
function ownPods(view: GraphView, seen: Seen, scope: string): number {
  let count = 0
  for (const pod of scope === '' ? podsOf(view, seen) : view.podsOfNamespace(scope)) if (seen.seesPod(pod)) count += 1
  return count
}

function ownCount(view: GraphView, { namespaces }: Audience, kind: Kind): number {
  if (namespaces === 'all') return 0
  let count = 0
  for (const name of namespaces) {
    if (kind === 'Service') count += view.servicesOfNamespace(name).length
    else if (kind === 'EndpointSlice') count += view.slicesOfNamespace(name).length
    else if (kind === 'Pod') count += view.podsOfNamespace(name).length
    else if (kind === 'Namespace') count += view.namespace(name) === undefined ? 0 : 1
    else if (kind === 'NetworkPolicy') count += view.networkPoliciesOfNamespace(name).length
    else if (kind === 'Endpoints') count += legacyOf(view, name)
  }
  if (isEntryKind(kind))
    for (const record of view.entries(kind)) if ('namespace' in record && namespaces.has(record.namespace)) count += 1
  const others = kind === 'ConfigMap' ? view.configMaps() : kind === 'DaemonSet' ? view.daemonSets() : []
  for (const { namespace } of others) if (namespaces.has(namespace)) count += 1
  return count
}

const legacyOf = (view: GraphView, namespace: string): number =>
  view.servicesOfNamespace(namespace).filter(({ name }) => view.endpoints(endpointsKey(namespace, name))).length
