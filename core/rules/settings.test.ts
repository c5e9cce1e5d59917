import { describe, expect, test } from 'vitest'
import type { ClusterView, Coverage } from '../model/cluster-view'
import type { ConfigMapRecord, DaemonSetRecord, Kind, NodeRecord, PodRecord, ServiceCIDRRecord } from '../model/records'
import { configMap, daemonSet, node, pod, serviceCIDR } from '../testing/builders'
import { proxySettingsOf, type ToldSettings } from './settings'

type World = {
  readonly node?: NodeRecord
  readonly pods?: readonly PodRecord[]
  readonly daemonSets?: readonly DaemonSetRecord[]
  readonly serviceCIDRs?: readonly ServiceCIDRRecord[]
  readonly configMaps?: readonly ConfigMapRecord[]
  readonly coverage?: Partial<Record<Kind, Coverage>>
}

function settingsOf(world: World, family: 'IPv4' | 'IPv6' = 'IPv4'): ToldSettings {
  const view: Partial<ClusterView> = {
    coverage: (kind) => world.coverage?.[kind] ?? 'synced',
    podsOfNode: (key) => (world.pods ?? []).filter((one) => one.nodeName === key),
    daemonSets: () => world.daemonSets ?? [],
    serviceCIDRs: () => world.serviceCIDRs ?? [],
    configMaps: () => world.configMaps ?? [],
  }
  return proxySettingsOf(view as ClusterView, world.node ?? node(), family)
}

const proxyPod = (...args: readonly string[]) =>
  pod({
    namespace: 'kube-system',
    name: 'kube-proxy-abc12',
    workload: { kind: 'DaemonSet', name: 'kube-proxy', uid: 'u' },
    proxyArgs: ['/usr/local/bin/kube-proxy', ...args],
  })

const withFile = (file: string): World => ({
  pods: [proxyPod('--config=/var/lib/kube-proxy/config.conf', '--masquerade-all')],
  configMaps: [configMap({ data: { 'config.conf': `kind: KubeProxyConfiguration\n${file}` } })],
})

const defaults = {
  localDetector: { kind: 'none' },
  masqueradeAll: false,
  masqueradeBit: 14,
  nodePortAddresses: [],
  localhostNodePorts: true,
  scheduler: 'rr',
  externalIPs: true,
  serviceCIDRs: [],
}

const sources = ({ told }: ToldSettings) => new Set(Object.values(told).map(({ source }) => source))

describe('[R18] what nobody tells is assumed to be the default', () => {
  test.each<[string, World]>([
    ['no kube-proxy', {}],
    ['a file on the node', { pods: [proxyPod('--config=/etc/proxy')] }],
    ['two kube-proxies', { pods: [proxyPod('--masquerade-all'), { ...proxyPod('--masquerade-all') }] }],
    [
      'two files',
      {
        ...withFile('clusterCIDR: 10.0.0.0/8\n'),
        configMaps: ['kube-proxy', 'kube-proxy-config'].map((name) =>
          configMap({ name, data: { config: 'kind: KubeProxyConfiguration\nclusterCIDR: 10.0.0.0/8\n' } }),
        ),
      },
    ],
  ])('%s', (_name, world) => {
    const found = settingsOf(world)
    expect(found.settings).toEqual(defaults)
    expect(sources(found)).toEqual(new Set(['assumed']))
  })
})

