import { describe, expect, test } from 'vitest'
import type { EndpointsSubset } from '../model/records'
import { container, pod, service, servicePort } from '../testing/builders'
import { legacyLabels, legacySubsets } from './legacy'

/** A subset as `ready | not ready | ports`. */
const line = ({ addresses, notReadyAddresses, ports }: EndpointsSubset) =>
  [
    addresses.map(({ ip }) => ip),
    notReadyAddresses.map(({ ip }) => ip),
    ports.map(({ name, port }) => `${name}:${port}`),
  ]
    .map((list) => list.join(' '))
    .join(' | ')

const lines = (of: Parameters<typeof service>[0], ...pods: Parameters<typeof pod>[0][]) =>
  legacySubsets(
    service(of),
    pods.map((one, i) => pod({ name: `cart-${i}`, ...one })),
  ).map(line)

const at = (last: number) => ({ podIPs: [`10.0.0.${last}`] })

describe('[C13] which pods the legacy object lists', () => {
  test.each([
    ['a ready pod', {}, { ready: true }, ['10.0.0.1 |  | http:8080']],
    ['one that is not ready, apart', {}, { ready: false }, [' | 10.0.0.1 | http:8080']],
    [
      'or as ready, if all are published',
      { publishNotReadyAddresses: true },
      { ready: false },
      ['10.0.0.1 |  | http:8080'],
    ],
    ['not one that is being deleted', {}, { ready: true, deletedAt: 1 }, []],
    [
      'unless all are published',
      { publishNotReadyAddresses: true },
      { ready: true, deletedAt: 1 },
      ['10.0.0.1 |  | http:8080'],
    ],
    ['not one that has ended', { publishNotReadyAddresses: true }, { phase: 'Succeeded' }, []],
    ['or failed', { publishNotReadyAddresses: true }, { phase: 'Failed' }, []],
    ['not one without an address', {}, { ready: true, podIPs: [] }, []],
    ['nor without one of the first family', { ipFamilies: ['IPv6', 'IPv4'] as const }, { ready: true }, []],
    [
      'of two addresses the first of the first family',
      {},
      { ready: true, podIPs: ['fd00::1', '10.0.0.1', '10.0.0.2'] },
      ['10.0.0.1 |  | http:8080'],
    ],
    [
      'in its shortest form',
      { ipFamilies: ['IPv6'] as const },
      { ready: true, podIPs: ['fd00:0::01'] },
      ['fd00::1 |  | http:8080'],
    ],
    [
      'without families that of the cluster IP',
      { ipFamilies: [], clusterIP: 'fd00::a' },
      { ready: true, podIPs: ['10.0.0.1', 'fd00::1'] },
      ['fd00::1 |  | http:8080'],
    ],
    [
      'without either that of the pod',
      { ipFamilies: [], clusterIP: '' },
      { ready: true, podIPs: ['fd00::1', '10.0.0.1'] },
      ['fd00::1 |  | http:8080'],
    ],
    [
      'also if headless',
      { ipFamilies: [], clusterIP: 'None' },
      { ready: true, podIPs: ['fd00::1', '10.0.0.1'] },
      ['fd00::1 |  | http:8080'],
    ],
    ['headless without ports', { clusterIP: 'None', ports: [] }, { ready: true }, ['10.0.0.1 |  | ']],
    ['nothing without ports otherwise', { ports: [] }, { ready: true }, []],
    [
      'nothing where no container has the named port',
      { ports: [servicePort({ targetPort: 'web' })] },
      { ready: true },
      [],
    ],
  ])('%s', (_, of, one, expected) => {
    expect(lines(of, { ...at(1), ...one })).toEqual(expected)
  })

  test('an address tells its pod, its node, and its host name if the subdomain is the Service', () => {
    const [subset] = legacySubsets(service(), [
      pod({ name: 'cart-0', ready: true, ...at(1), nodeName: 'node-a', hostname: 'c-0', subdomain: 'cart' }),
      pod({ name: 'cart-1', ready: true, ...at(2), nodeName: undefined, hostname: 'c-1', subdomain: 'other' }),
    ])
    expect(subset?.addresses).toEqual([
      {
        ip: '10.0.0.1',
        hostname: 'c-0',
        nodeName: 'node-a',
        targetRef: { kind: 'Pod', namespace: 'shop', name: 'cart-0', uid: 'uid-of-Pod-shop/cart-0' },
      },
      expect.objectContaining({ ip: '10.0.0.2', hostname: undefined, nodeName: undefined }),
    ])
  })

  test('a port tells its name, protocol and application protocol', () => {
    const ports = [servicePort({ name: 'grpc', protocol: 'TCP', appProtocol: 'kubernetes.io/h2c', targetPort: 9000 })]
    expect(legacySubsets(service({ ports }), [pod({ ready: true, ...at(1) })])[0]?.ports).toEqual([
      { name: 'grpc', protocol: 'TCP', port: 9000, appProtocol: 'kubernetes.io/h2c' },
    ])
  })
})

describe('[C14] pods that serve a named port under different numbers', () => {
  test('stand in different subsets, the ports they share apart', () => {
    const ports = [
      servicePort({ name: 'web', targetPort: 'web' }),
      servicePort({ name: 'admin', port: 81, targetPort: 9 }),
    ]
    const web = (containerPort: number) => ({
      ready: true,
      containers: [container({ ports: [{ name: 'web', protocol: 'TCP' as const, containerPort }] })],
    })
    expect(
      lines({ ports }, { ...at(1), ...web(80) }, { ...at(2), ...web(90) }, { ...at(3), ...web(80) }).toSorted(),
    ).toEqual(['10.0.0.1 10.0.0.2 10.0.0.3 |  | admin:9', '10.0.0.1 10.0.0.3 |  | web:80', '10.0.0.2 |  | web:90'])
  })
})

describe('[C17] labels', () => {
  const managed = ['endpoints.kubernetes.io/managed-by', 'endpoint-controller']
  const headless = ['service.kubernetes.io/headless', '']
  test.each([
    ['those of the Service', { labels: { app: 'web' } }, [['app', 'web'], managed]],
    ['headless', { clusterIP: 'None' }, [headless, managed]],
    ['without a cluster IP too', { clusterIP: '' }, [headless, managed]],
    ['a left-over mark is taken off', { labels: { 'service.kubernetes.io/headless': 'x' } }, [managed]],
    ['the controller keeps its own', { labels: { 'endpoints.kubernetes.io/managed-by': 'me' } }, [managed]],
  ])('%s', (_, of, expected) => {
    const made = service(of)
    expect([...legacyLabels(made)]).toEqual(expected)
    expect(made.labels).toEqual(service(of).labels)
  })
})
