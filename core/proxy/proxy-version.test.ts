import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { PodRecord } from '../model/records'
import { node, pod } from '../testing/builders'
import { proxyVersionOf } from './proxy-version'

function versionOf(...images: readonly (string | undefined)[]) {
  const own = node({ name: 'n1', kubeletVersion: 'v1.36.3' })
  const place = { namespace: 'kube-system', nodeName: 'n1' }
  const pods = images.map((proxyImage, at) => pod({ ...place, name: `kube-proxy-${at}`, proxyArgs: [], proxyImage }))
  const store = createClusterStore()
  store.apply([own, ...pods].map((record) => ({ type: 'put', record })))
  const { version, from } = proxyVersionOf(store, own)
  return `${from} ${version}`
}

describe('[P29] the version of a node’s kube-proxy', () => {
  test.each([
    [['registry.example/kube-proxy:v1.25.3'], 'image v1.25.3'],
    [['registry.example:5000/kube-proxy:v1.29.0-minimal.1'], 'image v1.29.0-minimal.1'],
    [['kube-proxy:v1.30.1@sha256:0123'], 'image v1.30.1'],
    [['kube-proxy:v1.30.1', 'kube-proxy:v1.30.1'], 'image v1.30.1'],
    [['registry.example:5000/kube-proxy'], 'kubelet v1.36.3'],
    [['kube-proxy@sha256:0123'], 'kubelet v1.36.3'],
    [['kube-proxy:latest'], 'kubelet v1.36.3'],
    [['kube-proxy:v1.30.1', 'kube-proxy:v1.31.0'], 'kubelet v1.36.3'],
    [[undefined], 'kubelet v1.36.3'],
    [[], 'kubelet v1.36.3'],
  ])('%j: %s', (images, expected) => {
    expect(versionOf(...images)).toBe(expected)
  })

  const told = (over: Partial<PodRecord>) => {
    const own = node({ name: 'n1', kubeletVersion: 'v1.36.3' })
    const proxyImage = 'registry.example/kube-proxy:v1.25.3@sha256:0'
    const one = pod({ nodeName: 'n1', name: 'kube-proxy-1', proxyArgs: [], proxyImage, ...over, labels: {} })
    const store = createClusterStore()
    store.apply([own, one].map((record) => ({ type: 'put', record })))
    return proxyVersionOf(store, own)
  }
  const image = {
    version: 'v1.25.3',
    from: 'image',
    object: 'shop/kube-proxy-1',
    text: 'registry.example/kube-proxy:v1.25.3@sha256:0',
  }
  const kubelet = { version: 'v1.36.3', from: 'kubelet', object: 'n1', text: 'v1.36.3' }

  test.each<[string, Partial<PodRecord>, object]>([
    ['that runs counts', {}, image],
    ['that was last seen running counts', { phase: 'Unknown' }, image],
    ['that has ended does not', { phase: 'Failed' }, kubelet],
    ['on its way out does not', { deletedAt: 1 }, kubelet],
  ])('a proxy %s', (_, over, expected) => {
    expect(told(over)).toEqual(expected)
  })

  test('nothing is made up where neither tells one', () => {
    const own = node({ name: 'n1', kubeletVersion: undefined })
    expect(proxyVersionOf(createClusterStore(), own)).toEqual({
      version: undefined,
      from: 'kubelet',
      object: 'n1',
      text: '',
    })
  })
})