describe('[R18] the configuration file', () => {
  const told = { source: 'config-file', object: 'kube-system/kube-proxy' }

  test('that tells nothing leaves everything to the defaults, known to be so', () => {
    const found = settingsOf(withFile('mode: ""\nnodePortAddresses: null\nipvs:\n  scheduler: ""\n'))
    expect(found.settings).toEqual(defaults)
    expect(found.told.masqueradeAll).toEqual(told)
    expect(found.told.nodePortAddresses).toEqual(told)
    expect(found.told.serviceCIDRs.source).toBe('assumed')
  })

  test('with every key and mostly nulls, as kubeadm writes it', () => {
    const file = [
      ...['apiVersion: kubeproxy.config.k8s.io/v1alpha1', 'bindAddress: 0.0.0.0', 'clusterCIDR: 10.244.0.0/16'],
      ...['conntrack:', '  maxPerCore: null', '  min: null', 'detectLocal:', '  bridgeInterface: ""'],
      ...['  interfaceNamePrefix: ""', 'detectLocalMode: ""', 'iptables:', '  localhostNodePorts: null'],
      ...['  masqueradeAll: false', '  masqueradeBit: null', '  minSyncPeriod: 0s', 'ipvs:', '  excludeCIDRs: null'],
      ...['  scheduler: ""', 'mode: ""', 'nftables:', '  masqueradeAll: false', '  masqueradeBit: null'],
      ...['nodePortAddresses: null', 'portRange: ""', 'winkernel:', '  enableDSR: false', ''],
    ].join('\n')
    const found = settingsOf(withFile(file))
    expect(found.settings).toEqual({ ...defaults, localDetector: { kind: 'cidr', cidr: '10.244.0.0/16' } })
    expect(sources(found)).toEqual(new Set(['config-file', 'assumed']))
  })

  test('tells everything', () => {
    const file = [
      ...['clusterCIDR: "10.244.3.0/16, fd00:10:244::/48"', 'nodePortAddresses: ["192.168.0.0/16"]', 'mode: iptables'],
      ...['iptables:', '  masqueradeAll: true', '  masqueradeBit: 7', '  localhostNodePorts: false'],
      ...['nftables:', '  masqueradeAll: false', '  masqueradeBit: 9', 'ipvs:', '  scheduler: lc', ''],
    ].join('\n')
    const found = settingsOf(withFile(file))
    expect(found.settings).toEqual({
      ...{
        masqueradeAll: true,
        masqueradeBit: 7,
        localhostNodePorts: false,
        scheduler: 'lc',
        externalIPs: true,
        serviceCIDRs: [],
      },
      localDetector: { kind: 'cidr', cidr: '10.244.0.0/16' },
      nodePortAddresses: ['192.168.0.0/16'],
    })
    expect(settingsOf(withFile(file), 'IPv6').settings.localDetector).toEqual({
      kind: 'cidr',
      cidr: 'fd00:10:244::/48',
    })
  })

  test('has a section for nftables mode, where an empty list means primary', () => {
    const { settings } = settingsOf(
      withFile('mode: nftables\niptables:\n  masqueradeBit: 7\nnftables:\n  masqueradeAll: true\n  masqueradeBit: 9\n'),
    )
    expect(settings).toMatchObject({ masqueradeAll: true, masqueradeBit: 9, nodePortAddresses: ['primary'] })
  })

  test.each([
    ['a bit out of range', 'iptables:\n  masqueradeBit: 32\n', 'masqueradeBit', 14],
    ['a bit that is none', 'iptables:\n  masqueradeBit: high\n', 'masqueradeBit', 14],
    ['a switch that is none', 'iptables:\n  masqueradeAll: maybe\n', 'masqueradeAll', false],
    ['a range that is none', 'nodePortAddresses: [web]\n', 'nodePortAddresses', []],
    ['primary beside a range', 'nodePortAddresses: [primary, 10.0.0.0/8]\n', 'nodePortAddresses', []],
    ['a list that cannot be read', 'nodePortAddresses: &a [10.0.0.0/8]\n', 'nodePortAddresses', []],
    ['a range that cannot be read', 'clusterCIDR: *range\n', 'localDetector', { kind: 'none' }],
  ] as const)('%s is not believed', (_name, file, setting, value) => {
    const found = settingsOf(withFile(file))
    expect(found.settings[setting]).toEqual(value)
    expect(found.told[setting]).toEqual({
      source: 'assumed',
      object: setting === 'masqueradeBit' ? expect.any(String) : told.object,
    })
  })
})

describe('[R18] arguments', () => {
  test('tell everything when there is no --config', () => {
    const pods = [
      proxyPod(
        ...['--cluster-cidr=10.244.0.0/16,fd00::/48', '--masquerade-all', '--iptables-masquerade-bit', '3'],
        ...['--nodeport-addresses=192.168.0.0/16,fd00::/8', '--iptables-localhost-nodeports=false'],
        ...['--ipvs-scheduler=sh', '--proxy-mode=ipvs'],
      ),
    ]
    const found = settingsOf({ pods })
    expect(found.settings).toEqual({
      ...{
        masqueradeAll: true,
        masqueradeBit: 3,
        localhostNodePorts: false,
        scheduler: 'sh',
        externalIPs: true,
        serviceCIDRs: [],
      },
      localDetector: { kind: 'cidr', cidr: '10.244.0.0/16' },
      nodePortAddresses: ['192.168.0.0/16', 'fd00::/8'],
    })
    expect(found.told.scheduler).toEqual({ source: 'argument', object: 'kube-system/kube-proxy-abc12' })
  })

  test('of the DaemonSet count where pods cannot be read', () => {
    const world: World = {
      daemonSets: [daemonSet({ proxyArgs: ['kube-proxy', '--masquerade-all=true'] })],
      coverage: { Pod: 'forbidden' },
    }
    expect(settingsOf(world).settings.masqueradeAll).toBe(true)
    expect(settingsOf(world).told.masqueradeAll).toEqual({ source: 'argument', object: 'kube-system/kube-proxy' })
  })

  test('have no masquerade bit for nftables mode', () => {
    const pods = [proxyPod('--proxy-mode=nftables', '--iptables-masquerade-bit=3')]
    expect(settingsOf({ pods }).settings.masqueradeBit).toBe(14)
  })
})

