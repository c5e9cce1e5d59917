// The proxy mode of one node, from what the API shows (semantics 10). Nothing here is proof: only the proxy's own answer would
// be, so `likely` is the best. Every source that was looked at is told, the silent ones too.

import type { ProxyModeEvidence, ProxyModeName, ProxyModeVerdict } from '../graph/types'
import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { ConfigMapRecord, Kind, NodeRecord } from '../model/records'
import { configMapsOf, type FoundProxy, proxyDaemonSetsOf, proxyPodsOf } from './proxy-mode-pods'
import { replacementSigns } from './proxy-mode-replacement'
import { type ProxyConfigFile, readConfigFile, type ToldMode } from './proxy-mode-settings'

export type InferredProxyMode = {
  readonly verdict: ProxyModeVerdict
  readonly evidence: readonly ProxyModeEvidence[]
  readonly contradictions: readonly Reason[]
}

const unknown: ProxyModeVerdict = { state: 'unknown', confidence: 'unknown' }

/**
 * Windows is kernelspace; else a replacement whose agent runs here; else what the node's own kube-proxy pod was told; where pods
 * cannot be read, what the DaemonSet tells that selects the node. Anything less is unknown.
 */
export function inferProxyMode(view: ClusterView, node: NodeRecord): InferredProxyMode {
  const podsKnown = view.coverage('Pod', 'kube-system') === 'synced'
  const pods = proxyPodsOf(view, node)
  const daemonSets = proxyDaemonSetsOf(view, node)
  const [pod] = pods
  const [daemonSet] = daemonSets
  const proxies = podsKnown ? pods : daemonSets
  const readings = proxies.map((proxy) => readProxy(view, node, proxy))
  const modes = [...new Map(readings.map((reading) => [JSON.stringify(reading.verdict), reading.verdict])).values()]
  const byProxy = modes.length === 1 ? (modes[0] ?? unknown) : unknown
  const signs = replacementSigns(view, node)
  const replaced = signs.find((sign) => sign.evidence.weight === 'for')
  const isWindows = osOf(node) === 'windows'
  const verdict: ProxyModeVerdict = isWindows
    ? { state: 'mode', mode: 'kernelspace', scheduler: null, confidence: 'likely' }
    : replaced
      ? { state: 'replaced', by: replaced.by, confidence: 'likely' }
      : byProxy

  const evidence = [
    ...osEvidence(node, isWindows),
    ...readings.flatMap((reading) => reading.evidence),
    ...(podsKnown && pod ? [] : [silent('pod', podsKnown ? 'proxy-pod-absent' : notReadable(view, 'Pod'), 'Pod')]),
    ...daemonSetEvidence(view, daemonSets, podsKnown),
    ...configMapEvidence(view, readings),
    ...signs.map((sign) => sign.evidence),
    silent('proxy-mode-endpoint', 'proxy-endpoint-not-asked', ''),
  ]
  const contradictions = [
    ...readings.flatMap((reading) => reading.contradictions),
    ...(modes.length > 1 ? [reason('proxy-sources-disagree', { count: modes.length })] : []),
    ...(replaced && pod ? [reason('proxy-beside-replacement', { by: replaced.by, pod: pod.object })] : []),
    ...(podsKnown && !pod && daemonSet && !replaced
      ? [reason('proxy-pod-missing', { daemonSet: daemonSet.object })]
      : []),
    ...againstDaemonSet(pods, daemonSets),
    ...(isWindows ? notKernelspace(readings) : []),
  ]
  return { verdict, evidence: weighed(evidence, verdict), contradictions }
}

type Reading = {
  readonly verdict: ProxyModeVerdict
  readonly evidence: readonly ProxyModeEvidence[]
  readonly contradictions: readonly Reason[]
}

