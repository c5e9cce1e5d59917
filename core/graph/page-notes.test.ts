import { describe, expect, test } from 'vitest'
import { absentNotes, type KnownObjects } from './page-notes'
import { parsePageQuery } from './page-query'

const known: KnownObjects = {
  hasNamespace: (name) => name === 'shop',
  hasNode: (name) => name === 'n1',
  nodeOfPod: ({ name }) => ({ p1: 'n1', waiting: '' })[name] ?? null,
  waysOf: ({ name }) => (name === 'cart' ? ['node-port'] : null),
  hasWorkload: ({ name }) => name === 'cart',
  portsOf: ({ name }) => (name === 'cart' ? [{ name: 'http', protocol: 'TCP' }] : null),
}
const notes = (search: string, of: KnownObjects = known) =>
  absentNotes(parsePageQuery(new URLSearchParams(search)).query, of)

describe('what of a query names nothing', () => {
  test.each<[string, readonly (readonly [string, string | number | boolean | null])[]]>([
    ['', []],
    ['ns=shop&from=Node:n1&focus=Service:shop/cart&port=http/TCP', []],
    ['from=Pod:shop/p1', []],
    [
      'ns=shop,nowhere,pay',
      [
        ['query-empty-namespace', 'nowhere'],
        ['query-empty-namespace', 'pay'],
      ],
    ],
    ['from=Node:n9', [['query-not-found', 'Node:n9']]],
    ['workload=Deployment/shop/cart', []],
    ['workload=Deployment/shop/gone', [['query-not-found', 'Deployment/shop/gone']]],
    ['from=Pod:shop/p9', [['query-not-found', 'Pod:shop/p9']]],
    ['focus=Service:shop/cart&port=metrics/TCP', [['query-not-found', 'metrics/TCP']]],
    ['focus=Service:shop/cart&port=http/UDP', [['query-not-found', 'http/UDP']]],
    ['focus=Service:shop/gone&port=http/TCP&way=external-ip', []],
    ['focus=Service:shop/cart&way=external-ip', [['query-no-such-way', 'external-ip']]],
    ['focus=Service:shop/cart&way=node-port', []],
    ['focus=Service:shop/cart&way=cluster-ip', []],
    ['focus=Service:shop/cart&to=10.0.0.1:80&way=external-ip', []],
  ])('%s', (search, expected) => {
    expect(notes(search).map(({ code, values }) => [code, values.value])).toEqual(expected)
  })

  test('a pod that is on no node starts nothing', () => {
    expect(notes('from=Pod:shop/waiting')).toEqual([
      { code: 'query-source-without-node', values: { parameter: 'from', pod: 'shop/waiting' } },
    ])
  })

  test('nothing is said about what has not been read', () => {
    const unread = {
      hasNamespace: () => undefined,
      hasNode: () => undefined,
      nodeOfPod: () => undefined,
      hasWorkload: () => undefined,
      portsOf: () => undefined,
      waysOf: () => undefined,
    }
    expect(notes('ns=x&from=Node:n9&focus=Service:a/b&port=c/TCP&way=node-port', unread)).toEqual([])
  })
})
