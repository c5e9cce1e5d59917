// Entries that an audience sees: those of its namespaces, and classes for those who see all of them.

import type { GraphView } from '../graph/graph-view'
import type { ClusterView } from '../model/cluster-view'
import type { EntryKind, EntryOf } from '../model/records-entries'
import { seesNamespace } from './audience'
import { isHiddenKind } from './hidden'
import type { Seen } from './seen'

export function entriesOf(view: GraphView, seen: Seen): Pick<ClusterView, 'entry' | 'entries' | 'entriesOfService'> {
  const sees = (record: EntryOf<EntryKind>): boolean =>
    'namespace' in record
      ? seesNamespace(seen.hidden.audience, record.namespace)
      : !isHiddenKind(seen.hidden, record.kind)
  // A redacted record is of the kind of its own, which the type of the redaction cannot say.
  const told = <R extends EntryOf<EntryKind>>(record: R): R => seen.entry(record) as R
  return {
    entry(kind, key) {
      const record = view.entry(kind, key)
      return record !== undefined && sees(record) ? told(record) : undefined
    },
    *entries(kind) {
      for (const record of view.entries(kind)) if (sees(record)) yield told(record)
    },
    entriesOfService: (key) => (seen.seesKey(key) ? view.entriesOfService(key).filter(sees).map(told) : []),
  }
}
