import { describe, expect, test } from 'vitest'
import type { Endpoint, PodRecord } from '../model/records'
import { endpoint, endpointOf, pod, service, slice } from '../testing/builders'
import { namesView } from '../testing/names-view'
import { endpointNames } from './endpoint-names'

function namesOf(endpoints: readonly Endpoint[], pods: readonly PodRecord[] = []) {
  const headless = service({ clusterIP: 'None', clusterIPs: ['None'] })
  const slices = [slice({ endpoints })]
  const view = namesView({ services: [headless], slices, pods })
  return endpointNames(view, { service: headless, slices, own: 'cart.shop', isHeadless: true })
}

describe('[Q3] names of single endpoints', () => {
  test.each<[string, readonly Endpoint[], readonly PodRecord[], object]>([
    [
      'that is not ready, by its address',
      [endpoint('10.0.0.1', { ready: false })],
      [],
      { name: '10-0-0-1.cart.shop', reason: { code: 'names-endpoint-not-ready', values: { endpoint: '10.0.0.1' } } },
    ],
    [
      'that is not ready, by its pod',
      [endpointOf(pod({ labels: {} }), { ready: false, hostname: 'h' })],
      [pod({ labels: {} })],
      { name: 'h.cart.shop', reason: { code: 'names-endpoint-not-ready', values: { endpoint: 'shop/cart-1' } } },
    ],
    [
      'that is ending',
      [endpoint('10.0.0.1', { ready: false, terminating: true })],
      [],
      { name: '10-0-0-1.cart.shop', reason: { code: 'names-endpoint-terminating', values: { endpoint: '10.0.0.1' } } },
    ],
    [
      'of a pod that is in no slice',
      [],
      [pod({ phase: 'Pending' })],
      {
        name: 'cart-1.cart.shop',
        reason: { code: 'names-pod-in-no-slice', values: { pod: 'shop/cart-1', phase: 'Pending' } },
      },
    ],
    [
      'of a pod that names another Service',
      [endpointOf(pod({ hostname: 'h', subdomain: 'other' }))],
      [pod({ hostname: 'h', subdomain: 'other' })],
      {
        name: 'h.cart.shop',
        reason: {
          code: 'names-pod-of-other-subdomain',
          values: { pod: 'shop/cart-1', service: 'cart', subdomain: 'other' },
        },
      },
    ],
    [
      'of a pod that names none',
      [endpointOf(pod())],
      [pod()],
      {
        name: 'cart-1.cart.shop',
        reason: {
          code: 'names-pod-without-hostname',
          values: { pod: 'shop/cart-1', service: 'cart', subdomain: '' },
        },
      },
    ],
  ])('that is missing: %s', (_, endpoints, pods, missing) => {
    expect(namesOf(endpoints, pods).missing).toEqual([missing])
  })

  test('what is ready and has no address is neither there nor missing', () => {
    expect(namesOf([endpoint('cart.example')])).toEqual({ labels: [], addresses: [], count: 0, missing: [] })
  })

  test('50 names and addresses of many, which are all counted', () => {
    const { labels, addresses, count } = namesOf(Array.from({ length: 51 }, (_, i) => endpoint(`10.0.0.${i}`)))
    expect([labels.length, addresses.length, count]).toEqual([50, 50, 51])
  })
})
