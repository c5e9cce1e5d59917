// Two replicas of the built product behind an Ingress, as the chart runs them: one key, one public address, sign-in by token.
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ControlPlane } from '../cluster/control-plane'
import { type Guard, type Program, startProgram, untilUp } from '../cluster/processes'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type ReplicaOptions = {
  readonly cluster: ControlPlane
  readonly guard: Guard
  readonly folder: string
  readonly publicUrl: string
  /** The tree that runs: another one for another version. */
  readonly tree?: string
}

/** Starts a replica on this loopback port and waits until it says that it is ready. */
export async function startReplica(port: number, options: ReplicaOptions): Promise<Program> {
  const { cluster, guard, folder, publicUrl, tree = root } = options
  const settings = {
    PORT: String(port),
    TRIPLANE_CLUSTER: 'kubeconfig',
    KUBECONFIG: cluster.kubeconfigPath,
    TRIPLANE_AUTH: 'token',
    TRIPLANE_PUBLIC_URL: publicUrl,
    TRIPLANE_TRUSTED_PROXIES: '127.0.0.1',
    TRIPLANE_KEY_FILE: join(folder, 'key'),
    TRIPLANE_STATE_DIR: folder,
  }
  const environment = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const kept = ['PATH', 'HOME'].map((name) => `${name}=${process.env[name] ?? ''}`)
  const command = ['/usr/bin/env', '-i', ...kept, ...environment, process.execPath, join(tree, 'server', 'launch.mjs')]
  const program = startProgram(command, join(folder, `replica-${port}.log`), guard)
  await untilUp(
    program,
    async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok ?? false,
  )
  return program
}

export async function writeKey(folder: string): Promise<void> {
  await writeFile(join(folder, 'key'), randomBytes(32).toString('base64'), { mode: 0o600 })
}