// What one kube-proxy was told. With --config its flags count for nothing.
function readProxy(view: ClusterView, node: NodeRecord, proxy: FoundProxy): Reading {
  const { args, source, object } = proxy
  const at = proxy.startedAt ?? null
  const told = (weight: ProxyModeEvidence['weight'], code: string, values = {}): ProxyModeEvidence => ({
    ...{ source, weight, object, at },
    reason: reason(`proxy-${source}-${code}`, values),
  })
  if (args.readsFile) {
    const file = readFileOf(view, node, proxy)
    const ignored = args.text !== '' && args.text !== modeName(file.verdict)
    const flags = ignored ? [reason('proxy-flag-ignored', { flag: args.text.slice(0, 40), object })] : []
    return {
      ...file,
      evidence: [told('for', 'reads-file'), ...file.evidence],
      contradictions: [...flags, ...file.contradictions],
    }
  }
  const verdict = verdictOf(args.mode, args.scheduler, node)
  if (args.mode === 'unreadable') {
    return {
      verdict,
      evidence: [told('none', 'flag-unreadable', { flag: args.text.slice(0, 40) })],
      contradictions: [],
    }
  }
  const evidence = args.mode === 'default' ? told('for', 'default') : told('for', 'flag', { mode: args.mode })
  return { verdict, evidence: [evidence], contradictions: [] }
}

// The ConfigMap is the mode that was meant. A pod older than its last change may still run another one.
function readFileOf(view: ClusterView, node: NodeRecord, proxy: FoundProxy): Reading {
  if (proxy.daemonSet === undefined) return withoutFile(proxy, 'proxy-file-on-node')
  const files = configMapsOf(view, proxy.daemonSet).flatMap((configMap) => {
    const file = readConfigFile(configMap)
    return file === undefined ? [] : [{ configMap, file }]
  })
  const [first] = files
  if (first === undefined) return withoutFile(proxy, 'proxy-file-unknown')
  if (new Set(files.map(({ file }) => file.mode)).size > 1) {
    const disagree = reason('proxy-configmaps-disagree', { count: files.length })
    const evidence = files.map(({ configMap, file }) => configFileEvidence(configMap, file, 'for'))
    return { verdict: unknown, evidence, contradictions: [disagree] }
  }
  const { configMap, file } = first
  // A time that is not known proves nothing.
  const isOlder = (proxy.startedAt ?? Number.POSITIVE_INFINITY) < (configMap.changedAt ?? 0)
  const evidence = [configFileEvidence(configMap, file, isOlder ? 'against' : 'for')]
  if (!isOlder) return { verdict: verdictOf(file.mode, file.scheduler, node), evidence, contradictions: [] }
  const older = reason('proxy-pod-older-than-config', { pod: proxy.object, configMap: configMap.key })
  return { verdict: unknown, evidence, contradictions: [older] }
}

const withoutFile = ({ object }: FoundProxy, code: string): Reading => ({
  verdict: unknown,
  evidence: [{ ...silent('configmap', code, ''), object }],
  contradictions: [],
})

function configFileEvidence(
  configMap: ConfigMapRecord,
  file: ProxyConfigFile,
  weight: 'for' | 'against',
): ProxyModeEvidence {
  const about = { source: 'configmap', object: configMap.key, at: configMap.changedAt ?? null } as const
  if (file.mode === 'unreadable') return { ...about, weight: 'none', reason: reason('proxy-configmap-unreadable') }
  const code = file.mode === 'default' ? 'proxy-configmap-default' : 'proxy-configmap-mode'
  return { ...about, weight, reason: reason(code, { mode: file.mode }) }
}

function verdictOf(mode: ToldMode, scheduler: string | null, node: NodeRecord): ProxyModeVerdict {
  if (mode === 'unreadable') return unknown
  const name: ProxyModeName = mode === 'default' ? (osOf(node) === 'windows' ? 'kernelspace' : 'iptables') : mode
  return { state: 'mode', mode: name, scheduler: name === 'ipvs' ? scheduler : null, confidence: 'likely' }
}

function osOf(node: NodeRecord): string | undefined {
  return node.os ?? node.labels.get('kubernetes.io/os')
}

