import { describe, expect, test } from 'vitest'
import type { ProxyModeEvidence } from '../graph/types'
import { configMap, daemonSet, node } from '../testing/builders'
import { agentPod, cilium, kubeadm, proxyPod, type World, worldView } from '../testing/proxies'
import { inferProxyMode } from './proxy-mode'

const infer = (world: World) => inferProxyMode(worldView(world), world.node ?? node())
const POD = 'kube-system/kube-proxy-abc12'
const MAP = 'kube-system/kube-proxy'
const SET = 'kube-system/kube-proxy'

type Line = readonly [ProxyModeEvidence['source'], ProxyModeEvidence['weight'], string, string, object, number | null]
const lines = ({ evidence }: ReturnType<typeof infer>): readonly Line[] =>
  evidence.map(({ source, weight, object, reason, at }) => [source, weight, object, reason.code, reason.values, at])

const linux: Line = ['node-os', 'none', 'n1', 'proxy-os-default', { os: 'linux' }, null]
const noPod: Line = ['pod', 'none', '', 'proxy-pod-absent', { kind: 'Pod' }, null]
const noSet: Line = ['daemonset', 'none', '', 'proxy-daemonset-absent', {}, null]
const noMap: Line = ['configmap', 'none', '', 'proxy-configmap-absent', {}, null]
const notAsked: Line = ['proxy-mode-endpoint', 'none', '', 'proxy-endpoint-not-asked', {}, null]
const flag = (mode: string, weight: Line[1] = 'for'): Line => ['pod', weight, POD, 'proxy-pod-flag', { mode }, 1000]
const readsFile = (weight: Line[1]): Line => ['pod', weight, POD, 'proxy-pod-reads-file', {}, 1000]
const mapMode = (mode: string, weight: Line[1]): Line => [
  'configmap',
  weight,
  MAP,
  'proxy-configmap-mode',
  { mode },
  500,
]
const replaced: Line = [
  'replacement',
  'for',
  'kube-system/cilium-config',
  'proxy-replaced',
  { by: 'Cilium', sign: 'kube-proxy-replacement: true' },
  0,
]

