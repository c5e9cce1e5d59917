import { describe, expect, test } from 'vitest'
import { node, service } from '../testing/builders'
import { isNodeListed, isServiceListed, isShown } from './page-filter'
import type { Pairs } from './types'

const shown = (namespace: string, labels: Pairs, filter: { ns?: string[]; label?: Pairs }) =>
  isShown({ namespace, labels }, { namespaces: filter.ns ?? [], labels: filter.label ?? [], text: '' })

describe('page filter', () => {
  test.each<[string, boolean, Parameters<typeof shown>]>([
    ['no filter shows all', true, ['shop', [], {}]],
    ['one of the namespaces', true, ['shop', [], { ns: ['pay', 'shop'] }]],
    ['another namespace', false, ['shop', [], { ns: ['pay'] }]],
    [
      'all labels are there',
      true,
      [
        'shop',
        [
          ['a', '1'],
          ['b', '2'],
        ],
        {
          label: [
            ['b', '2'],
            ['a', '1'],
          ],
        },
      ],
    ],
    [
      'one label is missing',
      false,
      [
        'shop',
        [['a', '1']],
        {
          label: [
            ['a', '1'],
            ['b', '2'],
          ],
        },
      ],
    ],
    ['a label with another value', false, ['shop', [['a', '1']], { label: [['a', '2']] }]],
    ['namespace and labels', false, ['shop', [['a', '1']], { ns: ['pay'], label: [['a', '1']] }]],
  ])('[Q5] %s → %s', (_, expected, args) => {
    expect(shown(...args)).toBe(expected)
  })

  const summary = {
    ...service(),
    id: 'ServiceSummary:shop/cart',
    kind: 'ServiceSummary' as const,
    headless: false,
    hasSelector: true,
    externalIPs: ['198.51.100.7'],
    loadBalancer: ['lb.example.com'],
    externalName: null,
    ports: [
      { name: 'http', protocol: 'TCP' as const, port: 80, targetPort: null, nodePort: 30_062, appProtocol: null },
    ],
    labels: [['app', 'cart']] as const,
    endpoints: {
      IPv4: { ready: 0, servingTerminating: 0, notReady: 0 },
      IPv6: { ready: 0, servingTerminating: 0, notReady: 0 },
    },
    sliceCount: 0,
    trafficDistribution: null,
    internalTrafficPolicy: null,
    externalTrafficPolicy: null,
    hinted: 'none' as const,
    trouble: [],
  }

  test.each([
    ['', true],
    ['cart', true],
    ['SHOP/CA', true],
    ['10.96.0.10', true],
    ['198.51', true],
    ['lb.example', true],
    ['30062', true],
    ['app=cart http', true],
    ['cart payments', false],
    ['headless', false],
  ])('[Q6] a Service is listed for "%s": %s', (text, expected) => {
    expect(isServiceListed(summary, { namespaces: [], labels: [], text })).toBe(expected)
  })

  const nodeSummary = {
    ...node({ name: 'node-7' }),
    id: 'NodeSummary:node-7',
    kind: 'NodeSummary' as const,
    zone: 'zone-b',
    addresses: [{ type: 'InternalIP', address: '10.0.0.7' }],
    ready: true,
    os: 'linux',
    kubeletVersion: null,
    allocatablePods: null,
    podCount: 0,
    labels: [['pool', 'general']] as const,
    proxyMode: { state: 'mode' as const, mode: 'nftables' as const, scheduler: null, confidence: 'likely' as const },
  }

  test.each([
    ['zone-b nftables', true],
    ['10.0.0.7', true],
    ['pool=general', true],
    ['ipvs', false],
  ])('[Q6] a node is listed for "%s": %s, whatever the namespaces', (text, expected) => {
    expect(isNodeListed(nodeSummary, { namespaces: ['shop'], labels: [], text })).toBe(expected)
  })
})
