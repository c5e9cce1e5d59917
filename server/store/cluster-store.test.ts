import { describe, expect, test } from 'vitest'
import { projectObject } from '@/core/graph/project'
import type { ClusterEvent, WatchState } from '@/core/model/events'
import type { Reject } from '@/core/model/from-api'
import { nodeKey, podKey, serviceKey } from '@/core/model/keys'
import type { ClusterRecord } from '@/core/model/records'
import { endpoint, endpointOf, legacyEndpoints, node, pod, service, slice } from '@/core/testing/builders'
import { createClusterStore } from './cluster-store'

const put = (record: ClusterRecord): ClusterEvent => ({ type: 'put', record })
const synced = (kind: 'Pod' | 'Service', scope = ''): ClusterEvent => ({ type: 'synced', kind, scope })
const cart = serviceKey('shop', 'cart')

describe('batches', () => {
  test('the clock goes up by one per batch, and subscribers hear of each batch once', () => {
    const store = createClusterStore()
    const heard: number[] = []
    const unsubscribe = store.subscribe((change) => heard.push(change.clock))
    store.apply([put(service()), put(slice()), put(node())])
    store.apply([])
    unsubscribe()
    store.apply([put(pod())])
    expect(heard).toEqual([1, 2])
    expect(store.clock()).toBe(3)
  })
})

describe('[G13] identity is the uid', () => {
  test('a late remove of an object that another has replaced takes nothing away', () => {
    const store = createClusterStore()
    store.apply([put(pod({ uid: 'old' })), put(pod({ uid: 'new', nodeName: 'n2' }))])
    store.apply([{ type: 'remove', kind: 'Pod', key: 'shop/cart-1', uid: 'old' }])
    expect(store.pod(podKey('shop', 'cart-1'))?.uid).toBe('new')
    expect(store.podsOfNode(nodeKey('n1'))).toEqual([])
    expect(store.podsOfNode(nodeKey('n2'))).toHaveLength(1)
  })
})

