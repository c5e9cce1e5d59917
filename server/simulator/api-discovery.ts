// Discovery: what a client learns about the API before it lists anything.

import type { JsonObject } from './api-object'
import { apiVersionOf, type Resource, resourceNames, resources } from './resources'

const kubernetesVersion = 'v1.36.3'

const served: readonly Resource[] = resourceNames.map((name) => resources[name])

/** The body of a discovery path, or undefined when the path is none. */
export function discovery(pathname: string): JsonObject | undefined {
  if (pathname === '/version') return version()
  if (pathname === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
  if (pathname === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupNames().map(apiGroup) }
  const match = /^\/(?:api|apis\/([^/]+))(?:\/([^/]+))?$/.exec(pathname)
  if (!match) return undefined
  const [, group = '', wanted] = match
  const rows = served.filter((resource) => resource.group === group && (!wanted || resource.version === wanted))
  if (rows.length === 0) return undefined
  return wanted === undefined ? { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group) } : resourceList(rows)
}

const groupNames = () => [...new Set(served.map(({ group }) => group))].filter((group) => group !== '')

function apiGroup(name: string): JsonObject {
  const version = served.find(({ group }) => group === name)?.version ?? ''
  const entry = { groupVersion: `${name}/${version}`, version }
  return { name, versions: [entry], preferredVersion: entry }
}

function resourceList(rows: readonly Resource[]): JsonObject {
  const [first] = rows
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: first ? apiVersionOf(first) : '',
    resources: rows.map(({ plural, singular, kind, namespaced }) => ({
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: ['get', 'list', 'watch'],
    })),
  }
}

function version(): JsonObject {
  const [major = '', minor = ''] = kubernetesVersion.slice(1).split('.')
  return { major, minor, gitVersion: kubernetesVersion, gitTreeState: 'clean', platform: 'embedded/triplane' }
}
