// Credentials from a command that the user's kubeconfig names (client.authentication.k8s.io). Ours rather than client-node's,
// which has no time limit, does not set KUBERNETES_EXEC_INFO and keeps a token that the server has rejected.
import { spawn } from 'node:child_process'
import { Fault } from './errors'
import { field, isObject, type JsonObject, objectField, stringField } from './json'

export type ExecPlugin = {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export type ExecCredential = {
  readonly token: string
  readonly certificate: string
  readonly key: string
  /** Epoch ms; undefined: until the server rejects it. */
  readonly expiresAt: number | undefined
}

const timeLimit = 30_000
const largestAnswer = 1024 * 1024

/** The plugin of a kubeconfig user; `unusable` when it cannot run without a person at a terminal. */
export function execPluginOf(exec: unknown, cluster: JsonObject): ExecPlugin | 'unusable' {
  if (!isObject(exec)) return 'unusable'
  const command = stringField(exec, 'command')
  if (command === '' || field(exec, 'interactiveMode') === 'Always') return 'unusable'
  const args = field(exec, 'args')
  const given = field(exec, 'env')
  const env = (Array.isArray(given) ? given : []).flatMap((entry) =>
    isObject(entry) ? [[stringField(entry, 'name'), stringField(entry, 'value')] as const] : [],
  )
  return {
    command,
    args: Array.isArray(args) ? args.map(String) : [],
    env: { ...Object.fromEntries(env), KUBERNETES_EXEC_INFO: execInfo(exec, cluster) },
  }
}

/** Runs the plugin. Its own words (first line of stderr) are the detail of the Fault when it fails. */
export function runExecPlugin(plugin: ExecPlugin, env: NodeJS.ProcessEnv, limit = timeLimit): Promise<ExecCredential> {
  return new Promise((resolve, reject) => {
    const fail = (problem: string) => reject(new Fault('credentials-unreadable', `${plugin.command}: ${problem}`))
    // stdin is closed: a plugin that asks a question gets the end of input instead of waiting for ever.
    const child = spawn(plugin.command, plugin.args, {
      env: { ...env, ...plugin.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limit,
      killSignal: 'SIGKILL',
    })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.length > largestAnswer) child.kill('SIGKILL')
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (errors.length < 4096) errors += text
    })
    child.on('error', (error) => fail(error.message))
    child.on('close', (code, signal) => {
      if (signal !== null) return fail(`ended by ${signal}; it may take ${limit / 1000} s`)
      if (code !== 0) return fail(errors.trim() || `exit code ${code}`)
      const credential = parseCredential(output)
      return credential === undefined
        ? fail('its output is not an ExecCredential with a token or a certificate')
        : resolve(credential)
    })
  })
}

function parseCredential(output: string): ExecCredential | undefined {
  let answer: unknown
  try {
    answer = JSON.parse(output)
  } catch {
    return undefined
  }
  if (!isObject(answer) || stringField(answer, 'kind') !== 'ExecCredential') return undefined
  const status = objectField(answer, 'status')
  const expires = Date.parse(stringField(status, 'expirationTimestamp'))
  const credential = {
    token: stringField(status, 'token'),
    certificate: stringField(status, 'clientCertificateData'),
    key: stringField(status, 'clientKeyData'),
    expiresAt: Number.isNaN(expires) ? undefined : expires,
  }
  return credential.token === '' && credential.certificate === '' ? undefined : credential
}

function execInfo(exec: JsonObject, cluster: JsonObject): string {
  const wantsCluster = field(exec, 'provideClusterInfo') === true
  const shared = ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority-data', 'proxy-url']
  const spec = wantsCluster
    ? {
        interactive: false,
        cluster: Object.fromEntries(shared.flatMap((key) => (key in cluster ? [[key, cluster[key]]] : []))),
      }
    : { interactive: false }
  return JSON.stringify({ kind: 'ExecCredential', apiVersion: stringField(exec, 'apiVersion'), spec })
}