function osEvidence(node: NodeRecord, isWindows: boolean): readonly ProxyModeEvidence[] {
  const os = osOf(node)
  const about = { source: 'node-os', object: node.name, at: null } as const
  if (isWindows) return [{ ...about, weight: 'for', reason: reason('proxy-os-windows') }]
  if (os === undefined) return [{ ...about, weight: 'none', reason: reason('proxy-os-unknown') }]
  return [{ ...about, weight: 'none', reason: reason('proxy-os-default', { os }) }]
}

// Beside its pods a DaemonSet adds nothing new, unless it tells something else; without them it was read above.
function daemonSetEvidence(
  view: ClusterView,
  sets: readonly FoundProxy[],
  podsKnown: boolean,
): readonly ProxyModeEvidence[] {
  const coverage = view.coverage('DaemonSet', 'kube-system')
  if (coverage !== 'synced') return [silent('daemonset', notReadable(view, 'DaemonSet'), 'DaemonSet')]
  if (sets.length === 0) return [silent('daemonset', 'proxy-daemonset-absent', '')]
  if (!podsKnown) return []
  return sets.map((set) => ({
    ...{ source: 'daemonset', object: set.object, at: null },
    ...{ weight: 'none', reason: reason('proxy-daemonset-selects-node') },
  }))
}

// A ConfigMap that nobody here reads is told too: it is what people look at first.
function configMapEvidence(view: ClusterView, readings: readonly Reading[]): readonly ProxyModeEvidence[] {
  if (view.coverage('ConfigMap', 'kube-system') !== 'synced') {
    return [silent('configmap', notReadable(view, 'ConfigMap'), 'ConfigMap')]
  }
  const present = [...view.configMaps()].filter((configMap) => readConfigFile(configMap) !== undefined)
  if (present.length === 0) return [silent('configmap', 'proxy-configmap-absent', '')]
  const told = new Set(readings.flatMap((reading) => reading.evidence.map((one) => one.object)))
  const unread = present.filter((configMap) => !told.has(configMap.key))
  return unread.map((configMap) => ({
    ...silent('configmap', 'proxy-configmap-not-read', ''),
    object: configMap.key,
    at: configMap.changedAt ?? null,
  }))
}

// A pod of another mode than its DaemonSet now tells was not replaced since the DaemonSet was changed.
function againstDaemonSet(pods: readonly FoundProxy[], sets: readonly FoundProxy[]): readonly Reason[] {
  return pods.flatMap((pod) => {
    const set = sets.find((candidate) => candidate.daemonSet === pod.daemonSet)
    const differs =
      set && (set.args.readsFile !== pod.args.readsFile || (!set.args.readsFile && set.args.text !== pod.args.text))
    return differs ? [reason('proxy-pod-differs-from-daemonset', { pod: pod.object, daemonSet: set.object })] : []
  })
}

function notKernelspace(readings: readonly Reading[]): readonly Reason[] {
  return readings.flatMap((reading) => {
    const mode = modeName(reading.verdict)
    return mode === '' || mode === 'kernelspace' ? [] : [reason('proxy-os-against-mode', { mode })]
  })
}

// Where nothing is concluded, no source is "for" it.
function weighed(evidence: readonly ProxyModeEvidence[], verdict: ProxyModeVerdict): readonly ProxyModeEvidence[] {
  if (verdict.state === 'mode') return evidence
  return evidence.map((one) => {
    const speaksForMode = one.weight === 'for' && one.source !== 'replacement'
    return speaksForMode ? { ...one, weight: verdict.state === 'replaced' ? 'against' : 'none' } : one
  })
}

function notReadable(view: ClusterView, kind: Kind): string {
  return `proxy-source-${view.coverage(kind, 'kube-system')}`
}

function silent(source: ProxyModeEvidence['source'], code: string, kind: string): ProxyModeEvidence {
  return { source, weight: 'none', object: '', at: null, reason: reason(code, kind === '' ? {} : { kind }) }
}

function modeName(verdict: ProxyModeVerdict): string {
  return verdict.state === 'mode' ? verdict.mode : ''
}

function reason(code: string, values: Readonly<Record<string, string | number>> = {}): Reason {
  return { code, values }
}
