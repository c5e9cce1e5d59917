// A ServiceAccount with exactly the rights that a render gives it, on the test control plane.
import type { KubeApi, KubeObject } from '../cluster/api.ts'
import { type Render, renderObjects } from './chart.ts'

const rightsKinds = [
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
]

/** Creates the namespace of the release, where any pod must be `restricted`. */
export async function createReleaseNamespace(api: KubeApi, name: string): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  await api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })
}

/** Installs what a render says but the pods, which need nodes; resolves with all of its objects. */
export async function install(api: KubeApi, render: Render & { namespace: string }): Promise<readonly KubeObject[]> {
  const objects = await renderObjects(render)
  for (const object of objects) if (rightsKinds.includes(object.kind)) await api.apply(object)
  return objects
}

/** A token of a service account (TokenRequest), for the API server or for another audience. */
export async function tokenOf(api: KubeApi, account: string, audience?: string): Promise<string> {
  const [namespace, name] = account.split('/')
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`
  const spec = { expirationSeconds: 3600, ...(audience !== undefined && { audiences: [audience] }) }
  const { status } = await api.post<{ status: { token: string } }>(path, { spec })
  return status.token
}
