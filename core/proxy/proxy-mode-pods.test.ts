import { describe, expect, test } from 'vitest'
import type { DaemonSetRecord, PodRecord } from '../model/records'
import { configMap, daemonSet, node } from '../testing/builders'
import { proxyPod, worldView } from '../testing/proxies'
import { configMapsOf, proxyDaemonSetsOf, proxyPodsOf } from './proxy-mode-pods'

describe('a pod is a kube-proxy of its node', () => {
  const found = (over: Partial<PodRecord>, args: readonly string[] = []) =>
    proxyPodsOf(worldView({ pods: [proxyPod(args, over)] }), node())
  test.each<[string, Partial<PodRecord>, readonly string[], number]>([
    ['that runs', {}, [], 1],
    ['that was last seen running, on a node that is silent', { phase: 'Unknown' }, [], 1],
    ['not before it runs', { phase: 'Pending' }, [], 0],
    ['not once it has ended', { phase: 'Succeeded' }, [], 0],
    ['not on its way out', { deletedAt: 1 }, [], 0],
    ['not if it only removes the rules', {}, ['--cleanup'], 0],
    ['not if it has none of its arguments', { proxyArgs: undefined }, [], 0],
  ])('%s', (_, over, args, count) => {
    expect(found(over, args)).toHaveLength(count)
  })

  test.each<[string, Partial<PodRecord>, object]>([
    ['since it started', {}, { startedAt: 1000 }],
    ['since it was made, if it has not told more', { startedAt: undefined, createdAt: 7 }, { startedAt: 7 }],
    ['of its DaemonSet', {}, { source: 'pod', object: 'kube-system/kube-proxy-abc12', daemonSet: 'kube-proxy' }],
    ['of none if it is static', { workload: undefined }, { daemonSet: undefined }],
    [
      'of none if something else made it',
      { workload: { kind: 'Deployment', name: 'kube-proxy', uid: 'u' } },
      { daemonSet: undefined },
    ],
  ])('%s', (_, over, expected) => {
    expect(found(over)).toMatchObject([expected])
  })
})

describe('a DaemonSet runs kube-proxy', () => {
  const other = { name: 'network', images: [] }
  test.each<[string, Partial<Omit<DaemonSetRecord, 'nodeSelector'>>, number]>([
    ['by its name', { name: 'kube-proxy', images: [] }, 1],
    ['by the start of its name', { name: 'kube-proxy-windows', images: [] }, 1],
    ['by an image', { ...other, images: ['kube-proxy:v1.36.3'] }, 1],
    ['by an image in a registry', { ...other, images: ['registry.example:5000/eks/kube-proxy:v1.36.3'] }, 1],
    ['by an image without a tag', { ...other, images: ['registry.example/kube-proxy@sha256:0'] }, 1],
    ['by one of its images', { ...other, images: ['helper:1', 'kube-proxy:v1.36.3'] }, 1],
    ['not by the end of a name', { ...other, name: 'my-kube-proxy' }, 0],
    ['not by the end of an image', { ...other, images: ['not-kube-proxy:1'] }, 0],
    ['not by a registry of that name', { ...other, images: ['kube-proxy/agent:1'] }, 0],
    ['not by a longer word', { ...other, name: 'kube-proxyless' }, 0],
    ['not without its arguments', { proxyArgs: undefined }, 0],
  ])('%s', (_, over, count) => {
    expect(proxyDaemonSetsOf(worldView({ daemonSets: [daemonSet(over)] }), node())).toHaveLength(count)
  })
})

test('a kube-proxy reads the ConfigMaps of its DaemonSet, in its namespace', () => {
  const configMaps = [
    configMap({ name: 'kube-proxy' }),
    configMap({ name: 'kube-proxy-config' }),
    configMap({ name: 'kube-proxy-other' }),
    configMap({ name: 'kube-proxy', namespace: 'shop' }),
  ]
  expect(configMapsOf(worldView({ configMaps }), 'kube-proxy').map(({ key }) => key)).toEqual([
    'kube-system/kube-proxy',
    'kube-system/kube-proxy-config',
  ])
})
