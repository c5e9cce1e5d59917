// Which rights the settings ask for: the watches' own list (kube/resources.ts), and what sign-in and share links add.

import type { Kind } from '@/core/model/records'
import type { AuthMode } from '../access/settings'
import { gatewayResourcesOf, resourcesOf } from '../kube/resources'

/** What RBAC calls attributes. Empty: the core group, the whole cluster, every name. */
export type Attributes = {
  readonly group: string
  readonly resource: string
  readonly verb: string
  readonly namespace: string
  readonly name: string
}

export type Need = Attributes & {
  /** `needed`: there is no picture without. */
  readonly weight: 'needed' | 'useful'
  /** What is not there without it: a key of messages/en/doctor.json, `without`. */
  readonly without: Kind | 'identity' | 'sign-in' | 'shares'
}

export type NeedsOptions = {
  readonly namespaces: readonly string[]
  readonly watchPods: boolean
  readonly mode: AuthMode
  /** The ConfigMap that keeps share links, if they are kept in one. */
  readonly shares: { readonly namespace: string; readonly name: string } | undefined
}

const needed: ReadonlySet<Kind> = new Set<Kind>(['Service', 'EndpointSlice'])

/** Every right that these settings use, in the order in which they are worth having. */
export function needsOf(options: NeedsOptions): readonly Need[] {
  const read = [...resourcesOf(options), ...gatewayResourcesOf(options)]
  const watches = read.flatMap(({ kind, apiVersion, path, scope, watchScope, fieldSelector }) => {
    const named = fieldSelector !== undefined
    const base = {
      group: apiVersion.includes('/') ? (apiVersion.split('/', 1)[0] ?? '') : '',
      resource: path.slice(path.lastIndexOf('/') + 1),
      namespace: kind === 'Namespace' ? '' : scope,
      name: named ? watchScope.slice(watchScope.indexOf('/') + 1) : '',
      weight: needed.has(kind) ? ('needed' as const) : ('useful' as const),
      without: kind,
    }
    return ['list', 'watch'].map((verb) => ({ ...base, verb }))
  })
  return [...watches, identity, ...signIn(options.mode), ...shares(options.shares)]
}

const identity: Need = {
  group: '',
  resource: 'namespaces',
  verb: 'get',
  namespace: '',
  name: 'kube-system',
  weight: 'useful',
  without: 'identity',
}

const reviews = { verb: 'create', namespace: '', name: '', weight: 'needed', without: 'sign-in' } as const

function signIn(mode: AuthMode): readonly Need[] {
  const tokens = { ...reviews, group: 'authentication.k8s.io', resource: 'tokenreviews' }
  const rights = { ...reviews, group: 'authorization.k8s.io', resource: 'subjectaccessreviews' }
  return mode === 'token' ? [tokens, rights] : mode === 'proxy' ? [rights] : []
}

function shares(place: NeedsOptions['shares']): readonly Need[] {
  if (place === undefined) return []
  const base = { group: '', resource: 'configmaps', ...place, weight: 'needed', without: 'shares' } as const
  return ['get', 'watch', 'update'].map((verb) => ({ ...base, verb }))
}
