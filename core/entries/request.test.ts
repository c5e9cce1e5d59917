import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord } from '../model/records'
import { entryKinds } from '../model/records-entries'
import { service } from '../testing/builders'
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
import { gatewayHostMeets, ingressHostMeets, sharedHosts } from './hosts'
import { hasPrefix } from './path'
import { takenBy } from './request'

function viewOf(records: readonly ClusterRecord[]) {
  const store = createClusterStore()
  const base = [service(), ingressClass(), gatewayClass()]
  store.apply([
    ...(['Service', ...entryKinds] as const).map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...[...base, ...records].map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return store
}

/** `http://a.test/x`, port by the scheme. */
function taken(records: readonly ClusterRecord[], text: string) {
  const url = new URL(text)
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  const port = Number(url.port) || (scheme === 'https' ? 443 : 80)
  const request = { scheme, host: url.hostname, port, path: url.pathname } as const
  return takenBy(viewOf(records), request).map(({ entry, host, path, pathType, certain, notes }) => ({
    rule: `${entry.kind} ${entry.id} ${host}${path} ${pathType}`,
    certain,
    notes: notes.map(({ code }) => code),
  }))
}

test.each([
  ['a.b', 'A.B', 'yes', 'yes'],
  ['', 'a.b', 'yes', 'yes'],
  ['*.b.c', 'a.b.c', 'yes', 'yes'],
  ['*.b.c', 'x.a.b.c', 'no', 'yes'],
  ['*.b.c', 'b.c', 'no', 'no'],
  ['*.b.c', 'ab.c', 'no', 'no'],
  ['a.b', 'b.b', 'no', 'no'],
  ['host~0123456789ab', 'a.b', 'unknown', 'unknown'],
  ['a.b', 'host~0123456789ab', 'unknown', 'unknown'],
  ['*.b.c', '.b.c', 'no', 'no'],
  ['*.B.c', 'a.b.C', 'yes', 'yes'],
  ['*.b.c', '*.b.c', 'yes', 'yes'],
  ['xb.c', 'a.b.c', 'no', 'no'],
] as const)('[Y2] %s meets %s: by an Ingress %s, by a Gateway %s', (pattern, host, byIngress, byGateway) => {
  expect([ingressHostMeets(pattern, host), gatewayHostMeets(pattern, host)]).toEqual([byIngress, byGateway])
})

test.each([
  ['', [], ['']],
  ['*.a', [], ['*.a']],
  ['', ['b.a'], ['b.a']],
  ['*.a', ['b.a', 'c.b.a', 'b'], ['b.a', 'c.b.a']],
  ['x.b.a', ['*.a'], ['x.b.a']],
  ['*.b.a', ['*.a'], ['*.b.a']],
  ['*.a', ['*.a'], ['*.a']],
  ['a', ['*.a'], []],
  ['host~0123456789ab', ['b.a'], 'unknown'],
] as const)('[Y8] listener "%s" and route %j serve %j', (own, route, shared) => {
  expect(sharedHosts(own, route)).toEqual(shared)
})

test.each([
  ['/foo', '/foo', true],
  ['/foo', '/foo/', true],
  ['/foo/', '/foo', true],
  ['/foo/bar', '/foo', true],
  ['/foobar', '/foo', false],
  ['/', '/', true],
  ['/x', '/', true],
])('%s has the prefix %s: %s', (path, prefix, has) => {
  expect(hasPrefix(path, prefix)).toBe(has)
})

describe('of Ingresses', () => {
  const row = (path: string, pathType = 'Prefix', port = 80) =>
    ingressPath(path, { pathType, backend: ingressBackend('cart', port) })
  const web = (paths: ReturnType<typeof row>[], over: Parameters<typeof ingress>[0] = {}) =>
    ingress({ rules: [{ host: 'a.test', paths }], ...over })

  test.each([
    ['the longest path', [row('/'), row('/a/b'), row('/a')], '/a/b/c', '/a/b Prefix'],
    ['an exact one before a prefix', [row('/a'), row('/a', 'Exact')], '/a', '/a Exact'],
    ['no exact one for more than it', [row('/a'), row('/a', 'Exact')], '/a/b', '/a Prefix'],
    ['a longer prefix before nothing else', [row('/a', 'Exact'), row('/')], '/a/', '/ Prefix'],
  ])('[Y12] %s', (_, paths, path, rule) => {
    const found = taken([web(paths)], `http://a.test${path}`)
    expect(found).toEqual([{ rule: `Ingress shop/web a.test${rule}`, certain: true, notes: [] }])
  })

  test('[Y12] no rule: the default backend, of one or of several', () => {
    const one = web([row('/a')], { defaultBackend: ingressBackend() })
    expect(taken([one], 'http://b.test/')).toMatchObject([{ rule: 'Ingress shop/web  default', certain: true }])
    const two = ingress({ name: 'z', rules: [], defaultBackend: ingressBackend('other') })
    expect(taken([one, two], 'http://b.test/')).toMatchObject([{ certain: false, notes: ['entry-defaults-alike'] }])
    expect(taken([web([row('/a')])], 'http://a.test/b')).toEqual([])
  })

  test('[Y12] what only the controller decides is not decided', () => {
    expect(taken([web([row('/', 'ImplementationSpecific')])], 'http://a.test/')).toMatchObject([
      { certain: false, notes: ['entry-path-order'] },
    ])
    const alike = [web([row('/')]), web([row('/', 'Prefix', 81)], { name: 'z' })]
    expect(taken(alike, 'http://a.test/')).toMatchObject([{ certain: false, notes: ['entry-rules-alike'] }])
    const wide = ingress({ name: 'z', rules: [{ host: '*.test', paths: [row('/', 'Prefix', 81)] }] })
    expect(taken([web([row('/')]), wide], 'http://a.test/')).toMatchObject([
      { rule: 'Ingress shop/web a.test/ Prefix', certain: false, notes: ['entry-host-order'] },
    ])
  })

  test('[Y12] an expression of the controller may take what another rule or the default backend has', () => {
    const expression = row('/api(/|$)(.*)', 'ImplementationSpecific', 81)
    const rest = row('/')
    expect(taken([web([expression, rest])], 'http://a.test/api/users')).toMatchObject([
      { rule: 'Ingress shop/web a.test/ Prefix', certain: false, notes: ['entry-path-order'] },
    ])
    const whole = web([expression], { defaultBackend: ingressBackend() })
    expect(taken([whole], 'http://a.test/api/users')).toMatchObject([
      { rule: 'Ingress shop/web  default', certain: false, notes: ['entry-path-order'] },
    ])
    expect(taken([web([expression])], 'http://a.test/api/users')).toMatchObject([
      { rule: 'Ingress shop/web a.test/api(/|$)(.*) ImplementationSpecific', certain: false },
    ])
    const elsewhere = ingress({ name: 'z', rules: [{ host: 'b.test', paths: [expression] }] })
    expect(taken([web([rest]), elsewhere], 'http://a.test/api/users')).toMatchObject([{ certain: true, notes: [] }])
  })

  describe('of ingress-nginx', () => {
    const nginx = ingressClass({ controller: 'k8s.io/ingress-nginx' })
    const any = (path: string) => row(path, 'ImplementationSpecific')

    test('[Y15] a path of no certain type is a prefix, element by element', () => {
      expect(taken([nginx, web([any('/a'), row('/', 'Prefix', 81)])], 'http://a.test/a/x')).toEqual([
        { rule: 'Ingress shop/web a.test/a ImplementationSpecific', certain: true, notes: ['entry-path-nginx'] },
      ])
      expect(taken([nginx, web([any('/a'), row('/', 'Prefix', 81)])], 'http://a.test/ab')).toMatchObject([
        { rule: 'Ingress shop/web a.test/ Prefix', certain: true, notes: [] },
      ])
      expect(taken([nginx, web([any('/a'), row('/a', 'Exact', 81)])], 'http://a.test/a')).toMatchObject([
        { rule: 'Ingress shop/web a.test/a Exact', certain: true },
      ])
      expect(taken([nginx, web([any('/a')])], 'http://a.test/b')).toEqual([])
    })

    test('[Y15] an annotation on any Ingress of the host makes every path of it an expression', () => {
      const asking = ingress({ name: 'z', expressions: true, rules: [{ host: 'a.test', paths: [row('/z')] }] })
      expect(taken([nginx, web([row('/a')]), asking], 'http://a.test/a')).toMatchObject([
        { rule: 'Ingress shop/web a.test/a Prefix', certain: false, notes: ['entry-path-expression'] },
      ])
      const elsewhere = ingress({ name: 'z', expressions: true, rules: [{ host: 'b.test', paths: [row('/z')] }] })
      expect(taken([nginx, web([row('/a')]), elsewhere], 'http://a.test/a')).toMatchObject([{ certain: true }])
      const alone = web([row('/a')], { expressions: true })
      expect(taken([nginx, alone], 'http://a.test/b')).toMatchObject([
        { rule: 'Ingress shop/web a.test/a Prefix', certain: false, notes: ['entry-path-expression'] },
      ])
      expect(taken([alone], 'http://a.test/a')).toMatchObject([{ certain: true, notes: [] }])
    })
  })

  test.each(['*.test', ''])('[Y12] a rule for "%s" need not count where a more precise host has rules', (host) => {
    const wide = ingress({ name: 'z', rules: [{ host, paths: [row('/', 'Prefix', 81)] }] })
    expect(taken([web([row('/only')]), wide], 'http://a.test/x')).toMatchObject([
      { rule: `Ingress shop/z ${host}/ Prefix`, certain: false, notes: ['entry-host-closer'] },
    ])
    expect(taken([web([row('/only')]), wide], 'http://b.test/x')).toMatchObject([{ certain: true, notes: [] }])
  })

  test('[Y12] the default backend is for what the other rules of its Ingress leave, and perhaps not for others', () => {
    const own = web([row('/only')], { defaultBackend: ingressBackend() })
    expect(taken([own], 'http://a.test/x')).toMatchObject([{ certain: true, notes: [] }])
    const other = ingress({ name: 'z', rules: [], defaultBackend: ingressBackend() })
    expect(taken([web([row('/only')]), other], 'http://a.test/x')).toMatchObject([
      { rule: 'Ingress shop/z  default', certain: false, notes: ['entry-host-closer'] },
    ])
  })

  test('each class answers for itself; a port that no controller need have is not theirs', () => {
    const other = [ingressClass({ name: 'other' }), web([row('/')], { name: 'z', className: 'other' })]
    expect(taken([web([row('/')]), ...other], 'http://a.test/')).toHaveLength(2)
    expect(taken([web([row('/')])], 'http://a.test:8080/')).toEqual([])
  })

  test('TLS that no Ingress asks for is told', () => {
    expect(taken([web([row('/')])], 'https://a.test/')).toMatchObject([{ certain: true, notes: ['entry-tls-none'] }])
  })
})

describe('of routes', () => {
  const route = (name: string, over: Parameters<typeof httpRoute>[0] = {}) =>
    httpRoute({ name, hostnames: ['a.example.com'], ...over })
  const by = (...matches: ReturnType<typeof routeMatch>[]) => ({ rules: [routeRule({ matches })] })
  const rule = (found: ReturnType<typeof taken>) => found.map((one) => one.rule)

  test.each([
    [
      'the exact path',
      [route('a', by(routeMatch('/x'))), route('b', by(routeMatch('/x', { pathType: 'Exact' })))],
      'b',
    ],
    ['the longest prefix', [route('a', by(routeMatch('/'))), route('b', by(routeMatch('/x')))], 'b'],
    ['the more precise host', [route('a', { hostnames: ['*.example.com'], ...by(routeMatch('/x')) }), route('b')], 'b'],
    ['the older route', [route('a', { createdAt: 2 }), route('b', { createdAt: 1 })], 'b'],
    ['the first name of routes of one age', [route('b'), route('a')], 'a'],
  ] as const)('[Y12] %s', (_, routes, wins) => {
    const found = taken([gateway(), ...routes], 'http://a.example.com/x')
    expect(found).toMatchObject([{ certain: true, notes: [] }])
    expect(rule(found)[0]).toContain(`HTTPRoute shop/${wins} `)
  })

  test('[Y12] conditions are told and not assumed; an expression may come first', () => {
    const plain = route('b')
    const canary = route('a', by(routeMatch('/', { headers: ['x-canary'] })))
    expect(taken([gateway(), plain, canary], 'http://a.example.com/')).toMatchObject([
      { rule: 'HTTPRoute shop/b a.example.com/ PathPrefix', certain: true, notes: ['entry-conditional-ahead'] },
    ])
    const regex = route('a', by(routeMatch('/.*', { pathType: 'RegularExpression' })))
    expect(taken([gateway(), plain, regex], 'http://a.example.com/')).toMatchObject([
      { certain: false, notes: ['entry-regex-ahead'] },
    ])
  })

  test.each([
    ['GET', { method: 'GET' }, false, 'entry-method-ahead'],
    ['another method', { method: 'POST' }, true, 'entry-method-ahead'],
    ['GET and a header', { method: 'GET', headers: ['x'] }, true, 'entry-conditional-ahead'],
    [
      'GET and an expression',
      { method: 'GET', path: '/.*', pathType: 'RegularExpression' },
      false,
      'entry-regex-ahead',
    ],
  ] as const)('[Y12] %s ahead of a rule for all', (_, asks, certain, note) => {
    const ahead = route('a', by(routeMatch('/', asks)))
    expect(taken([gateway(), ahead, route('b')], 'http://a.example.com/')).toMatchObject([
      { rule: 'HTTPRoute shop/b a.example.com/ PathPrefix', certain, notes: [note] },
    ])
  })

  test.each([
    ['a method', { method: 'GET' }, 'entry-method-only'],
    ['a header', { headers: ['x'] }, 'entry-conditional-only'],
    ['an expression', { path: '/.*', pathType: 'RegularExpression' }, 'entry-regex-only'],
  ] as const)('[Y12] nothing but a rule with %s: it may take the request', (_, asks, note) => {
    expect(taken([gateway(), route('a', by(routeMatch('/', asks)))], 'http://a.example.com/')).toMatchObject([
      { certain: false, notes: [note] },
    ])
  })

  test('[Y12] the listener with the most precise host has the request, and routes of others have not', () => {
    const listeners = [listener({ name: 'all' }), listener({ name: 'own', hostname: 'a.example.com' })]
    const at = (name: string, sectionName: string) => route(name, { parents: [parentRef({ sectionName })] })
    const found = taken([gateway({ listeners }), at('a', 'all'), at('b', 'own')], 'http://a.example.com/')
    expect(rule(found)).toEqual(['HTTPRoute shop/b a.example.com/ PathPrefix'])
    expect(taken([gateway({ listeners }), at('a', 'all')], 'http://a.example.com/')).toEqual([])
  })

  test('[Y6] a Gateway without a class that is there takes nothing', () => {
    expect(taken([gateway({ className: 'nope' }), route('a')], 'http://a.example.com/')).toEqual([])
  })

  test('another port, or TLS, is another listener', () => {
    const tls = gateway({ listeners: [listener({ protocol: 'HTTPS', port: 8443 })] })
    expect(taken([tls, route('a')], 'https://a.example.com:8443/')).toHaveLength(1)
    expect(taken([tls, route('a')], 'http://a.example.com/')).toEqual([])
  })

  test('row 41: 10,000 rules, and a Gateway that names itself by its routes, come to an end', () => {
    const rules = Array.from({ length: 10_000 }, (_, at) =>
      routeRule({ matches: [routeMatch(`/${at}`)], backends: [backendRef({ weight: at % 3 })] }),
    )
    const self = [parentRef(), parentRef({ kind: 'HTTPRoute', name: 'a' }), parentRef()]
    const found = taken([gateway(), route('a', { rules, parents: self })], 'http://a.example.com/9999/x')
    expect(rule(found)).toEqual(['HTTPRoute shop/a a.example.com/9999 PathPrefix'])
  })
})
