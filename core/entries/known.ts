import type { ClusterView } from '../model/cluster-view'
import type { EntryKind } from '../model/records-entries'

/** Whether an object of the kind that is not there is known not to be: all were read, or the API has none. */
export function isKnown(view: ClusterView, kind: EntryKind, namespace?: string): boolean {
  const coverage = view.coverage(kind, namespace)
  return coverage === 'synced' || coverage === 'unserved'
}