describe('every source is told with what it says, silent ones too', () => {
  test.each<[string, World, readonly Line[]]>([
    ['nothing there', {}, [linux, noPod, noSet, noMap, notAsked]],
    [
      'the operating system by its label',
      { node: node({ os: undefined, labels: { 'kubernetes.io/os': 'windows' } }) },
      [['node-os', 'for', 'n1', 'proxy-os-windows', {}, null], noPod, noSet, noMap, notAsked],
    ],
    [
      'no operating system',
      { node: node({ os: undefined }) },
      [['node-os', 'none', 'n1', 'proxy-os-unknown', {}, null], noPod, noSet, noMap, notAsked],
    ],
    ['a flag', { pods: [proxyPod(['--proxy-mode=ipvs'])] }, [linux, flag('ipvs'), noSet, noMap, notAsked]],
    [
      'a pod that has not told when it started',
      { pods: [proxyPod([], { startedAt: undefined, createdAt: 3 })] },
      [linux, ['pod', 'for', POD, 'proxy-pod-default', {}, 3], noSet, noMap, notAsked],
    ],
    [
      'a flag that is no mode, cut short',
      { pods: [proxyPod([`--proxy-mode=${'x'.repeat(50)}`])] },
      [
        linux,
        ['pod', 'none', POD, 'proxy-pod-flag-unreadable', { flag: 'x'.repeat(40) }, 1000],
        noSet,
        noMap,
        notAsked,
      ],
    ],
    [
      'a ConfigMap that is read',
      { pods: [proxyPod('file')], configMaps: [kubeadm('ipvs')] },
      [linux, readsFile('for'), mapMode('ipvs', 'for'), noSet, notAsked],
    ],
    [
      'one whose time is not known',
      { pods: [proxyPod('file')], configMaps: [kubeadm('ipvs', { changedAt: undefined })] },
      [
        linux,
        readsFile('for'),
        ['configmap', 'for', MAP, 'proxy-configmap-mode', { mode: 'ipvs' }, null],
        noSet,
        notAsked,
      ],
    ],
    [
      'one without a mode',
      { pods: [proxyPod('file')], configMaps: [kubeadm('""')] },
      [
        linux,
        readsFile('for'),
        ['configmap', 'for', MAP, 'proxy-configmap-default', { mode: 'default' }, 500],
        noSet,
        notAsked,
      ],
    ],
    [
      'one that cannot be read',
      { pods: [proxyPod('file')], configMaps: [kubeadm('[}{')] },
      [linux, readsFile('none'), ['configmap', 'none', MAP, 'proxy-configmap-unreadable', {}, 500], noSet, notAsked],
    ],
    [
      'one that is newer than the pod',
      { pods: [proxyPod('file')], configMaps: [kubeadm('ipvs', { changedAt: 1001 })] },
      [
        linux,
        readsFile('none'),
        ['configmap', 'against', MAP, 'proxy-configmap-mode', { mode: 'ipvs' }, 1001],
        noSet,
        notAsked,
      ],
    ],
    [
      'two ConfigMaps of two modes',
      {
        pods: [proxyPod('file')],
        configMaps: [
          kubeadm('ipvs'),
          configMap({ name: 'kube-proxy-config', data: { config: 'kind: KubeProxyConfiguration\nmode: iptables' } }),
        ],
      },
      [
        linux,
        readsFile('none'),
        mapMode('ipvs', 'none'),
        ['configmap', 'none', `${MAP}-config`, 'proxy-configmap-mode', { mode: 'iptables' }, 0],
        noSet,
        notAsked,
      ],
    ],
    [
      'a file in no ConfigMap that we know',
      { pods: [proxyPod('file')], configMaps: [configMap({ data: { other: 'x' } })] },
      [linux, readsFile('none'), ['configmap', 'none', POD, 'proxy-file-unknown', {}, null], noSet, noMap, notAsked],
    ],
    [
      "a static pod's file on the node",
      { pods: [proxyPod('file', { workload: undefined })] },
      [linux, readsFile('none'), ['configmap', 'none', POD, 'proxy-file-on-node', {}, null], noSet, noMap, notAsked],
    ],
    [
      'a ConfigMap that nobody here reads, and one that is none of kube-proxy',
      {
        pods: [proxyPod(['--proxy-mode=ipvs'])],
        configMaps: [kubeadm('ipvs'), configMap({ name: 'coredns', data: { Corefile: '.' } })],
      },
      [linux, flag('ipvs'), noSet, ['configmap', 'none', MAP, 'proxy-configmap-not-read', {}, 500], notAsked],
    ],
    [
      'a ConfigMap that nobody reads, of a time not known',
      { configMaps: [kubeadm('ipvs', { changedAt: undefined })] },
      [linux, noPod, noSet, ['configmap', 'none', MAP, 'proxy-configmap-not-read', {}, null], notAsked],
    ],
    [
      'a DaemonSet beside its pod',
      { pods: [proxyPod(['--proxy-mode=ipvs'])], daemonSets: [daemonSet({ proxyArgs: ['--proxy-mode=ipvs'] })] },
      [linux, flag('ipvs'), ['daemonset', 'none', SET, 'proxy-daemonset-selects-node', {}, null], noMap, notAsked],
    ],
    [
      'a DaemonSet in place of pods that cannot be read',
      { coverage: { Pod: 'forbidden' }, daemonSets: [daemonSet({ proxyArgs: ['--proxy-mode=ipvs'] })] },
      [
        linux,
        ['daemonset', 'for', SET, 'proxy-daemonset-flag', { mode: 'ipvs' }, null],
        ['pod', 'none', '', 'proxy-source-forbidden', { kind: 'Pod' }, null],
        noMap,
        notAsked,
      ],
    ],
    [
      'nothing that can be read',
      { coverage: { Pod: 'forbidden', DaemonSet: 'unserved', ConfigMap: 'loading' } },
      [
        linux,
        ['pod', 'none', '', 'proxy-source-forbidden', { kind: 'Pod' }, null],
        ['daemonset', 'none', '', 'proxy-source-unserved', { kind: 'DaemonSet' }, null],
        ['configmap', 'none', '', 'proxy-source-loading', { kind: 'ConfigMap' }, null],
        notAsked,
      ],
    ],
    [
      'pods that are seen before all are known do not count',
      { coverage: { Pod: 'loading' }, pods: [proxyPod(['--proxy-mode=ipvs'])] },
      [linux, ['pod', 'none', '', 'proxy-source-loading', { kind: 'Pod' }, null], noSet, noMap, notAsked],
    ],
    [
      'a replacement, and a kube-proxy that speaks against it',
      { pods: [agentPod('cilium'), proxyPod(['--proxy-mode=ipvs'])], configMaps: [cilium('true')] },
      [linux, flag('ipvs', 'against'), noSet, noMap, replaced, notAsked],
    ],
    [
      'two kube-proxies that disagree are for nothing',
      { pods: [proxyPod(['--proxy-mode=ipvs']), proxyPod(['--proxy-mode=nftables'])] },
      [linux, flag('ipvs', 'none'), flag('nftables', 'none'), noSet, noMap, notAsked],
    ],
  ])('%s', (_, world, expected) => {
    expect(lines(infer(world))).toEqual(expected)
  })
})

