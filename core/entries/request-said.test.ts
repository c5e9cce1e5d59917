// What takes a request, with every reason for doubt and what it names.

import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord } from '../model/records'
import { entryKinds } from '../model/records-entries'
import { namespace, service } from '../testing/builders'
import {
  backendRef,
  gateway,
  gatewayClass,
  httpRoute,
  ingress,
  ingressBackend,
  ingressClass,
  ingressPath,
  listener,
  parentRef,
  routeMatch,
  routeRule,
} from '../testing/entry-builders'
import { precision } from './hosts'
import { takenBy } from './request'

function taken(records: readonly ClusterRecord[], text: string) {
  const { protocol, hostname, port, pathname } = new URL(text)
  const scheme = protocol === 'https:' ? 'https' : 'http'
  const store = createClusterStore()
  store.apply([
    ...(['Service', ...entryKinds] as const).map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...[service(), ingressClass(), gatewayClass(), namespace(), ...records].map(
      (record): ClusterEvent => ({ type: 'put', record }),
    ),
  ])
  return takenBy(store, {
    scheme,
    host: hostname,
    port: Number(port) || (scheme === 'https' ? 443 : 80),
    path: pathname,
  })
}

/** `ID HOST PATH TYPE`, `?` where it only may, and its notes: `CODE name=value`. */
const told = (records: readonly ClusterRecord[], text: string) =>
  taken(records, text).map(({ entry, host, path, pathType, possible, certain, notes }) => [
    `${entry.id} ${host} ${path} ${pathType}${possible ? '?' : ''}${certain ? '!' : ''}`,
    ...notes.map(({ code, values }) =>
      [code.replace('entry-', ''), ...Object.entries(values).map(([key, value]) => `${key}=${value}`)].join(' '),
    ),
  ])

