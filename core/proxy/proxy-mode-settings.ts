// What a kube-proxy was told: by its arguments, or by the configuration file that makes it ignore them
// (cmd/kube-proxy/app/options.go@v1.36.3: with --config every flag but --hostname-override is ignored).

import type { ProxyModeName } from '../graph/types'
import type { ConfigMapRecord } from '../model/records'
import { readScalar } from './proxy-mode-config'

/** `default`: the mode is left empty, which means iptables on Linux and kernelspace on Windows. */
export type ToldMode = ProxyModeName | 'default' | 'unreadable'

export type ProxyArguments = {
  readonly readsFile: boolean
  readonly mode: ToldMode
  /** The mode as it was written, for the evidence. */
  readonly text: string
  readonly scheduler: string | null
  /** Its flags by name; a flag without a value is `true`. The last one counts, as pflag has it. */
  readonly flags: ReadonlyMap<string, string>
}

const modes: readonly ProxyModeName[] = ['iptables', 'ipvs', 'nftables', 'kernelspace', 'userspace']

/** Reads command and args; a shell line inside one argument is read as its words. */
export function readArguments(args: readonly string[]): ProxyArguments {
  const words = args.flatMap((arg) => arg.replaceAll(/['"]/g, '').split(/\s/)).filter((word) => word !== '')
  const flags = flagsOf(words)
  const text = flags.get('proxy-mode') ?? ''
  return {
    readsFile: flags.has('config'),
    mode: toldMode(text),
    text,
    scheduler: schedulerOf(flags.get('ipvs-scheduler')),
    flags,
  }
}

export type ProxyConfigFile = {
  readonly mode: ToldMode
  readonly text: string
  readonly scheduler: string | null
  /** The file itself; undefined when it is none that kube-proxy would accept. */
  readonly file: string | undefined
}

const read = new WeakMap<ConfigMapRecord, ProxyConfigFile | null>()

/** KubeProxyConfiguration of a ConfigMap (kubeadm: config.conf, EKS: config); undefined when it holds neither. */
export function readConfigFile(configMap: ConfigMapRecord): ProxyConfigFile | undefined {
  const known = read.get(configMap)
  if (known !== undefined) return known ?? undefined
  const file = configMap.data.get('config.conf') ?? configMap.data.get('config')
  const config = file === undefined ? null : parseConfigFile(file)
  read.set(configMap, config)
  return config ?? undefined
}

function parseConfigFile(file: string): ProxyConfigFile {
  const kind = readScalar(file, ['kind'])
  const mode = readScalar(file, ['mode'])
  const scheduler = readScalar(file, ['ipvs', 'scheduler'])
  const isOurs = typeof kind === 'object' && kind.text === 'KubeProxyConfiguration'
  // Without its kind the text is not a configuration that kube-proxy would accept, so it says nothing.
  if (!isOurs || mode === 'unreadable') return { mode: 'unreadable', text: '', scheduler: null, file: undefined }
  const text = mode?.text ?? ''
  const known = scheduler === 'unreadable' ? null : schedulerOf(scheduler?.text)
  return { mode: toldMode(text), text, scheduler: known, file }
}

function toldMode(text: string): ToldMode {
  if (text === '') return 'default'
  return modes.find((mode) => mode === text) ?? 'unreadable'
}

// Empty means round robin (pkg/proxy/ipvs/proxier.go@v1.36.3 defaultScheduler).
function schedulerOf(text: string | undefined): string | null {
  if (text === undefined || text === '') return 'rr'
  return /^[a-z]{1,16}$/.test(text) ? text : null
}

// `--flag=value` and `--flag value`; what follows a flag that takes no value is another flag.
function flagsOf(words: readonly string[]): ReadonlyMap<string, string> {
  const flags = new Map<string, string>()
  words.forEach((word, index) => {
    const [, name, value] = /^--([^=]+)(?:=(.*))?/.exec(word) ?? []
    const next = words[index + 1]
    if (name !== undefined) flags.set(name, value ?? (next === undefined || next.startsWith('-') ? 'true' : next))
  })
  return flags
}
