import { describe, expect, test } from 'vitest'
import { configMap, daemonSet, node } from '../testing/builders'
import { agentPod, cilium, kubeadm, proxyPod, type World, worldView } from '../testing/proxies'
import { type InferredProxyMode, inferProxyMode } from './proxy-mode'

const infer = (world: World) => inferProxyMode(worldView(world), world.node ?? node())

/** The verdict in one word or two, the codes of what speaks for and against it, and the contradictions. */
function told({ verdict, evidence, contradictions }: InferredProxyMode) {
  const codes = (weight: string) => evidence.filter((one) => one.weight === weight).map((one) => one.reason.code)
  return {
    verdict:
      verdict.state === 'mode'
        ? [verdict.mode, verdict.scheduler].filter(Boolean).join(' ')
        : verdict.state === 'replaced'
          ? `by ${verdict.by}`
          : 'unknown',
    for: codes('for'),
    against: codes('against'),
    contradictions: contradictions.map((one) => one.code),
  }
}

const windows = node({ os: 'windows' })

describe('the verdict of a node', () => {
  test.each<[string, World, string, readonly string[]]>([
    ['no sign at all', {}, 'unknown', []],
    ['a pod with a flag', { pods: [proxyPod(['--proxy-mode=nftables'])] }, 'nftables', ['proxy-pod-flag']],
    [
      'a pod with a flag in two words',
      { pods: [proxyPod(['--proxy-mode', 'iptables'])] },
      'iptables',
      ['proxy-pod-flag'],
    ],
    [
      'a pod with a shell line',
      { pods: [proxyPod(['-c', 'exec kube-proxy --proxy-mode=ipvs 1>>/log'])] },
      'ipvs rr',
      ['proxy-pod-flag'],
    ],
    [
      'ipvs and its scheduler',
      { pods: [proxyPod(['--proxy-mode=ipvs', '--ipvs-scheduler=sh'])] },
      'ipvs sh',
      ['proxy-pod-flag'],
    ],
    ['a pod without any mode', { pods: [proxyPod(['--v=2'])] }, 'iptables', ['proxy-pod-default']],
    [
      'the last of two flags counts',
      { pods: [proxyPod(['--proxy-mode=ipvs', '--proxy-mode=nftables'])] },
      'nftables',
      ['proxy-pod-flag'],
    ],
    ['an unknown mode', { pods: [proxyPod(['--proxy-mode=$(MODE)'])] }, 'unknown', []],
    [
      "kubeadm's ConfigMap",
      { pods: [proxyPod('file')], configMaps: [kubeadm('ipvs')] },
      'ipvs lc',
      ['proxy-pod-reads-file', 'proxy-configmap-mode'],
    ],
    [
      'its empty mode',
      { pods: [proxyPod('file')], configMaps: [kubeadm('""')] },
      'iptables',
      ['proxy-pod-reads-file', 'proxy-configmap-default'],
    ],
    [
      "EKS's ConfigMap",
      {
        pods: [proxyPod('file')],
        configMaps: [
          configMap({ name: 'kube-proxy-config', data: { config: 'kind: KubeProxyConfiguration\nmode: "iptables"' } }),
        ],
      },
      'iptables',
      ['proxy-pod-reads-file', 'proxy-configmap-mode'],
    ],
    ['a file in no ConfigMap that we know', { pods: [proxyPod('file')] }, 'unknown', []],
    ['[K37] a ConfigMap that is no YAML', { pods: [proxyPod('file')], configMaps: [kubeadm('[}{')] }, 'unknown', []],
    [
      "a static pod's file on the node",
      { pods: [proxyPod('file', { workload: undefined })], configMaps: [kubeadm('ipvs')] },
      'unknown',
      [],
    ],
    [
      "another pool's DaemonSet does not read kube-proxy's ConfigMap",
      {
        pods: [proxyPod('file', { workload: { kind: 'DaemonSet', name: 'kube-proxy-arm', uid: 'u' } })],
        configMaps: [kubeadm('ipvs')],
      },
      'unknown',
      [],
    ],
    ['a pod that is finished', { pods: [proxyPod(['--proxy-mode=ipvs'], { phase: 'Failed' })] }, 'unknown', []],
    ['a pod on its way out', { pods: [proxyPod(['--proxy-mode=ipvs'], { deletedAt: 5 })] }, 'unknown', []],
    ['a kube-proxy of another node', { pods: [proxyPod(['--proxy-mode=ipvs'], { nodeName: 'n2' })] }, 'unknown', []],
    ['Windows', { node: windows }, 'kernelspace', ['proxy-os-windows']],
    [
      'Windows, told nothing',
      { node: windows, pods: [proxyPod([])] },
      'kernelspace',
      ['proxy-os-windows', 'proxy-pod-default'],
    ],
    ['Cilium', { configMaps: [cilium('true')], pods: [agentPod('cilium')] }, 'by Cilium', ['proxy-replaced']],
    ['Cilium, strict', { configMaps: [cilium('strict')], pods: [agentPod('cilium')] }, 'by Cilium', ['proxy-replaced']],
    ['Cilium on other nodes', { configMaps: [cilium('true')] }, 'unknown', []],
    ['Cilium switched off', { configMaps: [cilium('false')], pods: [agentPod('cilium')] }, 'unknown', []],
    ['Cilium for a part, alone', { configMaps: [cilium('partial')], pods: [agentPod('cilium')] }, 'unknown', []],
    [
      'Cilium for a part, beside a kube-proxy',
      { configMaps: [cilium('probe')], pods: [agentPod('cilium'), proxyPod(['--proxy-mode=ipvs'])] },
      'ipvs rr',
      ['proxy-pod-flag'],
    ],
    [
      'anetd',
      { daemonSets: [daemonSet({ name: 'anetd', proxyArgs: undefined })], pods: [agentPod('anetd')] },
      'by Cilium (anetd)',
      ['proxy-replaced'],
    ],
    [
      'kube-router',
      {
        daemonSets: [daemonSet({ name: 'kube-router', images: [], proxyArgs: ['--run-service-proxy=true'] })],
        pods: [agentPod('kube-router')],
      },
      'by kube-router',
      ['proxy-replaced'],
    ],
    [
      'kube-router as a router only',
      {
        daemonSets: [daemonSet({ name: 'kube-router', images: [], proxyArgs: ['--run-service-proxy=false'] })],
        pods: [agentPod('kube-router')],
      },
      'unknown',
      [],
    ],
    [
      'Antrea with proxyAll',
      {
        configMaps: [
          configMap({ name: 'antrea-config', data: { 'antrea-agent.conf': 'antreaProxy:\n  proxyAll: true' } }),
        ],
        pods: [agentPod('antrea-agent')],
      },
      'by Antrea',
      ['proxy-replaced'],
    ],
    [
      'Antrea without it',
      {
        configMaps: [
          configMap({ name: 'antrea-config', data: { 'antrea-agent.conf': 'antreaProxy:\n  #proxyAll: true' } }),
        ],
        pods: [agentPod('antrea-agent')],
      },
      'unknown',
      [],
    ],
  ])('%s', (_name, world, verdict, speaksFor) => {
    const result = told(infer(world))
    expect(result).toMatchObject({ verdict, for: speaksFor, contradictions: [] })
  })
})