describe('[Y12] of Ingresses', () => {
  const row = (path: string, pathType = 'Prefix', port = 80) =>
    ingressPath(path, { pathType, backend: ingressBackend('cart', port) })
  const of = (name: string, host: string, ...paths: ReturnType<typeof row>[]) =>
    ingress({ name, rules: [{ host, paths }] })
  const own = 'ImplementationSpecific'
  const nginx = ingressClass({ controller: 'k8s.io/ingress-nginx' })

  test.each<[string, readonly ClusterRecord[], readonly (readonly string[])[]]>([
    ['an Ingress without a class takes nothing', [ingress({ className: undefined })], []],
    [
      'one whose class is gone neither',
      [ingress({ className: 'gone', rules: [{ host: 'a.test', paths: [row('/')] }] })],
      [],
    ],
    [
      'rules alike that lead elsewhere',
      [of('a', 'a.test', row('/x/')), of('b', 'a.test', row('/x', 'Prefix', 81)), of('c', 'a.test', row('/x'))],
      [['shop/a a.test /x/ Prefix', 'rules-alike entry=shop/b path=/x/']],
    ],
    [
      'a shorter path of the host that leads elsewhere is no doubt',
      [of('a', 'a.test', row('/x'), row('/', 'Prefix', 81))],
      [['shop/a a.test /x Prefix!']],
    ],
    [
      'rules alike that lead to one backend',
      [of('a', 'a.test', row('/x')), of('b', 'a.test', row('/x'))],
      [['shop/a a.test /x Prefix!']],
    ],
    [
      'a wider host that leads elsewhere',
      [of('a', 'a.test', row('/x')), of('b', '*.test', row('/x', 'Prefix', 81))],
      [['shop/a a.test /x Prefix', 'host-order host=*.test']],
    ],
    [
      'a rule of every host that leads elsewhere',
      [of('a', 'a.test', row('/x')), of('b', '', row('/', 'Prefix', 81))],
      [['shop/a a.test /x Prefix', 'host-order host=*']],
    ],
    [
      'a wider host that leads to the same',
      [of('a', 'a.test', row('/x')), of('b', '*.test', row('/'))],
      [['shop/a a.test /x Prefix!']],
    ],
    [
      'the same Service of another namespace is another one',
      [
        of('a', 'a.test', row('/x')),
        { ...ingress({ namespace: 'z', name: 'b', rules: [{ host: 'a.test', paths: [row('/x')] }] }) },
      ],
      [['shop/a a.test /x Prefix', 'rules-alike entry=z/b path=/x']],
    ],
    [
      'rules alike that lead elsewhere, and a path read by its controller',
      [of('a', 'a.test', row('/x'), row('/(.*)', own, 82)), of('b', 'a.test', row('/x', 'Prefix', 81))],
      [['shop/a a.test /x Prefix', 'rules-alike entry=shop/b path=/x', 'path-order path=/(.*)']],
    ],
    [
      'a path that ingress-nginx reads as a prefix',
      [nginx, of('a', 'a.test', row('/x', own))],
      [['shop/a a.test /x ImplementationSpecific!', 'path-nginx path=/x']],
    ],
    [
      'paths that ingress-nginx reads as expressions, told once',
      [nginx, { ...of('a', 'a.test', row('/x')), expressions: true }, of('b', 'a.test', row('/y', 'Prefix', 81))],
      [['shop/a a.test /x Prefix', 'path-expression path=/x host=a.test']],
    ],
    [
      'a path read by its controller takes it',
      [of('a', 'a.test', row('/x', own), row('/'))],
      [['shop/a a.test /x ImplementationSpecific', 'path-order path=/x']],
    ],
    [
      'a path read by its controller, alike and elsewhere: told once',
      [of('a', 'a.test', row('/', own)), of('b', 'a.test', row('/.*', own, 81))],
      [['shop/a a.test / ImplementationSpecific', 'path-order path=/']],
    ],
    [
      'a path read by its controller may take it, and leads to the same',
      [of('a', 'a.test', row('/'), row('/(.*)', own))],
      [['shop/a a.test / Prefix!']],
    ],
    [
      'a path read by its controller may take it for a wider host',
      [of('a', 'a.test', row('/')), of('b', '*.test', row('/(.*)', own, 81))],
      [['shop/a a.test / Prefix!']],
    ],
    [
      'a path read by its controller may take it, and nothing else does',
      [of('a', '', row('/(.*)', own)), of('b', 'a.test', row('/[xy]', own, 81))],
      [['shop/b a.test /[xy] ImplementationSpecific?', 'path-order path=/[xy]']],
    ],
    [
      'default backends elsewhere, counted',
      ['a', 'b', 'c', 'd'].map((name, at) =>
        ingress({ name, rules: [], defaultBackend: ingressBackend('cart', at < 2 ? 80 : at) }),
      ),
      [['shop/a   default', 'defaults-alike count=3']],
    ],
    [
      'default backends of one place',
      ['a', 'b'].map((name) => ingress({ name, rules: [], defaultBackend: ingressBackend() })),
      [['shop/a   default!']],
    ],
    [
      'a more precise host of another Ingress',
      [of('a', 'a.test', row('/only')), ingress({ name: 'b', rules: [], defaultBackend: ingressBackend() })],
      [['shop/b   default', 'host-closer host=a.test']],
    ],
    [
      'a more precise host of the same Ingress, for a rule',
      [
        ingress({
          name: 'a',
          rules: [
            { host: 'a.test', paths: [row('/only')] },
            { host: '*.test', paths: [row('/')] },
          ],
        }),
      ],
      [['shop/a *.test / Prefix', 'host-closer host=a.test']],
    ],
    [
      'the longest path, whatever slashes are in it',
      [of('a', 'a.test', row('/x/y/z/'), row('/x/y/'))],
      [['shop/a a.test /x/y/z/ Prefix!']],
    ],
  ])('%s', (_, records, expected) => expect(told(records, 'http://a.test/x/y/z')).toEqual(expected))

  test('TLS that its Ingress does not ask for', () => {
    const [found] = told([of('a', 'a.test', row('/'))], 'https://a.test/')
    expect(found).toEqual(['shop/a a.test / Prefix!', 'tls-none entry=shop/a'])
    const tls = ingress({ rules: [{ host: 'a.test', paths: [row('/')] }], tls: [{ hosts: [], secretName: 's' }] })
    expect(told([tls], 'https://a.test/')).toEqual([['shop/web a.test / Prefix!']])
    expect(told([tls], 'https://a.test:80/')).toEqual([])
    expect(told([tls], 'http://a.test:443/')).toEqual([])
  })

  test('an Ingress without a class takes nothing where the classes are not read', () => {
    const store = createClusterStore()
    store.apply([
      { type: 'synced', kind: 'Ingress', scope: '' },
      { type: 'put', record: ingress({ className: undefined, rules: [{ host: 'a.test', paths: [row('/')] }] }) },
    ])
    expect(takenBy(store, { scheme: 'http', host: 'a.test', port: 80, path: '/' })).toEqual([])
  })

  test('with its class and its one way, and no filters', () => {
    expect(taken([of('a', 'a.test', row('/'))], 'http://a.test/')).toMatchObject([
      { by: 'nginx', entry: { kind: 'Ingress' }, ways: [{ id: 'Ingress shop/a 0.0', redirects: false }], filters: [] },
    ])
  })
})

