import type { Coverage } from '@/core/model/cluster-view'
import type { Kind } from '@/core/model/records'

/** What is known of each kind, by scope ('' is the whole cluster, else one namespace). */
export class CoverageMap {
  private readonly scopes = new Map<Kind, Map<string, Coverage>>()

  /** True when it changed. */
  set(kind: Kind, scope: string, coverage: Coverage): boolean {
    const scopes = this.scopes.get(kind) ?? new Map<string, Coverage>()
    this.scopes.set(kind, scopes)
    if (scopes.get(scope) === coverage) return false
    scopes.set(scope, coverage)
    return true
  }

  /** A namespace's own scope says more than the cluster's; of the whole kind, one synced scope is enough to show something. */
  of(kind: Kind, namespace?: string): Coverage {
    const scopes = this.scopes.get(kind)
    if (scopes === undefined) return 'loading'
    if (namespace !== undefined) return scopes.get(namespace) ?? scopes.get('') ?? 'loading'
    const all = [...scopes.values()]
    return all.includes('synced') ? 'synced' : (scopes.get('') ?? all[0] ?? 'loading')
  }

  /** Namespaces that have a scope of their own in sync. */
  isSyncedAlone(kind: Kind, namespace: string): boolean {
    return namespace !== '' && this.scopes.get(kind)?.get(namespace) === 'synced'
  }
}