describe('a verdict, to the letter', () => {
  const likely = { state: 'mode', scheduler: null, confidence: 'likely' }
  test.each<[string, World, object]>([
    ['unknown', {}, { state: 'unknown', confidence: 'unknown' }],
    ['a mode', { pods: [proxyPod(['--proxy-mode=nftables'])] }, { ...likely, mode: 'nftables' }],
    ['its default', { pods: [proxyPod([])] }, { ...likely, mode: 'iptables' }],
    [
      'a scheduler, of ipvs only',
      { pods: [proxyPod(['--proxy-mode=ipvs', '--ipvs-scheduler=sh'])] },
      { ...likely, mode: 'ipvs', scheduler: 'sh' },
    ],
    [
      'none of another mode',
      { pods: [proxyPod(['--proxy-mode=iptables', '--ipvs-scheduler=sh'])] },
      { ...likely, mode: 'iptables' },
    ],
    ['Windows', { node: node({ os: 'windows' }) }, { ...likely, mode: 'kernelspace' }],
    [
      'a replacement',
      { pods: [agentPod('cilium')], configMaps: [cilium('true')] },
      { state: 'replaced', by: 'Cilium', confidence: 'likely' },
    ],
    [
      'two kube-proxies of one mind',
      { pods: [proxyPod(['--proxy-mode=ipvs']), proxyPod(['--proxy-mode=ipvs'])] },
      { ...likely, mode: 'ipvs', scheduler: 'rr' },
    ],
  ])('%s', (_, world, verdict) => {
    expect(infer(world).verdict).toEqual(verdict)
  })
})