describe('[Y12] of routes', () => {
  const by = (name: string, ...matches: ReturnType<typeof routeMatch>[]) =>
    httpRoute({ name, hostnames: ['a.test'], rules: [routeRule({ matches })] })
  const asks = (over: Parameters<typeof routeMatch>[1]) => routeMatch('/x', over)
  const regex = (path: string) => routeMatch(path, { pathType: 'RegularExpression' })

  test.each<[string, readonly ClusterRecord[], readonly (readonly string[])[]]>([
    [
      'an exact path before the same prefix',
      [by('a', routeMatch('/x')), by('b', routeMatch('/x', { pathType: 'Exact' }))],
      [['shop/b a.test /x Exact!']],
    ],
    ['an exact path takes nothing else', [by('a', routeMatch('/', { pathType: 'Exact' }))], []],
    [
      'prefixes by their letters, but for a slash at the end',
      [by('a', routeMatch('/')), by('b', routeMatch('/x/'))],
      [['shop/b a.test /x/ PathPrefix!']],
    ],
    [
      'of two prefixes that differ by a slash the older name',
      [by('a', routeMatch('/x')), by('b', routeMatch('/x/'))],
      [['shop/a a.test /x PathPrefix!']],
    ],
    [
      'of one route the first rule',
      [
        httpRoute({
          hostnames: ['a.test'],
          rules: [
            routeRule({ matches: [routeMatch('/x')], filters: ['First'] }),
            routeRule({ matches: [routeMatch('/x')] }),
          ],
        }),
      ],
      [['shop/web a.test /x PathPrefix!']],
    ],
    [
      'a method before headers, these before parameters, all before none',
      [
        by('a', asks({ queryParams: ['q', 'r', 's'] })),
        by('b', asks({ headers: ['h'] })),
        by('c', asks({ method: 'POST' })),
        by('d', asks({ headers: ['h', 'i'] })),
        by('e', routeMatch('/x')),
      ],
      [
        [
          'shop/e a.test /x PathPrefix!',
          'method-ahead entry=shop/c path=/x method=POST',
          'conditional-ahead entry=shop/d path=/x',
          'conditional-ahead entry=shop/b path=/x',
          'conditional-ahead entry=shop/a path=/x',
        ],
      ],
    ],
    [
      'a parameter beside a header',
      [
        by('a', asks({ headers: ['h'] })),
        by('b', asks({ headers: ['h'], queryParams: ['q'] })),
        by('c', routeMatch('/x')),
      ],
      [
        [
          'shop/c a.test /x PathPrefix!',
          'conditional-ahead entry=shop/b path=/x',
          'conditional-ahead entry=shop/a path=/x',
        ],
      ],
    ],
    [
      'more parameters before fewer',
      [by('a', asks({ queryParams: ['q'] })), by('b', asks({ queryParams: ['q', 'r'] })), by('c', routeMatch('/x'))],
      [
        [
          'shop/c a.test /x PathPrefix!',
          'conditional-ahead entry=shop/b path=/x',
          'conditional-ahead entry=shop/a path=/x',
        ],
      ],
    ],
    [
      'an expression before every prefix, and five of them told',
      [...['1', '2', '3', '4', '5', '6'].map((name) => by(name, regex(`/${name}.*`))), by('a', routeMatch('/x'))],
      [
        [
          'shop/a a.test /x PathPrefix',
          ...['1', '2', '3', '4', '5'].map((name) => `regex-ahead entry=shop/${name} path=/${name}.*`),
        ],
      ],
    ],
    [
      'an exact path before an expression, however old',
      [by('a', regex('/.*')), by('b', routeMatch('/x', { pathType: 'Exact' }))],
      [['shop/b a.test /x Exact!']],
    ],
    [
      'an expression, however short, before a prefix',
      [by('a', regex('.')), by('b', routeMatch('/x'))],
      [['shop/b a.test /x PathPrefix', 'regex-ahead entry=shop/a path=.']],
    ],
    [
      'nothing but an expression',
      [by('a', regex('/.*'))],
      [['shop/a a.test /.* RegularExpression?', 'regex-only entry=shop/a path=/.*']],
    ],
    [
      'nothing but a method',
      [by('a', asks({ method: 'GET' }))],
      [['shop/a a.test /x PathPrefix?', 'method-only entry=shop/a path=/x method=GET']],
    ],
    [
      'an expression with a header',
      [by('a', routeMatch('/.*', { pathType: 'RegularExpression', headers: ['h'] })), by('b', routeMatch('/'))],
      [['shop/b a.test / PathPrefix!', 'regex-ahead entry=shop/a path=/.*']],
    ],
    [
      'of its hosts the most precise',
      [httpRoute({ hostnames: ['*.test', 'a.test', 'b.test'] })],
      [['shop/web a.test / PathPrefix!']],
    ],
    ['a route of other hosts', [httpRoute({ hostnames: ['b.test'] })], []],
    [
      'a route of another Gateway',
      [
        gateway({ name: 'z', listeners: [listener({ port: 81 })] }),
        httpRoute({ hostnames: ['a.test'], parents: [parentRef({ name: 'z' })] }),
      ],
      [],
    ],
  ])('%s', (_, records, expected) => expect(told([gateway(), ...records], 'http://a.test/x')).toEqual(expected))

  test.each([
    ['another port', [listener({ port: 81 })]],
    ['another protocol on its port', [listener({ protocol: 'HTTPS' })]],
    ['another host', [listener({ hostname: 'b.test' })]],
  ])('a listener of %s has no part in it', (_, listeners) => {
    const route = httpRoute({ hostnames: ['a.test', 'b.test'] })
    expect(told([gateway({ listeners }), route], 'http://a.test/x')).toEqual([])
  })

  test('a backend of another kind of the core is told by its kind alone', () => {
    const rules = [routeRule({ backends: [backendRef({ kind: 'Pod', name: 'p' })] })]
    const [found] = taken([gateway(), httpRoute({ hostnames: ['a.test'], rules })], 'http://a.test/x')
    expect(found?.ways[0]?.notes).toEqual([{ code: 'entry-backend-kind', values: { kind: 'Pod', name: 'p' } }])
  })

  test('a more precise listener of another host is not asked', () => {
    const listeners = [listener({ name: 'b', hostname: 'b.test' }), listener({ name: 'all' })]
    const route = httpRoute({ hostnames: ['a.test', 'b.test'] })
    expect(told([gateway({ listeners }), route], 'http://a.test/x')).toEqual([['shop/web a.test / PathPrefix!']])
  })

  test('of one route the first rule, with its filters', () => {
    const rules = ['First', 'Second', 'Third'].map((filter) =>
      routeRule({ matches: [routeMatch('/x')], filters: [filter] }),
    )
    const [found] = taken([gateway(), httpRoute({ hostnames: ['a.test'], rules })], 'http://a.test/x')
    expect(found?.filters).toEqual(['First'])
  })

  test('every backend is a way, with its filters, path and whether it is encrypted', () => {
    const rules = [
      routeRule({ backends: [backendRef({ name: 'other' })], matches: [routeMatch('/none')] }),
      routeRule({
        matches: [routeMatch('/none'), regex('/.*')],
        filters: ['URLRewrite', 'Other'],
        backends: [
          backendRef({ kind: 'Bucket', group: 'example.com', name: 'b' }),
          backendRef({ port: undefined, weight: 3 }),
        ],
      }),
    ]
    const listeners = [listener({ name: 'plain' }), listener({ protocol: 'HTTPS', port: 443, hostname: 'a.test' })]
    const route = httpRoute({ hostnames: ['a.test'], rules })
    const [found] = taken([gateway({ listeners }), route], 'https://a.test/x')
    expect(found).toMatchObject({ by: 'shop/edge', entry: { kind: 'HTTPRoute' }, filters: ['URLRewrite', 'Other'] })
    const filters = { code: 'entry-filters', values: { filters: 'URLRewrite, Other' } }
    const pathOwn = { code: 'entry-path-own', values: {} }
    expect(found?.ways).toMatchObject([
      {
        entry: { kind: 'HTTPRoute', id: 'shop/web' },
        id: 'HTTPRoute shop/web 1.1.0',
        service: 'shop/b',
        className: '',
        port: 80,
        tls: true,
        broken: [],
        notes: [{ code: 'entry-backend-kind', values: { kind: 'Bucket.example.com', name: 'b' } }, filters, pathOwn],
      },
      {
        id: 'HTTPRoute shop/web 1.1.1',
        service: 'shop/cart',
        port: '',
        servicePort: undefined,
        weight: 3,
        share: 0.75,
        broken: [{ code: 'entry-port-not-set', values: { service: 'shop/cart' } }],
        notes: [filters, pathOwn],
      },
    ])
    expect(taken([gateway(), httpRoute({ hostnames: ['a.test'] })], 'http://a.test/x')[0]?.ways[0]?.tls).toBe(false)
  })

  test.each([
    [1_000_000, []],
    [1_000_001, [{ code: 'entry-weight-invalid', values: { weight: 1_000_001 } }]],
  ])('[Y5] a weight of %j', (weight, broken) => {
    const rules = [routeRule({ backends: [backendRef({ weight })] })]
    const [found] = taken([gateway(), httpRoute({ hostnames: ['a.test'], rules })], 'http://a.test/x')
    expect(found?.ways[0]?.broken).toEqual(broken)
  })
})

test.each([
  ['a.b', '*.long.name.of.many.letters'],
  ['a.bc', 'a.b'],
  ['*.a.b', '*.b'],
  ['*.b', ''],
])('%s names hosts more precisely than %j', (one, other) => {
  expect(precision(one)).toBeGreaterThan(precision(other))
})