describe('contradictions are shown', () => {
  test.each<[string, World, string, readonly string[]]>([
    [
      'a pod older than the last change of its ConfigMap: which mode it runs is not known',
      { pods: [proxyPod('file')], configMaps: [kubeadm('ipvs', { changedAt: 1001 })] },
      'unknown',
      ['proxy-pod-older-than-config'],
    ],
    [
      'the same age is not older',
      { pods: [proxyPod('file')], configMaps: [kubeadm('ipvs', { changedAt: 1000 })] },
      'ipvs lc',
      [],
    ],
    [
      'a pod with a flag does not read the ConfigMap, however new that is',
      { pods: [proxyPod(['--proxy-mode=nftables'])], configMaps: [kubeadm('ipvs', { changedAt: 9999 })] },
      'nftables',
      [],
    ],
    [
      'a flag beside --config is ignored',
      { pods: [proxyPod(['--config=/f', '--proxy-mode=nftables'])], configMaps: [kubeadm('iptables')] },
      'iptables',
      ['proxy-flag-ignored'],
    ],
    [
      'two ConfigMaps with two modes',
      {
        pods: [proxyPod('file')],
        configMaps: [
          kubeadm('ipvs'),
          configMap({ name: 'kube-proxy-config', data: { config: 'kind: KubeProxyConfiguration\nmode: iptables' } }),
        ],
      },
      'unknown',
      ['proxy-configmaps-disagree'],
    ],
    [
      'two kube-proxies on one node with two modes',
      { pods: [proxyPod(['--proxy-mode=ipvs']), proxyPod(['--proxy-mode=nftables'], { name: 'other' })] },
      'unknown',
      ['proxy-sources-disagree'],
    ],
    [
      'a kube-proxy beside its replacement',
      { configMaps: [cilium('true')], pods: [agentPod('cilium'), proxyPod(['--proxy-mode=iptables'])] },
      'by Cilium',
      ['proxy-beside-replacement'],
    ],
    [
      'a DaemonSet that should run here and does not',
      { daemonSets: [daemonSet()], configMaps: [kubeadm('ipvs')] },
      'unknown',
      ['proxy-pod-missing'],
    ],
    [
      'a pod that was not replaced since its DaemonSet was changed',
      {
        pods: [proxyPod(['--proxy-mode=iptables'])],
        daemonSets: [daemonSet({ proxyArgs: ['kube-proxy', '--proxy-mode=nftables'] })],
      },
      'iptables',
      ['proxy-pod-differs-from-daemonset'],
    ],
    [
      'iptables on Windows',
      { node: windows, pods: [proxyPod(['--proxy-mode=iptables'])] },
      'kernelspace',
      ['proxy-os-against-mode'],
    ],
  ])('%s', (_name, world, verdict, contradictions) => {
    expect(told(infer(world))).toMatchObject({ verdict, contradictions })
  })
})

