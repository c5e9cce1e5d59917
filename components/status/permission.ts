// What to write into a ClusterRole, and how to ask the API server, for kinds that came back 403. Texts for kubectl, not for people.

import type { WatchStatus } from '@/core/graph/types'
import { apiResources } from '@/core/model/api-resources'

/** The rules a Role or ClusterRole lacks, as YAML. */
export function missingRules(missing: readonly WatchStatus[]): string {
  const kinds = [...new Set(missing.map((watch) => watch.resource))]
  const rules = kinds.map((kind) => {
    const { group, plural } = resourceOf(kind)
    return `- apiGroups: ["${group}"]\n  resources: ["${plural}"]\n  verbs: ["get", "list", "watch"]`
  })
  return `rules:\n${rules.join('\n')}`
}

/** `kubectl auth can-i list …` for the same resource, scope and user. */
export function canICommand(watch: WatchStatus, user: string | undefined): string {
  const { group, plural } = resourceOf(watch.resource)
  const resource = group === '' ? plural : `${plural}.${group}`
  const scope = watch.scope === '' ? '-A' : `-n ${watch.scope}`
  const as = user === undefined ? '' : ` --as ${quoted(user)}`
  return `kubectl auth can-i list ${resource} ${scope}${as}`
}

/** The user as the API server named it in its 403, if it did. */
export function deniedUser(missing: readonly WatchStatus[]): string | undefined {
  for (const watch of missing) {
    const named = /User "([^"]+)"/.exec(watch.reason?.detail ?? '')
    if (named) return named[1]
  }
  return undefined
}

// A watch names its kind as text: it came over the wire.
function resourceOf(kind: string): { group: string; plural: string } {
  const known = Object.entries(apiResources).find(([name]) => name === kind)
  return known?.[1] ?? { group: '', plural: kind.toLowerCase() }
}

// A user name is the cluster's text and the command is meant for a shell.
function quoted(text: string): string {
  return /^[\w:@.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
