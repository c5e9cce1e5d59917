import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
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

  test('a proxy on its way out does not count', () => {
    const own = node({ name: 'n1', kubeletVersion: 'v1.36.3' })
    const leaving = pod({ nodeName: 'n1', proxyArgs: [], proxyImage: 'kube-proxy:v1.25.3', deletedAt: 1 })
    const store = createClusterStore()
    store.apply([own, leaving].map((record) => ({ type: 'put', record })))
    expect(proxyVersionOf(store, own).from).toBe('kubelet')
  })
})
