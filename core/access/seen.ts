// What of a view an audience sees, as predicates, and the way from the names it was told to the real ones.

import type { GraphView } from '../graph/graph-view'
import { type NodeKey, nodeKey, splitKey } from '../model/keys'
import type { EndpointSliceRecord, NodeRecord, PodRecord, ServiceRecord } from '../model/records'
import { standInKind } from '../model/stand-in'
import { seesNamespace } from './audience'
import { type Hidden, nodeWord, spellsNode } from './hidden'
import { createRedaction, type Redaction } from './redact'

export type Seen = Redaction & {
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

export function createSeen(view: GraphView, hidden: Hidden): Seen {
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
    ...createRedaction(hidden, (name) => view.namespace(name)),
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

export const servicesOf = (view: GraphView, seen: Seen): Iterable<ServiceRecord> =>
  seen.inOrder(
    () => view.services(),
    (name) => view.servicesOfNamespace(name),
  )
export const slicesOf = (view: GraphView, seen: Seen): Iterable<EndpointSliceRecord> =>
  seen.inOrder(
    () => view.slices(),
    (name) => view.slicesOfNamespace(name),
  )
export const podsOf = (view: GraphView, seen: Seen): Iterable<PodRecord> =>
  seen.inOrder(
    () => view.pods(),
    (name) => view.podsOfNamespace(name),
  )
