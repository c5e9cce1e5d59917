// Who may log in to the test API server, and their kubeconfigs.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const users = ['admin', 'viewer', 'nobody'] as const
export type User = (typeof users)[number]

/** Writes the service account key and the static token file; only admin has rights. */
export async function writeCredentials(folder: string): Promise<Record<User, string>> {
  const token = () => randomBytes(24).toString('hex')
  const tokens = { admin: token(), viewer: token(), nobody: token() }
  const rows = users.map((user) => `${tokens[user]},${user},${user}${user === 'admin' ? ',system:masters' : ''}\n`)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'sec1', format: 'pem' })
  await writeFile(join(folder, 'tokens.csv'), rows.join(''), { mode: 0o600 })
  await writeFile(join(folder, 'service-account.pem'), pem, { mode: 0o600 })
  return tokens
}

export type Access = { server: string; ca: string; tokens: Record<User, string> }

/** One kubeconfig per user. YAML is a superset of JSON, so they are written as JSON. */
export async function writeKubeconfigs(folder: string, access: Access): Promise<Record<User, string>> {
  const paths = { admin: '', viewer: '', nobody: '' }
  const cluster = { server: access.server, 'certificate-authority-data': Buffer.from(access.ca).toString('base64') }
  for (const user of users) {
    paths[user] = join(folder, `${user}.kubeconfig`)
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster }],
      users: [{ name: user, user: { token: access.tokens[user] } }],
      contexts: [{ name: `${user}@test`, context: { cluster: 'test', user } }],
      'current-context': `${user}@test`,
    }
    await writeFile(paths[user], JSON.stringify(config, null, 2), { mode: 0o600 })
  }
  return paths
}
