// The reflectors against a real kube-apiserver: what a faulty API of our own can only imitate. Here, and not beside the code,
// because the control plane takes minutes to build.
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WatchState } from '@/core/model/events'
import { gatewayKinds } from '@/core/model/records-entries'
import { createRandom } from '@/core/testing/random'
import { contextConnection } from '@/server/kube/connection'
import { loadContext } from '@/server/kube/kubeconfig'
import { resourcesOf } from '@/server/kube/resources'
import { startReflectors } from '@/server/kube/start-reflectors'
import { expectNoUnhandledRejection } from '@/server/kube/testing/unhandled'
import { createClusterStore } from '@/server/store/cluster-store'
import { type KubeApi, waitFor } from './cluster/api'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { grant, namespace, node, pod, service } from './cluster/objects'
import { takePriority } from './priority'

takePriority()

expectNoUnhandledRejection()

// Kinds of CRDs that this cluster does not have are not among them.
const every = resourcesOf({ namespaces: [], watchPods: true }).length

const skipReason = await whyNoPrograms()
if (skipReason) console.warn(`SKIPPED, reflectors on a real API server: ${skipReason}`)

describe.skipIf(skipReason)('on a real API server', () => {
  let cluster: ControlPlane
  let api: KubeApi
  const open: (() => Promise<void>)[] = []
  const rejects: unknown[] = []

  beforeAll(async () => {
    cluster = await startControlPlane()
    api = cluster.api
    await api.create(namespace('shop'))
    await api.create(node('node-1', { zone: 'a' }))
    for (let i = 0; i < 5; i++) await addPod(`cart-${i}`)
    await api.create(
      service('shop', 'cart', { spec: { selector: { app: 'cart' }, ports: [{ port: 80, targetPort: 8080 }] } }),
    )
  }, 600_000)
  afterAll(async () => {
    for (const close of open.reverse()) await close()
    await cluster?.stop()
    expect(rejects).toEqual([])
  })

  // The same addresses in every run.
  const random = createRandom(1)
  const addPod = (name: string) =>
    api.create(
      pod('shop', name, {
        node: 'node-1',
        ips: [`10.244.0.${random.int(200) + 2}`],
        labels: { app: 'cart' },
      }),
    )

  function watch(kubeconfig: string, namespaces: readonly string[] = []) {
    const connection = contextConnection({ load: () => loadContext([kubeconfig], undefined), env: process.env })
    const store = createClusterStore()
    const history: WatchState[] = []
    const reflectors = startReflectors({
      connection,
      namespaces,
      watchPods: true,
      onEvents: (events) => void store.apply(events),
      onState: (state) => history.push(state),
      onRejects: (some) => rejects.push(...some),
      // A server that is away at first is what some of these tests are about; the states tell it.
      onIdentityUnknown: () => undefined,
    })
    open.push(async () => {
      await reflectors.stop()
      connection.close()
    })
    const inState = (state: WatchState['state']) => reflectors.states().filter((one) => one.state === state).length
    return { store, reflectors, history, inState }
  }

  const until = (condition: () => boolean | Promise<boolean>, what: string) => waitFor(what, async () => condition())

  /** Keys and versions of a kind, as the server lists them now. */
  async function truth(path: string): Promise<string[]> {
    const { items } = await api.get<{
      items: { metadata: { namespace: string; name: string; resourceVersion: string } }[]
    }>(path)
    return items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}@${metadata.resourceVersion}`).sort()
  }

  const sameAsServer = (store: ReturnType<typeof createClusterStore>) => async () => {
    const held = (records: Iterable<{ key: string; resourceVersion: string }>) =>
      [...records].map((record) => `${record.key}@${record.resourceVersion}`).sort()
    const all = {
      pods: '/api/v1/pods',
      slices: '/apis/discovery.k8s.io/v1/endpointslices',
      services: '/api/v1/services',
    } as const
    const same = await Promise.all(
      Object.entries(all).map(async ([kind, path]) => {
        const records = kind === 'pods' ? store.pods() : kind === 'slices' ? store.slices() : store.services()
        return `${held(records)}` === `${await truth(path)}`
      }),
    )
    return same.every(Boolean)
  }

  test('every watch comes into sync, and changes arrive', async () => {
    const { store, inState, history } = watch(cluster.kubeconfigs.admin)
    await until(() => inState('synced') === every, 'every watch in sync')
    await until(sameAsServer(store), 'the same objects')
    await addPod('cart-later')
    await until(sameAsServer(store), 'the same objects after a change')
    expect(history.filter((state) => state.state === 'stale' || state.state === 'broken')).toEqual([])
  })

  test('killed, and back about 8 s later: stale within 5 s, in sync within 15 s of its return, nothing lost', async () => {
    const { store, inState, history } = watch(cluster.kubeconfigs.admin)
    await until(() => inState('synced') === every, 'in sync')
    const killedAt = Date.now()
    await cluster.killApiServer()
    await until(() => inState('stale') === every, 'all stale')
    expect(Date.now() - killedAt).toBeLessThan(5_000)
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 6_000 - (Date.now() - killedAt))))
    await cluster.startApiServer()
    const backAt = Date.now()
    await addPod('cart-after-kill')
    await until(() => inState('synced') === every, 'in sync again')
    await until(sameAsServer(store), 'the same objects')
    expect(Date.now() - backAt).toBeLessThan(15_000)
    // The Gateway API has not been installed here.
    const core = history.filter(({ kind }) => !gatewayKinds.some((one) => one === kind))
    expect(core.filter(({ state }) => state === 'forbidden' || state === 'unserved')).toEqual([])
    expect(history.some((state) => state.count === 0 && state.kind === 'Pod' && state.since > killedAt)).toBe(false)
  })

  test('restarted in order: healed', async () => {
    const { store, inState } = watch(cluster.kubeconfigs.admin)
    await until(() => inState('synced') === every, 'in sync')
    await cluster.restartApiServer()
    await addPod('cart-after-restart')
    await until(() => inState('synced') === every, 'in sync again')
    await until(sameAsServer(store), 'the same objects')
  })

  test('a person who may read one namespace: that works, the rest is said to be forbidden', async () => {
    const rules = [
      { apiGroups: [''], resources: ['services', 'pods', 'endpoints'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
    ]
    await grant(api, 'viewer', { rules, namespace: 'shop' })
    const some = resourcesOf({ namespaces: ['shop'], watchPods: true })
    const { store, inState, reflectors } = watch(cluster.kubeconfigs.viewer, ['shop'])
    await until(
      () => inState('synced') === 4 && inState('forbidden') === some.length - 4,
      'four in sync, the others forbidden',
    )
    expect([...store.pods()].length).toBeGreaterThan(4)
    const pods = reflectors.states().find((state) => state.kind === 'Node')
    expect(pods?.reason?.detail).toContain('cannot list resource "nodes"')
  })

  test('a person who may read nothing is told so, kind by kind', async () => {
    const { inState } = watch(cluster.kubeconfigs.nobody)
    await until(() => inState('forbidden') === every, 'all forbidden')
  })

  test.each([
    ['a certificate of an authority that is not ours', 'tls-unknown-authority', () => ({})],
    [
      'a certificate for another name',
      'tls-wrong-name',
      () => ({
        'certificate-authority': `${cluster.folder}/certificates/apiserver.crt`,
        'tls-server-name': 'other.example',
      }),
    ],
  ])('%s is not trusted, and said (%s)', async (_name, code, tls) => {
    const config = {
      clusters: [{ name: 'c', cluster: { server: cluster.server, ...tls() } }],
      users: [{ name: 'u', user: {} }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }
    const path = `${cluster.folder}/${code}.json`
    await writeFile(path, JSON.stringify(config))
    const { reflectors, inState } = watch(path)
    await until(() => inState('broken') === every, 'all broken')
    expect(new Set(reflectors.states().map((state) => state.reason?.code))).toEqual(new Set([code]))
  })
})
