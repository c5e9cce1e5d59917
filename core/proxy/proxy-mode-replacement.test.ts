import { describe, expect, test } from 'vitest'
import type { ClusterView, Coverage } from '../model/cluster-view'
import type { ConfigMapRecord, DaemonSetRecord, Kind, PodRecord } from '../model/records'
import { configMap, daemonSet, node, pod } from '../testing/builders'
import { replacementSigns } from './proxy-mode-replacement'

type World = {
  readonly pods?: readonly PodRecord[]
  readonly daemonSets?: readonly DaemonSetRecord[]
  readonly configMaps?: readonly ConfigMapRecord[]
  readonly coverage?: Partial<Record<Kind, Coverage>>
}

const signs = (world: World) => {
  const view: Partial<ClusterView> = {
    coverage: (kind, namespace) => (namespace === 'kube-system' ? (world.coverage?.[kind] ?? 'synced') : 'forbidden'),
    podsOfNode: () => world.pods ?? [],
    daemonSets: () => world.daemonSets ?? [],
    configMaps: () => world.configMaps ?? [],
  }
  return replacementSigns(view as ClusterView, node())
}

const agent = (name: string, over: Partial<PodRecord> = {}) =>
  pod({ namespace: 'kube-system', workload: { kind: 'DaemonSet', name, uid: 'u' }, ...over })
const cilium = (value: string, over: Partial<ConfigMapRecord> = {}) =>
  configMap({
    namespace: 'kube-system',
    data: { 'kube-proxy-replacement': value },
    changedAt: 500,
    ...over,
    name: 'cilium-config',
  })
const antrea = (file: string) =>
  configMap({
    namespace: 'kube-system',
    name: 'antrea-config',
    data: { 'antrea-agent.conf': file },
    changedAt: undefined,
  })

const sign = (by: string, text: string, object: string, at: number | null) => (weight: string, code: string) => ({
  by,
  evidence: { source: 'replacement', object, at, weight, reason: { code, values: { by, sign: text } } },
})

describe('Cilium says it in its ConfigMap', () => {
  const pods = [agent('cilium')]
  test.each([
    ['true', 'for', 'proxy-replaced'],
    ['strict', 'for', 'proxy-replaced'],
    ['partial', 'against', 'proxy-partly-replaced'],
    ['probe', 'against', 'proxy-partly-replaced'],
    ['false', 'none', 'proxy-not-replaced'],
  ])('%s', (value, weight, code) => {
    const told = sign('Cilium', `kube-proxy-replacement: ${value}`, 'kube-system/cilium-config', 500)
    expect(signs({ pods, configMaps: [cilium(value)] })).toEqual([told(weight, code)])
  })

  test('a long value is cut', () => {
    const told = sign('Cilium', `kube-proxy-replacement: ${'x'.repeat(40)}`, 'kube-system/cilium-config', null)
    const configMaps = [cilium('x'.repeat(50), { changedAt: undefined })]
    expect(signs({ pods, configMaps })).toEqual([told('none', 'proxy-not-replaced')])
  })

  test.each([
    ['in another namespace', cilium('true', { namespace: 'other' })],
    ['without the key', configMap({ namespace: 'kube-system', name: 'cilium-config', data: {} })],
    [
      'under another name',
      configMap({ namespace: 'kube-system', name: 'cilium', data: { 'kube-proxy-replacement': 'true' } }),
    ],
  ])('%s it says nothing', (_, one) => {
    expect(signs({ pods, configMaps: [one] })).toEqual([])
  })
})