describe('a contradiction names its sides', () => {
  const set = (...proxyArgs: string[]) => daemonSet({ proxyArgs })
  const differs = [{ code: 'proxy-pod-differs-from-daemonset', values: { pod: POD, daemonSet: SET } }]
  test.each<[string, World, readonly object[]]>([
    [
      'a flag beside a file, cut short',
      { pods: [proxyPod(['--config=/f', `--proxy-mode=${'x'.repeat(50)}`])], configMaps: [kubeadm('ipvs')] },
      [{ code: 'proxy-flag-ignored', values: { flag: 'x'.repeat(40), object: POD } }],
    ],
    [
      'a flag that says what the file says',
      { pods: [proxyPod(['--config=/f', '--proxy-mode=ipvs'])], configMaps: [kubeadm('ipvs')] },
      [],
    ],
    [
      'a flag beside a file that is not known',
      { pods: [proxyPod(['--config=/f', '--proxy-mode=ipvs'])] },
      [{ code: 'proxy-flag-ignored', values: { flag: 'ipvs', object: POD } }],
    ],
    [
      'two ConfigMaps',
      {
        pods: [proxyPod('file')],
        configMaps: [
          kubeadm('ipvs'),
          configMap({ name: 'kube-proxy-config', data: { config: 'kind: KubeProxyConfiguration\nmode: iptables' } }),
        ],
      },
      [{ code: 'proxy-configmaps-disagree', values: { count: 2 } }],
    ],
    [
      'a pod older than its ConfigMap',
      { pods: [proxyPod('file')], configMaps: [kubeadm('ipvs', { changedAt: 1001 })] },
      [{ code: 'proxy-pod-older-than-config', values: { pod: POD, configMap: MAP } }],
    ],
    [
      'two kube-proxies',
      { pods: [proxyPod(['--proxy-mode=ipvs']), proxyPod(['--proxy-mode=nftables'])] },
      [{ code: 'proxy-sources-disagree', values: { count: 2 } }],
    ],
    [
      'a kube-proxy beside its replacement',
      { pods: [agentPod('cilium'), proxyPod([])], configMaps: [cilium('true')] },
      [{ code: 'proxy-beside-replacement', values: { by: 'Cilium', pod: POD } }],
    ],
    [
      'a DaemonSet without its pod',
      { daemonSets: [set('--proxy-mode=ipvs')] },
      [{ code: 'proxy-pod-missing', values: { daemonSet: SET } }],
    ],
    [
      'a DaemonSet without its pod, where it is replaced, is as it should be',
      { pods: [agentPod('cilium')], configMaps: [cilium('true')], daemonSets: [set('--proxy-mode=ipvs')] },
      [],
    ],
    [
      'a DaemonSet whose pods cannot be read is not missed',
      { coverage: { Pod: 'forbidden' }, daemonSets: [set('--proxy-mode=ipvs')] },
      [],
    ],
    [
      'a pod of another mode than its DaemonSet',
      { pods: [proxyPod(['--proxy-mode=ipvs'])], daemonSets: [set('--proxy-mode=nftables')] },
      differs,
    ],
    [
      'a pod with a flag, of a DaemonSet that reads a file',
      { pods: [proxyPod(['--proxy-mode=ipvs'])], daemonSets: [set('--config=/f', '--proxy-mode=ipvs')] },
      differs,
    ],
    ['a pod as its DaemonSet', { pods: [proxyPod(['--proxy-mode=ipvs'])], daemonSets: [set('--proxy-mode=ipvs')] }, []],
    [
      'flags that both ignore',
      {
        pods: [proxyPod('file')],
        daemonSets: [set('--config=/f', '--proxy-mode=ipvs')],
        configMaps: [kubeadm('nftables')],
      },
      [],
    ],
    [
      'another DaemonSet is not asked',
      {
        pods: [proxyPod(['--proxy-mode=ipvs'])],
        daemonSets: [daemonSet({ name: 'kube-proxy-arm', proxyArgs: ['--proxy-mode=nftables'] })],
      },
      [],
    ],
    [
      'another mode on Windows',
      { node: node({ os: 'windows' }), pods: [proxyPod(['--proxy-mode=ipvs'])] },
      [{ code: 'proxy-os-against-mode', values: { mode: 'ipvs' } }],
    ],
    [
      'on Windows no mode and kernelspace are one',
      { node: node({ os: 'windows' }), pods: [proxyPod([]), proxyPod(['--proxy-mode=kernelspace'])] },
      [],
    ],
    [
      'a mode that cannot be read on Windows is none',
      { node: node({ os: 'windows' }), pods: [proxyPod(['--proxy-mode=x'])] },
      [],
    ],
  ])('%s', (_, world, expected) => {
    expect(infer(world).contradictions).toEqual(expected)
  })
})
