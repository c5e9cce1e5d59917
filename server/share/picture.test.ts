import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { previewOf } from '@/core/share/preview'
import { createCanaryCluster } from '@/core/testing/canary-cluster'
import { createRandom } from '@/core/testing/random'
import { createRandomCluster } from '@/core/testing/random-cluster'
import { createClusterStore } from '../store/cluster-store'
import { openPicture, takePicture } from './picture'
import { keepPictureOpen, openedPicture } from './pictures'
import { hashOf } from './secrets'

function randomStore(seed: number) {
  const cluster = createRandomCluster(createRandom(seed))
  const store = createClusterStore()
  for (let i = 0; i < 60; i += 1) store.apply(cluster.step())
  return store
}

describe('a picture', () => {
  test.each([1, 2, 3, 4, 5])('shows the records it was taken of, and goes on doing so (seed %i)', (seed) => {
    const store = randomStore(seed)
    const namespaces = previewOf(store).namespaces
    const opened = openPicture(takePicture(store, namespaces, 1000))
    expect(previewOf(opened)).toEqual(previewOf(store))
    for (const service of store.services()) {
      expect(opened.service(service.key)).toEqual(service)
      expect(opened.slicesOfService(service.key)).toEqual(store.slicesOfService(service.key))
      expect(opened.podsOfService(service.key).map(({ key }) => key)).toEqual(
        store.podsOfService(service.key).map(({ key }) => key),
      )
    }
    expect([...opened.nodes()]).toEqual([...store.nodes()])
  })

  test('never says which cluster it is of', () => {
    const opened = openPicture(takePicture(randomStore(1), [], 1000))
    expect(opened.cluster()).toMatchObject({ name: '', contexts: [], context: null, demoControls: [] })
  })

  test('keeps which kinds are served and not followed, without which its answers would be others', () => {
    const store = randomStore(1)
    const { cluster } = createCanaryCluster(createRandom(1))
    const served = { otherRoutes: ['TCPRoute'], otherPolicies: ['AdminNetworkPolicy'] }
    store.setCluster({ ...cluster, ...served })
    expect(openPicture(takePicture(store, [], 1000)).cluster()).toMatchObject({ ...served, name: '', contexts: [] })
  })

  test('of before these were kept opens all the same', () => {
    const old = gzipSync(JSON.stringify({ takenAt: 1, events: [] })).toString('base64')
    expect(openPicture(old).cluster()).toMatchObject({ otherRoutes: [], otherPolicies: [] })
  })

  test('opens only by its own hash, and only if it is one', () => {
    const text = takePicture(randomStore(2), [], 1000)
    expect(keepPictureOpen(hashOf(text), `${text} `)).toBe(false)
    expect(keepPictureOpen(hashOf(text), undefined)).toBe(false)
    const other = gzipSync('no picture').toString('base64')
    expect(keepPictureOpen(hashOf(other), other)).toBe(false)
    expect(keepPictureOpen(hashOf(text), text)).toBe(true)
    expect(openedPicture(hashOf(text))).toBeDefined()
    // Once open it needs its text no more.
    expect(keepPictureOpen(hashOf(text), undefined)).toBe(true)
  })
})