describe('Antrea in its own', () => {
  test.each([
    ['antreaProxy:\n  proxyAll: true\n', 'true', 'for', 'proxy-replaced'],
    ['antreaProxy:\n  proxyAll: false\n', 'false', 'none', 'proxy-not-replaced'],
    ['antreaProxy:\n  proxyAll: [\n', 'false', 'none', 'proxy-not-replaced'],
    ['', 'false', 'none', 'proxy-not-replaced'],
  ])('%j', (file, isOn, weight, code) => {
    const told = sign('Antrea', `antreaProxy.proxyAll: ${isOn}`, 'kube-system/antrea-config', null)
    expect(signs({ pods: [agent('antrea-agent')], configMaps: [antrea(file)] })).toEqual([told(weight, code)])
  })

  test('without its file it is off', () => {
    const told = sign('Antrea', 'antreaProxy.proxyAll: false', 'kube-system/antrea-config', 0)
    const configMaps = [configMap({ namespace: 'kube-system', name: 'antrea-config', data: {} })]
    expect(signs({ pods: [agent('antrea-agent')], configMaps })).toEqual([told('none', 'proxy-not-replaced')])
  })
})

describe('others by their DaemonSet', () => {
  const set = (name: string, over: Partial<DaemonSetRecord> = {}) =>
    daemonSet({ namespace: 'kube-system', ...over, name })
  test.each([
    ['anetd', undefined, 'Cilium (anetd)', 'for', 'proxy-replaced'],
    ['kube-router', undefined, 'kube-router', 'for', 'proxy-replaced'],
    ['kube-router', ['--run-service-proxy=false'], 'kube-router', 'none', 'proxy-not-replaced'],
    ['kube-router', ['--run-service-proxy=true'], 'kube-router', 'for', 'proxy-replaced'],
  ])('%s %j', (name, proxyArgs, by, weight, code) => {
    const told = sign(by, `DaemonSet ${name}`, `kube-system/${name}`, null)
    expect(signs({ pods: [agent(name)], daemonSets: [set(name, { proxyArgs })] })).toEqual([told(weight, code)])
  })

  test.each([
    ['of another name', set('calico-node')],
    ['in another namespace', set('anetd', { namespace: 'other' })],
  ])('one %s says nothing', (_, one) => {
    expect(signs({ pods: [agent('anetd')], daemonSets: [one] })).toEqual([])
  })
})

describe('the agent runs', () => {
  const daemonSets = [
    daemonSet({ namespace: 'kube-system', name: 'cilium', nodeSelector: {} }),
    daemonSet({ namespace: 'kube-system', name: 'x' }),
  ]
  const elsewhere = [daemonSet({ namespace: 'kube-system', name: 'cilium', nodeSelector: { other: 'node' } })]
  const noPods = { Pod: 'forbidden' } as const
  test.each<[string, World, string]>([
    ['here', { pods: [agent('x'), agent('cilium')] }, 'proxy-replaced'],
    ['elsewhere', { pods: [] }, 'proxy-replaced-elsewhere'],
    ['elsewhere if only others of the kind are here', { pods: [agent('x')] }, 'proxy-replaced-elsewhere'],
    [
      'elsewhere if what is here is no DaemonSet',
      { pods: [agent('x', { workload: { kind: 'Deployment', name: 'cilium', uid: 'u' } })] },
      'proxy-replaced-elsewhere',
    ],
    ['elsewhere if it belongs to nobody', { pods: [agent('x', { workload: undefined })] }, 'proxy-replaced-elsewhere'],
    [
      'elsewhere if it is of another namespace',
      { pods: [agent('cilium', { namespace: 'other' })] },
      'proxy-replaced-elsewhere',
    ],
    ['where its DaemonSet may, if pods cannot be read', { coverage: noPods, daemonSets }, 'proxy-replaced'],
    ['not where it may not', { coverage: noPods, daemonSets: elsewhere }, 'proxy-replaced-elsewhere'],
    [
      'perhaps here, if neither can be read',
      { coverage: { ...noPods, DaemonSet: 'forbidden' }, daemonSets: elsewhere },
      'proxy-replaced',
    ],
  ])('%s', (_, world, code) => {
    const [found] = signs({ ...world, configMaps: [cilium('true')] })
    expect(found?.evidence.reason.code).toBe(code)
    expect(found?.evidence.weight).toBe(code === 'proxy-replaced' ? 'for' : 'none')
  })
})