describe('what cannot be read is said, and not taken for absent', () => {
  const sets = [
    daemonSet({ proxyArgs: ['kube-proxy', '--proxy-mode=ipvs'], nodeSelector: { pool: 'a' } }),
    daemonSet({
      name: 'kube-proxy-nftables',
      proxyArgs: ['kube-proxy', '--proxy-mode=nftables'],
      nodeSelector: { pool: 'b' },
    }),
  ]
  const hidden = { coverage: { Pod: 'forbidden' }, daemonSets: sets } as const

  test.each([
    ['a', 'ipvs rr'],
    ['b', 'nftables'],
    ['c', 'unknown'],
  ])('pods forbidden: the DaemonSet that selects pool %s tells', (pool, verdict) => {
    const result = infer({ ...hidden, node: node({ labels: { pool } }) })
    expect(told(result).verdict).toBe(verdict)
    expect(result.evidence.map((one) => [one.weight, one.reason.code])).toContainEqual([
      'none',
      'proxy-source-forbidden',
    ])
  })

  test('pods forbidden: a DaemonSet that reads the ConfigMap, whose age nothing contradicts', () => {
    const world: World = { coverage: { Pod: 'unserved' }, daemonSets: [daemonSet()], configMaps: [kubeadm('nftables')] }
    expect(told(infer(world))).toMatchObject({
      verdict: 'nftables',
      for: ['proxy-daemonset-reads-file', 'proxy-configmap-mode'],
    })
  })

  test("pods forbidden: Cilium's DaemonSet says where its agent may run", () => {
    const agents = daemonSet({
      name: 'cilium',
      images: ['cilium'],
      proxyArgs: undefined,
      nodeSelector: { cni: 'cilium' },
    })
    const world: World = { coverage: { Pod: 'forbidden' }, daemonSets: [agents], configMaps: [cilium('true')] }
    expect(told(infer({ ...world, node: node({ labels: { cni: 'cilium' } }) })).verdict).toBe('by Cilium')
    expect(told(infer({ ...world, node: node() })).verdict).toBe('unknown')
  })

  test.each(['forbidden', 'unserved', 'loading'] as const)('everything %s', (coverage) => {
    const result = infer({ coverage: { Pod: coverage, DaemonSet: coverage, ConfigMap: coverage } })
    const silent = result.evidence.filter((one) => one.reason.code === `proxy-source-${coverage}`)
    expect(silent.map((one) => [one.source, one.weight])).toEqual([
      ['pod', 'none'],
      ['daemonset', 'none'],
      ['configmap', 'none'],
    ])
    expect(told(result).verdict).toBe('unknown')
  })

  test('everything readable and empty: absence is said for each source', () => {
    const codes = infer({}).evidence.map((one) => one.reason.code)
    expect(codes).toEqual(
      expect.arrayContaining([
        'proxy-pod-absent',
        'proxy-daemonset-absent',
        'proxy-configmap-absent',
        'proxy-endpoint-not-asked',
      ]),
    )
  })
})

test('a ConfigMap that no kube-proxy of the node reads is told as such', () => {
  const { evidence } = infer({ pods: [proxyPod(['--proxy-mode=nftables'])], configMaps: [kubeadm('ipvs')] })
  const told = evidence.filter((one) => one.source === 'configmap')
  expect(told).toMatchObject([
    { weight: 'none', object: 'kube-system/kube-proxy', reason: { code: 'proxy-configmap-not-read' } },
  ])
})

test('nothing here is ever more than likely', () => {
  const { verdict } = infer({ pods: [proxyPod(['--proxy-mode=ipvs'])] })
  expect(verdict.confidence).toBe('likely')
})
