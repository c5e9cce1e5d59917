import { describe, expect, test } from 'vitest'
import { container, endpoint, pod, service, slice } from '../testing/builders'
import { namesView } from '../testing/names-view'
import { podEnvironment } from './pod-environment'
import { podNames } from './pod-names'

const at = 100_000
const running = (since: number) => ({ phase: 'running', reason: undefined, since, exitCode: undefined }) as const
const started = pod({ containers: [container({ state: running(at) })] })
const kubernetes = service({ namespace: 'default', name: 'kubernetes', clusterIP: '10.96.0.1' })

describe('[Q8] what a container was told', () => {
  const stateOf = (over: Parameters<typeof service>[0], of = started) => {
    const found = podEnvironment(namesView({ services: [service(over)] }), of)[0]?.services[0]
    return [found?.state, found?.reason?.code, found?.reason?.values.seconds].filter((one) => one !== undefined)
  }
  test.each([
    ['a Service from before', { createdAt: at - 60_000 }, ['got']],
    ['made later', { createdAt: at + 12_000 }, ['missed', 'names-env-made-later', 12]],
    ['made in the same second', { createdAt: at }, ['unsure', 'names-env-same-time']],
    ['changed since', { createdAt: at - 60_000, changedAt: at + 5000 }, ['got', 'names-env-changed', 5]],
    ['headless', { clusterIP: 'None' }, ['missed', 'names-env-no-cluster-ip']],
    ['of unknown age', { createdAt: undefined }, ['unsure', 'names-env-no-time']],
  ])('%s', (_, over, expected) => {
    expect(stateOf(over)).toEqual(expected)
  })

  test('enableServiceLinks false: default/kubernetes alone', () => {
    const view = namesView({ services: [service(), kubernetes] })
    const [found] = podEnvironment(view, { ...started, enableServiceLinks: false })
    expect(found?.services.map(({ service: key, state, reason }) => [key, state, reason?.code])).toEqual([
      ['shop/cart', 'missed', 'names-env-links-off'],
      ['default/kubernetes', 'got', undefined],
    ])
    expect(found?.counts).toEqual({ got: 1, missed: 1, unsure: 0 })
  })

  test('Services of other namespaces are not listed, but default/kubernetes is, once', () => {
    const view = namesView({ services: [kubernetes, service({ namespace: 'pay' })] })
    const keys = (of: typeof started) => podEnvironment(view, of)[0]?.services.map((one) => one.service)
    expect(keys(started)).toEqual(['default/kubernetes'])
    expect(keys({ ...started, namespace: 'default' })).toEqual(['default/kubernetes'])
  })

  test('each container has its own start; one that does not run would be told now', () => {
    const containers = [
      container({ name: 'old', state: running(at) }),
      container({ name: 'again', state: running(at + 60_000) }),
      container({ name: 'waits', state: undefined }),
      container({ name: 'once', role: 'init', state: running(at) }),
    ]
    const view = namesView({ services: [service({ createdAt: at + 10_000 })] })
    expect(podEnvironment(view, pod({ containers })).map((one) => [one.container, one.services[0]?.state])).toEqual([
      ['old', 'missed'],
      ['again', 'got'],
      ['waits', 'unsure'],
    ])
  })

  test("the variables of the Service and those in the form of Docker's links", () => {
    const [told] = podEnvironment(namesView({ services: [service()] }), started)[0]?.services ?? []
    expect(told?.variables).toEqual([
      { name: 'CART_SERVICE_HOST', value: '10.96.0.10' },
      { name: 'CART_SERVICE_PORT', value: '80' },
      { name: 'CART_SERVICE_PORT_HTTP', value: '80' },
    ])
    expect(told?.links.map(({ name }) => name)).toEqual([
      'CART_PORT',
      'CART_PORT_80_TCP',
      'CART_PORT_80_TCP_PROTO',
      'CART_PORT_80_TCP_PORT',
      'CART_PORT_80_TCP_ADDR',
    ])
  })

  test.each([
    ['told in its place', { createdAt: 1 }, {}, 'missed', 'names-env-replaced'],
    ['unless it was made later', { createdAt: 9_999_999_999_999 }, {}, 'got', undefined],
    ['unless it has no cluster IP', { createdAt: 1, clusterIP: 'None' }, {}, 'got', undefined],
    ['unless links are off', { createdAt: 1 }, { enableServiceLinks: false }, 'got', undefined],
  ])('of two Services kubernetes the own one is %s', (_, over, links, state, code) => {
    const api = service({ namespace: 'default', name: 'kubernetes', createdAt: 1 })
    const twin = service({ name: 'kubernetes', ...over })
    const told = podEnvironment(namesView({ services: [api, twin] }), { ...started, ...links })[0]?.services
    const found = told?.find((one) => one.service === api.key)
    expect([found?.state, found?.reason?.code]).toEqual([state, code])
  })

  test('a variable that two Services fight for', () => {
    const view = namesView({
      services: [
        service({ name: 'a-b' }),
        service({ name: 'a', ports: [] }),
        { ...service({ name: 'a_b' }), clusterIP: '10.96.0.9' },
      ],
      pods: [started],
    })
    expect(podNames(view, started.key)?.contested).toContain('A_B_SERVICE_HOST')
  })
})

test('[Q4] names that lead to a pod: under its Services and by its address', () => {
  const targetRef = { kind: 'Pod', namespace: 'shop', name: 'cart-1', uid: started.uid }
  const slices = [
    slice({ endpoints: [endpoint('10.244.0.1', { targetRef })] }),
    slice({ name: 'orphan', serviceName: undefined, endpoints: [endpoint('10.244.0.1', { targetRef })] }),
  ]
  const view = namesView({ services: [service()], slices, pods: [started] })
  expect(podNames(view, started.key)?.own.map(({ name, type, data }) => [name, type, ...data])).toEqual([
    ['10-244-0-1.cart.shop.svc.cluster.local', 'A', '10.244.0.1'],
    ['10-244-0-1.shop.pod.cluster.local', 'A', '10.244.0.1'],
  ])
  expect(podNames(view, 'shop/nobody' as typeof started.key)).toBeUndefined()
})

test('[Q4] an address that ends in colons ends in -0 as a label, as CoreDNS writes it', () => {
  const six = pod({ podIPs: ['fd00::'] })
  const targetRef = { kind: 'Pod', namespace: 'shop', name: six.name, uid: six.uid }
  const slices = [slice({ addressType: 'IPv6', endpoints: [endpoint('fd00::', { targetRef })] })]
  const own = podNames(namesView({ services: [service()], slices, pods: [six] }), six.key)?.own
  expect(own?.map(({ name, data }) => [name, ...data])).toEqual([
    ['fd00--0.cart.shop.svc.cluster.local', 'fd00::'],
    ['fd00--0.shop.pod.cluster.local', 'fd00::'],
  ])
})