describe('[R18] the detector of local traffic', () => {
  const own = node({ podCIDRs: ['10.244.7.0/24', 'fd00:10:244:7::/64'] })
  test.each([
    ['ClusterCIDR without a range of the family', 'clusterCIDR: fd00::/48\n', { kind: 'none' }],
    ['NodeCIDR', 'detectLocalMode: NodeCIDR\nclusterCIDR: 10.0.0.0/8\n', { kind: 'cidr', cidr: '10.244.7.0/24' }],
    [
      'BridgeInterface',
      'detectLocalMode: BridgeInterface\ndetectLocal:\n  bridgeInterface: cni0\n',
      { kind: 'bridge-interface', name: 'cni0' },
    ],
    [
      'InterfaceNamePrefix',
      'detectLocalMode: InterfaceNamePrefix\ndetectLocal:\n  interfaceNamePrefix: veth\n',
      { kind: 'interface-prefix', prefix: 'veth' },
    ],
    ['BridgeInterface without a name', 'detectLocalMode: BridgeInterface\n', { kind: 'none' }],
    ['InterfaceNamePrefix without one', 'detectLocalMode: InterfaceNamePrefix\n', { kind: 'none' }],
    ['a mode that is none', 'detectLocalMode: Guess\nclusterCIDR: 10.0.0.0/8\n', { kind: 'none' }],
  ])('%s', (_name, file, detector) => {
    expect(settingsOf({ ...withFile(file), node: own }).settings.localDetector).toEqual(detector)
  })
})

describe('[R25] the ranges of cluster IPs', () => {
  const serviceCIDRs = [
    serviceCIDR({ cidrs: ['10.96.0.0/16', 'fd00:96::/112'] }),
    serviceCIDR({ name: 'more', cidrs: ['10.97.0.0/16', '10.96.0.0/16', 'no range'] }),
  ]
  const nftables = (version: string, ...flags: readonly string[]): World => ({
    node: node({ kubeletVersion: version }),
    pods: [proxyPod('--proxy-mode=nftables', ...flags)],
    serviceCIDRs,
  })

  test('are those of all ServiceCIDR objects, each once; what is no range is left out', () => {
    const found = settingsOf(nftables('v1.36.3'))
    expect(found.settings.serviceCIDRs).toEqual(['10.96.0.0/16', 'fd00:96::/112', '10.97.0.0/16'])
    expect(found.told.serviceCIDRs).toEqual({ source: 'objects', object: 'kubernetes, more' })
  })

  test.each<[string, World, string]>([
    ['the objects may not be read', { ...nftables('v1.36.3'), coverage: { ServiceCIDR: 'forbidden' } }, 'assumed'],
    ['the API does not serve them', { ...nftables('v1.36.3'), coverage: { ServiceCIDR: 'unserved' } }, 'assumed'],
    ['there is none', { ...nftables('v1.36.3'), serviceCIDRs: [] }, 'assumed'],
    ['the proxy is older than 1.33', nftables('v1.32.9'), 'assumed'],
    ['its gate is off', nftables('v1.33.1', '--feature-gates=A=true,MultiCIDRServiceAllocator=false'), 'argument'],
  ])('are none where %s', (_name, world, source) => {
    const found = settingsOf(world)
    expect([found.settings.serviceCIDRs, found.told.serviceCIDRs.source]).toEqual([[], source])
  })
})

describe('[P7] the gate of external IPs', () => {
  const file = 'featureGates:\n  Other: true\n  AllowServiceExternalIPs: false\n'
  test.each<[string, World, boolean, string]>([
    ['is on unless it is told', { pods: [proxyPod('--proxy-mode=iptables')] }, true, 'argument'],
    [
      'is off by argument',
      { pods: [proxyPod('--feature-gates=A=true,AllowServiceExternalIPs=false')] },
      false,
      'argument',
    ],
    [
      'the last of two counts',
      { pods: [proxyPod('--feature-gates=AllowServiceExternalIPs=0,AllowServiceExternalIPs=t')] },
      true,
      'argument',
    ],
    ['is off by the file', withFile(file), false, 'config-file'],
    ['is not believed where it is no switch', withFile(file.replace('false', 'perhaps')), true, 'assumed'],
  ])('%s', (_name, world, value, source) => {
    const { settings, told } = settingsOf(world)
    expect([settings.externalIPs, told.externalIPs.source]).toEqual([value, source])
  })
})