describe('indexes', () => {
  test('a selector finds pods that came before the Service, after it, and with it', () => {
    const store = createClusterStore()
    store.apply([put(pod({ name: 'before' }))])
    store.apply([put(pod({ name: 'same-1' })), put(service()), put(pod({ name: 'same-2' }))])
    store.apply([put(pod({ name: 'after' })), put(pod({ name: 'other', labels: { app: 'x' } }))])
    store.apply([put(pod({ name: 'elsewhere', namespace: 'ops' }))])
    expect(store.podsOfService(cart).map((found) => found.name)).toEqual(['after', 'before', 'same-1', 'same-2'])
    store.apply([put(pod({ name: 'before', labels: {} }))])
    expect(store.podsOfService(cart).map((found) => found.name)).toEqual(['after', 'same-1', 'same-2'])
  })

  test('every pair of the selector must match, and a Service without one selects nothing', () => {
    const store = createClusterStore()
    store.apply([put(pod({ labels: { app: 'cart' } })), put(service({ selector: { app: 'cart', tier: 'web' } }))])
    expect(store.podsOfService(cart)).toEqual([])
    store.apply([put(service({ selector: undefined }))])
    expect(store.podsOfService(cart)).toEqual([])
  })

  test('an endpoint names its pod in its own namespace when it does not say which', () => {
    const store = createClusterStore()
    const targetRef = { kind: 'Pod', namespace: '', name: 'cart-1', uid: '' }
    store.apply([put(slice({ endpoints: [endpoint('10.0.0.1', { targetRef, nodeName: 'n1' })] }))])
    expect(store.servicesOfPod(podKey('shop', 'cart-1'))).toEqual([cart])
    expect(store.servicesOfNode(nodeKey('n1'))).toEqual([cart])
  })

  test('[G15] who owns an address: every spelling, several owners, and slices only where no pod explains it', () => {
    const store = createClusterStore()
    const bare = (ip: string) => ({ ip, hostname: undefined, nodeName: undefined, targetRef: undefined })
    const v6 = pod({ name: 'v6', podIPs: ['fd00:0:0::1'] })
    store.apply([
      put(
        node({
          addresses: [
            { type: 'InternalIP', address: '192.0.2.1' },
            { type: 'Hostname', address: 'n1' },
          ],
        }),
      ),
      put(pod({ hostNetwork: true, podIPs: ['192.0.2.1'] })),
      put(service({ clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'], externalIPs: ['198.51.100.7'] })),
      put(slice({ endpoints: [endpoint('203.0.113.5'), endpointOf(v6)] })),
      put(v6),
      put(
        legacyEndpoints({
          subsets: [{ addresses: [bare('203.0.113.6')], notReadyAddresses: [bare('203.0.113.9')], ports: [] }],
        }),
      ),
    ])
    const owners = (ip: string) => store.ownersOf(ip).map((owner) => `${owner.kind} ${owner.key}`)
    expect(owners('192.0.2.1')).toEqual(['Node n1', 'Pod shop/cart-1'])
    expect(store.ownersOf('198.51.100.7')).toEqual([{ kind: 'Service', key: 'shop/cart', via: 'externalIP' }])
    expect(owners('FD00::1')).toEqual(['Pod shop/v6'])
    expect(owners('203.0.113.5')).toEqual(['EndpointSlice shop/cart-a1b2c'])
    expect([owners('203.0.113.6'), owners('203.0.113.9')]).toEqual([['Endpoints shop/cart'], ['Endpoints shop/cart']])
    expect([owners('n1'), owners('')]).toEqual([[], []])
    store.apply([{ type: 'remove', kind: 'Node', key: 'n1', uid: node().uid }])
    expect(owners('192.0.2.1')).toEqual(['Pod shop/cart-1'])
  })

  test('iteration is in key order, whatever the order of arrival', () => {
    const store = createClusterStore()
    const names = () => [...store.nodes()].map((found) => found.name)
    store.apply(['m', 'a', 'z'].map((name) => put(node({ name }))))
    expect(names()).toEqual(['a', 'm', 'z'])
    store.apply([put(node({ name: 'b' })), { type: 'remove', kind: 'Node', key: 'm', uid: node({ name: 'm' }).uid }])
    store.apply([put(node({ name: 'm' })), put(node({ name: '__proto__' }))])
    expect(names()).toEqual(['__proto__', 'a', 'b', 'm', 'z'])
  })
})

describe('coverage', () => {
  test('[G14] unknown until synced; forbidden takes the objects away, except of namespaces watched by themselves', () => {
    const store = createClusterStore()
    expect(store.coverage('Pod')).toBe('loading')
    store.apply([put(pod()), put(pod({ namespace: 'ops' })), synced('Pod'), synced('Pod', 'ops')])
    expect(store.coverage('Pod')).toBe('synced')
    store.apply([{ type: 'unavailable', kind: 'Pod', scope: '', why: 'forbidden' }])
    expect([...store.pods()].map((left) => left.key)).toEqual(['ops/cart-1'])
    expect([store.coverage('Pod', 'shop'), store.coverage('Pod', 'ops')]).toEqual(['forbidden', 'synced'])
  })

  test('an unserved kind of one namespace leaves the others', () => {
    const store = createClusterStore()
    store.apply([put(pod()), put(pod({ namespace: 'ops' }))])
    store.apply([{ type: 'unavailable', kind: 'Pod', scope: 'shop', why: 'unserved' }])
    expect([...store.pods()].map((left) => left.key)).toEqual(['ops/cart-1'])
  })
})

describe('status', () => {
  const watch: WatchState = {
    kind: 'Pod',
    scope: '',
    state: 'synced',
    reason: undefined,
    count: 3,
    expected: undefined,
    since: 5,
    heardAt: 6,
    nextTryAt: undefined,
    rejected: 0,
  }

  test('the latest state of each watch is kept, and marks only itself', () => {
    const store = createClusterStore()
    store.setWatch({ ...watch, kind: 'Service' })
    store.setWatch(watch)
    const change = store.setWatch({ ...watch, state: 'stale' })
    expect(store.watches().map(({ kind, state }) => [kind, state])).toEqual([
      ['Pod', 'stale'],
      ['Service', 'synced'],
    ])
    expect([...change.dirty]).toEqual([['status', new Set(['Watch:Pod/'])]])
  })

  test('refused objects are named beside the watches that met them, the newest first, each once, so many at most', () => {
    const store = createClusterStore()
    store.setWatch(watch)
    store.setWatch({ ...watch, scope: 'ops' })
    const reject = (name: string, namespace = 'shop'): Reject => {
      return { kind: 'Pod', namespace, name, field: 'spec.nodeName', code: 'wrong-type' }
    }
    const change = store.reject([reject('a'), reject('b'), reject('a')])
    store.reject([reject('c', 'ops'), { ...reject('d'), kind: 'Service' }])
    expect([...change.dirty]).toEqual([['status', new Set(['Watch:Pod/'])]])
    const names = (id: string) => {
      const status = projectObject(store, 'status', id)
      return status?.kind === 'Watch' ? status.rejects.map(({ name }) => name) : undefined
    }
    expect([names('Watch:Pod/'), names('Watch:Pod/ops')]).toEqual([['c', 'a', 'b'], ['c']])
    store.reject(Array.from({ length: 250 }, (_, index) => reject(`p${index}`)))
    expect(names('Watch:Pod/')).toEqual(['p249', 'p248', 'p247', 'p246', 'p245'])
    expect(store.rejectsOf('Pod')).toHaveLength(50)
  })
})
