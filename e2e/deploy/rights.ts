// A ServiceAccount with exactly the rights that a render gives it, on the test control plane.
import type { KubeApi, KubeObject } from '../cluster/api.ts'
import type { ControlPlane } from '../cluster/control-plane.ts'
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

/** Somebody who may read everything that the product may show. */
export async function createReader(api: KubeApi, account: string): Promise<void> {
  const [namespace = '', name = ''] = account.split('/')
  const apiVersion = 'rbac.authorization.k8s.io/v1'
  const read = { apiGroups: ['', 'discovery.k8s.io'], resources: ['*'], verbs: ['get', 'list', 'watch'] }
  const subjects = [{ kind: 'ServiceAccount', namespace, name }]
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }
  await api.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } })
  await api.create({ apiVersion, kind: 'ClusterRole', metadata: { name }, rules: [read] })
  await api.create({ apiVersion, kind: 'ClusterRoleBinding', metadata: { name }, roleRef, subjects })
}

const accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount'

/** What a kubelet gives the pod of an installed release: the token of its service account, the Secrets that it mounts, and the address of the API server. */
export async function serviceAccountFiles(
  cluster: ControlPlane,
  namespace: string,
  objects: readonly KubeObject[],
): Promise<{ files: Record<string, string>; env: Record<string, string> }> {
  const server = new URL(cluster.server)
  const secret = objects.find(({ kind }) => kind === 'Secret')
  const { key = '' } = (secret?.data ?? {}) as { key?: string }
  return {
    env: { KUBERNETES_SERVICE_HOST: server.hostname, KUBERNETES_SERVICE_PORT: server.port },
    files: {
      [`${accountFolder}/token`]: await tokenOf(cluster.api, `${namespace}/triplane`),
      [`${accountFolder}/ca.crt`]: cluster.ca,
      [`${accountFolder}/namespace`]: namespace,
      '/etc/triplane/key/key': Buffer.from(key, 'base64').toString('utf8'),
    },
  }
}
