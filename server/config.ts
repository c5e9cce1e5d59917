// Everything that can be set from outside, read once at start. A bad value stops the start and names its variable. Plain Node reads
// this file too (launch.mjs): its imports carry their .ts, and it has no syntax that more than drops out with the types.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type AuthConfig, authSettings, readAuth } from './access/settings.ts'
import { type FrontConfig, frontSettings, readFront } from './front/settings.ts'
import { homeOf } from './home.ts'
import { readShares, type SharesConfig, shareSettings } from './share/settings.ts'

const clusterChoices = ['auto', 'embedded', 'kubeconfig', 'in-cluster'] as const
const podChoices = ['all', 'none'] as const
const localeChoices = ['en', 'en-XA'] as const
export const logLevels = ['error', 'warn', 'info', 'debug'] as const
export const demoScenarios = [
  'shop',
  'course',
  'crowd',
  'ipv6',
  'healthy',
  'broken-dead-selector',
  'broken-etp-local',
  'broken-family',
  'broken-hints-ignored',
  'broken-hints-overload',
  'broken-ipmode-proxy',
  'broken-itp-local',
  'broken-leftovers',
  'broken-entries',
  'broken-named-port',
  'broken-proxy-mode',
  'broken-source-ranges',
  'broken-stale-rules',
  'broken-terminating-only',
  'broken-unready',
] as const
const demoSizes = ['small'] as const

type ClusterSource = Exclude<(typeof clusterChoices)[number], 'auto'>

export type Config = {
  readonly port: number
  /** What TRIPLANE_CLUSTER came to: `auto` is resolved here. */
  readonly source: ClusterSource
  /** Files that make up the kubeconfig, first one wins; empty when the source is another. */
  readonly kubeconfigFiles: readonly string[]
  /** Undefined: the kubeconfig's current context. */
  readonly context: string | undefined
  /** Empty: the whole cluster. */
  readonly namespaces: readonly string[]
  readonly watchPods: (typeof podChoices)[number]
  readonly locale: (typeof localeChoices)[number]
  /** Port of the operations listener; 0: none. */
  readonly opsPort: number
  readonly logLevel: (typeof logLevels)[number]
  readonly demo: {
    readonly scenario: (typeof demoScenarios)[number]
    readonly size: (typeof demoSizes)[number]
    readonly seed: number
    readonly speed: number
  }
  /** How people are let in. */
  readonly auth: AuthConfig
  /** Undefined: a key of this process alone. */
  readonly keyFile: string | undefined
  /** Where share links are kept. */
  readonly shares: SharesConfig
  /** Where people reach it. */
  readonly front: FrontConfig
}

/** One row per variable; `meaning` is a key of messages/en/settings.json. The README's table is made from this. */
export const settings = [
  { name: 'PORT', default: '3000', meaning: 'port' },
  { name: 'TRIPLANE_CLUSTER', default: 'auto', meaning: 'cluster' },
  { name: 'KUBECONFIG', default: '~/.kube/config', meaning: 'kubeconfig' },
  { name: 'TRIPLANE_CONTEXT', default: '', meaning: 'context' },
  { name: 'TRIPLANE_NAMESPACES', default: '', meaning: 'namespaces' },
  { name: 'TRIPLANE_WATCH_PODS', default: 'all', meaning: 'watch-pods' },
  { name: 'TRIPLANE_DEMO_SCENARIO', default: 'shop', meaning: 'demo-scenario' },
  { name: 'TRIPLANE_DEMO_SIZE', default: 'small', meaning: 'demo-size' },
  { name: 'TRIPLANE_DEMO_SEED', default: '1', meaning: 'demo-seed' },
  { name: 'TRIPLANE_DEMO_SPEED', default: '1', meaning: 'demo-speed' },
  { name: 'TRIPLANE_LOCALE', default: 'en', meaning: 'locale' },
  { name: 'TRIPLANE_OPS_PORT', default: '0', meaning: 'ops-port' },
  { name: 'TRIPLANE_LOG_LEVEL', default: 'info', meaning: 'log-level' },
  ...authSettings,
  ...shareSettings,
  ...frontSettings,
] as const

type Setting = (typeof settings)[number]['name']
export type Environment = Readonly<Record<string, string | undefined>>

/** A setting that cannot be used. `message` begins with the variable's name. */
export class ConfigError extends Error {
  readonly variable: Setting
  constructor(variable: Setting, problem: string) {
    super(`${variable}: ${problem}`)
    this.name = 'ConfigError'
    this.variable = variable
  }
}

