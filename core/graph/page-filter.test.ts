import { describe, expect, test } from 'vitest'
import { nodeSummary, serviceSummary } from '../testing/graph-objects'
import { isNodeListed, isServiceListed, isShown } from './page-filter'
import type { Pairs } from './types'

const shown = (namespace: string, labels: Pairs, filter: { ns?: string[]; label?: Pairs }) =>
  isShown(
    { kind: 'ServiceSummary', namespace, name: 'cart', labels },
    { namespaces: filter.ns ?? [], labels: filter.label ?? [] },
  )

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
  ])('%s → %s', (_, expected, args) => {
    expect(shown(...args)).toBe(expected)
  })

  const summary = serviceSummary('shop/cart', {
    clusterIPs: ['10.96.0.10'],
    externalIPs: ['198.51.100.7'],
    loadBalancer: ['lb.example.com'],
    ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: null, nodePort: 30_062, appProtocol: null }],
    labels: [['app', 'cart']],
  })

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
  ])('a Service is listed for "%s": %s', (text, expected) => {
    expect(isServiceListed(summary, { namespaces: [], labels: [], text })).toBe(expected)
  })

  const node = nodeSummary('node-7', {
    zone: 'zone-b',
    addresses: [{ type: 'InternalIP', address: '10.0.0.7' }],
    labels: [['pool', 'general']],
    proxyMode: { state: 'mode', mode: 'nftables', scheduler: null, confidence: 'likely' },
    proxyVersion: 'v1.36.3',
  })

  test.each([
    ['zone-b nftables', true],
    ['10.0.0.7', true],
    ['pool=general', true],
    ['ipvs', false],
  ])('a node is listed for "%s": %s, whatever the namespaces', (text, expected) => {
    expect(isNodeListed(node, { namespaces: ['shop'], labels: [], text })).toBe(expected)
  })
})
