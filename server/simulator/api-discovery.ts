// Discovery: what a client learns about the API before it lists anything.

import type { JsonObject } from './api-object'
import { apiVersionOf, type Resource, type ResourceName, resourceNames, resources } from './resources'

const kubernetesVersion = 'v1.36.3'

/** The body of a discovery path, or undefined when the path is none. */
export function discovery(pathname: string, isServed: (name: ResourceName) => boolean): JsonObject | undefined {
  const served: readonly Resource[] = resourceNames.filter(isServed).map((name) => resources[name])
  if (pathname === '/version') return version()
  if (pathname === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
  if (pathname === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(served) }
  const match = /^\/(?:api|apis\/([^/]+))(?:\/([^/]+))?$/.exec(pathname)
  if (!match) return undefined
  const [, group = '', wanted] = match
  const rows = served.filter((resource) => resource.group === group && (!wanted || resource.version === wanted))
  if (rows.length === 0) return undefined
  return wanted === undefined ? { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group, rows) } : resourceList(rows)
}

const groupsOf = (served: readonly Resource[]) =>
  [...new Set(served.map(({ group }) => group))].filter((group) => group !== '').map((name) => apiGroup(name, served))

function apiGroup(name: string, served: readonly Resource[]): JsonObject {
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
