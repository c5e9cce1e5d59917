// Reads a node's kube-proxy settings from where it reads them itself: its configuration file, as the ConfigMap holds it, or its
// arguments. With --config every flag is ignored (cmd/kube-proxy/app/options.go @v1.36.3).

import type { ClusterView } from '../model/cluster-view'
import type { NodeRecord } from '../model/records'
import { readList, readScalar, type Scalar } from '../proxy/proxy-mode-config'
import { configMapsOf, type FoundProxy, proxyDaemonSetsOf, proxyPodsOf } from '../proxy/proxy-mode-pods'
import { readConfigFile } from '../proxy/proxy-mode-settings'

/**
 * `object` is the namespace/name of the ConfigMap, or of the pod or DaemonSet with the arguments; `objects`: names of API objects
 * that the proxy reads itself; '' when there is none.
 */
export type ToldBy = { readonly source: 'config-file' | 'argument' | 'objects' | 'assumed'; readonly object: string }

type Told<T> = { readonly value: T; readonly by: ToldBy }

/**
 * Each takes the default when the setting is not there, or cannot be read: only then, and when neither file nor arguments are
 * known, it counts as assumed; a file that leaves a setting out is known to leave it to kube-proxy's default.
 */
export type SettingsReader = {
  text(path: readonly string[], flag: string | undefined, otherwise: string): Told<string>
  flag(path: readonly string[], flag: string, otherwise: boolean): Told<boolean>
  list(key: string, flag: string): Told<readonly string[]>
  /** A feature gate of the proxy. */
  gate(name: string, otherwise: boolean): Told<boolean>
}

type Source = {
  readonly by: ToldBy
  scalar(path: readonly string[], flag: string | undefined): Scalar
  list(key: string, flag: string): readonly string[] | 'unreadable' | undefined
  gate(name: string): Scalar
}

/** The reader of the node's kube-proxy. Where several run there, or several files are candidates, none is believed. */
export function proxyReader(view: ClusterView, node: NodeRecord): SettingsReader {
  const source = sourceOf(view, node)
  const unreadable: ToldBy = { source: 'assumed', object: source.by.object }
  const text: SettingsReader['text'] = (path, flag, otherwise) => {
    const found = source.scalar(path, flag)
    if (found === 'unreadable') return { value: otherwise, by: unreadable }
    return { value: found === undefined || found.text === '' ? otherwise : found.text, by: source.by }
  }
  return {
    text,
    flag(path, flag, otherwise) {
      const { value, by } = text(path, flag, String(otherwise))
      if (value === 'true' || value === 'false') return { value: value === 'true', by }
      return { value: otherwise, by: unreadable }
    },
    list(key, flag) {
      const found = source.list(key, flag)
      return found === 'unreadable' ? { value: [], by: unreadable } : { value: found ?? [], by: source.by }
    },
    gate(name, otherwise) {
      const found = source.gate(name)
      if (found === undefined) return { value: otherwise, by: source.by }
      const value = found === 'unreadable' ? undefined : BOOLEANS.get(found.text)
      return value === undefined ? { value: otherwise, by: unreadable } : { value, by: source.by }
    },
  }
}

// As the flag's parser has it (strconv.ParseBool).
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false] as const),
])

const nobody: Source = {
  by: { source: 'assumed', object: '' },
  scalar: () => undefined,
  list: () => undefined,
  gate: () => undefined,
}

function sourceOf(view: ClusterView, node: NodeRecord): Source {
  const podsKnown = view.coverage('Pod', 'kube-system') === 'synced'
  const [proxy, ...others] = podsKnown ? proxyPodsOf(view, node) : proxyDaemonSetsOf(view, node)
  if (!proxy || others.length > 0) return nobody
  return proxy.args.readsFile ? fileSource(view, proxy) : argumentSource(proxy)
}

function fileSource(view: ClusterView, proxy: FoundProxy): Source {
  const files = (proxy.daemonSet === undefined ? [] : configMapsOf(view, proxy.daemonSet)).flatMap((configMap) => {
    const file = readConfigFile(configMap)?.file
    return file === undefined ? [] : [{ file, object: configMap.key }]
  })
  const [first, ...others] = files
  if (!first || others.length > 0) return nobody
  return {
    by: { source: 'config-file', object: first.object },
    scalar: (path) => readScalar(first.file, path),
    list: (key) => readList(first.file, key),
    gate: (name) => readScalar(first.file, ['featureGates', name]),
  }
}

function argumentSource({ args, object }: FoundProxy): Source {
  return {
    by: { source: 'argument', object },
    scalar(_path, flag) {
      const value = flag === undefined ? undefined : args.flags.get(flag)
      return value === undefined ? undefined : { text: value }
    },
    list: (_key, flag) => args.flags.get(flag)?.split(','),
    gate(name) {
      const pairs = args.flags.get('feature-gates')?.split(',') ?? []
      const told = pairs.map((pair) => pair.split('=').map((part) => part.trim())).findLast(([key]) => key === name)
      return told && { text: told[1] ?? '' }
    },
  }
}