const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/** Reads the settings; `fileExists` is a parameter so that tests need no files. Throws ConfigError. */
export function readConfig(env: Environment, fileExists: (path: string) => boolean = existsSync): Config {
  const context = text(env, 'TRIPLANE_CONTEXT') || undefined
  const asked = oneOf(env, 'TRIPLANE_CLUSTER', clusterChoices)
  // The embedded cluster is a door to nothing: not even the existence of a real one is looked at.
  const files = asked === 'embedded' ? [] : kubeconfigFiles(env, fileExists)
  const source =
    asked === 'auto' ? resolveAuto(files.length > 0, context !== undefined, inCluster(env, fileExists)) : asked
  if (source === 'in-cluster' && !inCluster(env, fileExists)) {
    throw new ConfigError('TRIPLANE_CLUSTER', `in-cluster, but there is no service account at ${serviceAccountToken}`)
  }
  if (source === 'kubeconfig' && files.length === 0) {
    throw new ConfigError('KUBECONFIG', `no kubeconfig found; looked at ${lookedAt(env).join(', ')}`)
  }
  if (context !== undefined && source !== 'kubeconfig') {
    throw new ConfigError('TRIPLANE_CONTEXT', `"${context}" needs a kubeconfig, but the cluster is ${source}`)
  }
  const reader = {
    text: (name: Setting) => text(env, name),
    list: (name: Setting) => list(env, name),
    fail(name: Setting, problem: string): never {
      throw new ConfigError(name, problem)
    },
  }
  const auth = readAuth(source, reader)
  return deepFreeze({
    port: integer(env, 'PORT', { min: 1, max: 65_535 }),
    source,
    kubeconfigFiles: source === 'kubeconfig' ? files : [],
    context,
    namespaces: namespaces(env),
    watchPods: oneOf(env, 'TRIPLANE_WATCH_PODS', podChoices),
    locale: oneOf(env, 'TRIPLANE_LOCALE', localeChoices),
    opsPort: integer(env, 'TRIPLANE_OPS_PORT', { min: 0, max: 65_535 }),
    logLevel: oneOf(env, 'TRIPLANE_LOG_LEVEL', logLevels),
    demo: {
      scenario: oneOf(env, 'TRIPLANE_DEMO_SCENARIO', demoScenarios),
      size: oneOf(env, 'TRIPLANE_DEMO_SIZE', demoSizes),
      seed: integer(env, 'TRIPLANE_DEMO_SEED', { min: 0, max: 2 ** 31 - 1 }),
      speed: speed(env),
    },
    auth,
    keyFile: text(env, 'TRIPLANE_KEY_FILE') || undefined,
    shares: readShares({ ...reader, source, hasKeyFile: text(env, 'TRIPLANE_KEY_FILE') !== '', env }),
    front: readFront(auth.mode, reader),
  })
}

// A named context means a kubeconfig even inside a cluster; otherwise the pod's own service account comes first.
function resolveAuto(hasKubeconfig: boolean, hasContext: boolean, isInCluster: boolean): ClusterSource {
  if (hasContext) return 'kubeconfig'
  if (isInCluster) return 'in-cluster'
  return hasKubeconfig ? 'kubeconfig' : 'embedded'
}

function inCluster(env: Environment, fileExists: (path: string) => boolean): boolean {
  return Boolean(env.KUBERNETES_SERVICE_HOST) && fileExists(serviceAccountToken)
}

// A file that KUBECONFIG names and that is not there is an error, unless another of its files is: kubectl skips those.
function kubeconfigFiles(env: Environment, fileExists: (path: string) => boolean): string[] {
  const named = lookedAt(env)
  const present = named.filter(fileExists)
  if (present.length === 0 && text(env, 'KUBECONFIG') !== '') {
    throw new ConfigError('KUBECONFIG', `no such file: ${named.join(', ')}`)
  }
  return present
}

function lookedAt(env: Environment): string[] {
  const named = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file.trim() !== '')
  return named.length > 0 ? named : [join(homeOf(env), '.kube', 'config')]
}

function namespaces(env: Environment): string[] {
  const names = list(env, 'TRIPLANE_NAMESPACES')
  const bad = names.find((name) => name.length > 63 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
  if (bad !== undefined) throw new ConfigError('TRIPLANE_NAMESPACES', `"${bad}" is not a namespace name`)
  return names
}

// Items of a comma list, each once, in order of the alphabet.
function list(env: Environment, name: Setting): string[] {
  const items = text(env, name)
    .split(',')
    .map((item) => item.trim())
  return [...new Set(items.filter((item) => item !== ''))].sort()
}

function speed(env: Environment): number {
  const value = text(env, 'TRIPLANE_DEMO_SPEED')
  const number = Number(value)
  if (!/^\d+(\.\d+)?$/.test(value) || number > 100) {
    throw new ConfigError('TRIPLANE_DEMO_SPEED', `"${value}" is not a number from 0 (standing still) to 100`)
  }
  return number
}

function integer(env: Environment, name: Setting, range: { min: number; max: number }): number {
  const value = text(env, name)
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < range.min || number > range.max) {
    throw new ConfigError(name, `"${value}" is not a whole number from ${range.min} to ${range.max}`)
  }
  return number
}

function oneOf<const T extends readonly string[]>(env: Environment, name: Setting, choices: T): T[number] {
  const value = text(env, name)
  const choice = choices.find((candidate) => candidate === value)
  if (choice === undefined) throw new ConfigError(name, `"${value}" is not one of ${choices.join(', ')}`)
  return choice
}

// A variable that is set to nothing counts as not set, as shells and charts often do that.
function text(env: Environment, name: Setting): string {
  const value = env[name]?.trim()
  return value || (name === 'KUBECONFIG' ? '' : (settings.find((setting) => setting.name === name)?.default ?? ''))
}

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value)) if (typeof child === 'object' && child !== null) deepFreeze(child)
  return Object.freeze(value)
}
