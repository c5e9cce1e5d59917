// A person of the tests: a service account that may list what the map shows, and a token of it for Triplane.
import type { KubeApi } from '../cluster/api'
import { tokenOf } from '../deploy/rights'

/** Creates the account `<namespace>/reader` and returns what it signs in with. */
export async function readerToken(api: KubeApi, namespace: string): Promise<string> {
  const apiVersion = 'rbac.authorization.k8s.io/v1'
  const metadata = { name: 'reader' }
  await api.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { ...metadata, namespace } })
  const rules = [
    { apiGroups: [''], resources: ['services', 'pods', 'nodes', 'namespaces', 'endpoints'], verbs: ['list'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list'] },
  ]
  await api.create({ apiVersion, kind: 'ClusterRole', metadata, rules })
  await api.create({
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' },
    subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace }],
  })
  return tokenOf(api, `${namespace}/reader`, 'triplane')
}
