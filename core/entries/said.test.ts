// What is said of a way in: each reason with everything that it names.

import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { serviceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { ClusterRecord, Kind } from '../model/records'
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
  referenceGrant,
  routeMatch,
  routeRule,
} from '../testing/entry-builders'
import { backendOf } from './backend'
import { waysInto } from './entries-of'
import { entryList } from './entry-list'
import { ingressWay, rulesOf } from './ingress-ways'

const common = [
  service(),
  ingressClass(),
  gatewayClass(),
  gateway(),
  namespace({ name: 'shop', labels: { team: 'a' } }),
]

function storeOf(records: readonly ClusterRecord[], unread: readonly Kind[] = []) {
  const store = createClusterStore()
  store.apply([
    ...(['Service', 'Namespace', ...entryKinds] as const).map(
      (kind): ClusterEvent =>
        unread.includes(kind)
          ? { type: 'unavailable', kind, scope: '', why: 'forbidden' }
          : { type: 'synced', kind, scope: '' },
    ),
    ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return store
}

const waysOf = (records: readonly ClusterRecord[], unread: readonly Kind[] = []) =>
  waysInto(storeOf(records, unread), serviceKey('shop', 'cart'))

/** `CODE name=value ...` of what is broken, then of the notes behind `|`. */
function said(records: readonly ClusterRecord[], unread: readonly Kind[] = []): readonly string[] {
  const [way] = waysOf(records, unread)
  const text = ({ code, values }: Reason) =>
    [code.replace('entry-', ''), ...Object.entries(values).map(([key, value]) => `${key}=${value}`)].join(' ')
  return [...(way?.broken.map(text) ?? ['no way']), '|', ...(way?.notes.map(text) ?? [])]
}

describe('an Ingress', () => {
  const bare = { className: undefined }
  const nginx = ingressClass({ controller: 'k8s.io/ingress-nginx' })
  const special = (over: Parameters<typeof ingress>[0]) =>
    ingress({
      rules: [{ host: 'a.test', paths: [ingressPath('/', { pathType: 'ImplementationSpecific' })] }],
      ...over,
    })
  const backend = (one: ReturnType<typeof ingressBackend>) =>
    ingress({ rules: [{ host: 'a.test', paths: [ingressPath('/', { backend: one })] }] })
  const alias = service({ type: 'ExternalName', externalName: 'db.test', ports: [] })
  const tls = (...hosts: string[][]) => ingress({ tls: hosts.map((own) => ({ hosts: own, secretName: 's' })) })
  test.each<[string, readonly ClusterRecord[], readonly Kind[], readonly string[]]>([
    ['[Y1] a class that is gone', [...common, ingress({ className: 'gone' })], [], ['class-missing class=gone', '|']],
    [
      '[Y1] a class of classes not read',
      [...common, ingress({ className: 'x' })],
      ['IngressClass'],
      ['|', 'class-not-known class=x'],
    ],
    [
      '[Y1] the annotation',
      [...common, ingress({ ...bare, classAnnotation: 'own' })],
      [],
      ['|', 'class-annotation class=own'],
    ],
    [
      '[Y1] two default classes',
      [service(), ingressClass({ isDefault: true }), ingressClass({ name: 'b', isDefault: true }), ingress(bare)],
      [],
      ['|', 'class-default class=b', 'class-defaults classes=b, nginx'],
    ],
    ['[Y3] a Service that is gone', [ingressClass(), ingress()], [], ['service-missing service=shop/cart', '|']],
    ['[Y3] Services not read', [ingressClass(), ingress()], ['Service'], ['|', 'service-not-known service=shop/cart']],
    [
      '[Y3] a port that is gone',
      [...common, backend(ingressBackend('cart', 81))],
      [],
      ['port-missing service=shop/cart port=81', '|'],
    ],
    [
      '[Y3] no port',
      [...common, backend({ ...ingressBackend('cart'), port: undefined })],
      [],
      ['port-not-set service=shop/cart', '|'],
    ],
    [
      '[Y3] an alias',
      [...common, alias, backend(ingressBackend('cart', 443))],
      [],
      ['|', 'external-name service=shop/cart name=db.test'],
    ],
    [
      '[Y4] TLS for other hosts, of which five are named',
      [...common, tls(['a.test', 'b.test'], ['c.test', 'd.test', 'e.test', 'f.test'])],
      [],
      ['|', 'tls-host host=shop.example.com hosts=a.test, b.test, c.test, d.test, e.test more=1'],
    ],
    ['[Y4] TLS for a host that is not told, and others', [...common, tls(['host~0123456789ab', 'a.test'])], [], ['|']],
    ['[Y4] TLS for its host among others', [...common, tls(['a.test', 'shop.example.com'])], [], ['|']],
    [
      '[Y4] TLS for a host, and a rule for all',
      [
        ...common,
        ingress({ rules: [{ host: '', paths: [ingressPath('/')] }], tls: [{ hosts: ['a.test'], secretName: 's' }] }),
      ],
      [],
      ['|', 'tls-others hosts=a.test more=0'],
    ],
    [
      'an exact path',
      [...common, ingress({ rules: [{ host: 'a.test', paths: [ingressPath('/', { pathType: 'Exact' })] }] })],
      [],
      ['|'],
    ],
    [
      'a path that its controller reads',
      [
        ...common,
        ingress({ rules: [{ host: 'a.test', paths: [ingressPath('/', { pathType: 'ImplementationSpecific' })] }] }),
      ],
      [],
      ['|', 'path-own'],
    ],
    ['a path that ingress-nginx reads', [...common, nginx, special({})], [], ['|', 'path-as-prefix']],
    [
      'a path that ingress-nginx reads as an expression',
      [...common, nginx, special({ expressions: true })],
      [],
      ['|', 'path-expressions'],
    ],
    [
      'a path of a class that is gone',
      [...common, special({ className: 'gone' })],
      [],
      ['class-missing class=gone', '|', 'path-own'],
    ],
    ['the default backend', [...common, ingress({ rules: [], defaultBackend: ingressBackend() })], [], ['|']],
  ])('%s', (_, records, unread, expected) => expect(said(records, unread)).toEqual(expected))

  test('each rule is a way of its own, in order, the default backend last; without a path every one is meant', () => {
    const rules = [
      {
        host: 'a.test',
        paths: [ingressPath('/a'), ingressPath(''), ingressPath('/x', { backend: ingressBackend('other') })],
      },
      { host: 'b.test', paths: [ingressPath('/b')] },
    ]
    const record = ingress({ rules, defaultBackend: ingressBackend('cart', 'http') })
    const told = () => waysOf([...common, record]).map(({ id, hosts, path, port }) => `${id}: ${hosts}${path} ${port}`)
    const expected = [
      'Ingress shop/web 0.0: a.test/a 80',
      'Ingress shop/web 0.1: a.test/ 80',
      'Ingress shop/web 1.0: b.test/b 80',
      'Ingress shop/web default:  http',
    ]
    expect([told(), told()]).toEqual([expected, expected])
  })

  test('without a default that is known it has no class, asks for nothing else and goes through no Gateway', () => {
    const [way] = waysOf([...common, ingress(bare)], ['IngressClass'])
    expect(way).toMatchObject({ className: '', conditions: [], through: [] })
  })

  test('[Y3] Services that are read in the namespace alone are known there', () => {
    const store = createClusterStore()
    store.apply([{ type: 'synced', kind: 'Service', scope: 'shop' }])
    expect(backendOf(store, serviceKey('shop', 'cart'), 80).broken).toHaveLength(1)
    expect(backendOf(store, serviceKey('pay', 'cart'), 80).broken).toEqual([])
  })

  test('of a backend that is no Service nothing more is said', () => {
    const record = backend({ service: undefined, port: undefined, resource: 'Bucket/b' })
    const ways = rulesOf(record).map((rule) => ingressWay(storeOf([...common, record]), record, rule))
    expect(ways.map(({ notes, servicePort }) => [notes, servicePort])).toEqual([[[], undefined]])
  })

  test('a rule without a port has none', () => {
    const [way] = waysOf([...common, backend({ ...ingressBackend('cart'), port: undefined })])
    expect([way?.port, way?.servicePort]).toEqual(['', undefined])
  })
})

describe('a route', () => {
  const toInfra = { parents: [parentRef({ namespace: 'infra' })] }
  const apart = (over: Parameters<typeof listener>[0]) =>
    gateway({ namespace: 'infra', listeners: [listener({ name: 'l', ...over })] })
  const labelled = (key: string, operator: string, ...values: string[]) =>
    apart({ from: 'Selector', selector: [{ key, operator, values }] })
  const of = 'gateway=shop/edge listener=http namespace=shop'
  const ofInfra = 'gateway=infra/edge listener=l namespace=shop'
  const outside = [`listener-namespace ${ofInfra}`, '|']
  const own = (over: Parameters<typeof listener>[0]) => gateway({ listeners: [listener(over)] })
  const status = (status: boolean | undefined, over?: Parameters<typeof parentRef>[0]) => ({
    parent: parentRef(over),
    accepted: status === undefined ? undefined : { status, reason: 'NotAllowed' },
    resolvedRefs: undefined,
  })
  const refused = ['route-refused gateway=shop/edge reason=NotAllowed', '|']
  type Case = [string, Parameters<typeof httpRoute>[0], readonly ClusterRecord[], readonly Kind[], readonly string[]]
  test.each<Case>([
    [
      '[Y6] a Gateway that is gone',
      { parents: [parentRef({ name: 'gone' })] },
      [],
      [],
      ['gateway-missing gateway=shop/gone', '|'],
    ],
    [
      '[Y6] Gateways not read',
      { parents: [parentRef({ name: 'gone' })] },
      [],
      ['Gateway'],
      ['|', 'gateway-not-known gateway=shop/gone'],
    ],
    [
      '[Y6] a parent of another kind',
      { parents: [parentRef({ kind: 'Service', name: 'cart' })] },
      [],
      [],
      ['|', 'parent-kind kind=Service parent=shop/cart'],
    ],
    [
      '[Y6] a Gateway of another group',
      { parents: [parentRef({ group: 'example.com' })] },
      [],
      [],
      ['|', 'parent-kind kind=Gateway parent=shop/edge'],
    ],
    [
      '[Y6] a listener that is not there, by name and port',
      { parents: [parentRef({ sectionName: 'x', port: 81 })] },
      [],
      [],
      ['listener-missing gateway=shop/edge listener=x:81', '|'],
    ],
    [
      '[Y6] a listener that is not there, by its port',
      { parents: [parentRef({ port: 81 })] },
      [],
      [],
      ['listener-missing gateway=shop/edge listener=81', '|'],
    ],
    [
      '[Y6] a class that is gone',
      {},
      [gateway({ className: 'gone' })],
      [],
      ['gateway-class-missing gateway=shop/edge class=gone', '|'],
    ],
    [
      '[Y6] classes not read',
      {},
      [gateway({ className: 'gone' })],
      ['GatewayClass'],
      ['|', 'gateway-class-not-known gateway=shop/edge class=gone'],
    ],
    [
      '[Y6] a Gateway that is refused',
      {},
      [gateway({ accepted: { status: false, reason: 'Invalid' } })],
      [],
      ['gateway-refused gateway=shop/edge class=edge reason=Invalid', '|'],
    ],
    [
      '[Y7] a Gateway that is not programmed',
      {},
      [gateway({ programmed: { status: false, reason: 'x' } })],
      [],
      ['|', 'gateway-waiting gateway=shop/edge class=edge'],
    ],
    [
      '[Y7] a Gateway of which nothing is said',
      {},
      [gateway({ programmed: undefined })],
      [],
      ['|', 'gateway-waiting gateway=shop/edge class=edge'],
    ],
    ['[Y7] TCP', {}, [own({ protocol: 'TCP' })], [], [`listener-kind ${of} protocol=TCP`, '|']],
    [
      '[Y7] a listener that is refused',
      {},
      [own({ accepted: { status: false, reason: 'PortUnavailable' } })],
      [],
      [`listener-refused ${of} reason=PortUnavailable`, '|'],
    ],
    [
      '[Y8] no host in common, five named',
      { hostnames: ['a.b', 'c.d', 'e.f', 'g.h', 'i.j', 'k.l'] },
      [own({ hostname: 'other.test' })],
      [],
      [`no-shared-host ${of} host=other.test hosts=a.b, c.d, e.f, g.h, i.j`, '|'],
    ],
    ['[Y8] a hidden host', {}, [own({ hostname: 'host~0123456789ab' })], [], ['|', `hosts-not-known ${of}`]],
    [
      '[Y8] a hidden host of several of the route',
      { hostnames: ['a.b', 'host~0123456789ab'] },
      [own({ hostname: 'other.test' })],
      [],
      ['|', `hosts-not-known ${of}`],
    ],
    ['[Y7] In, another value', toInfra, [labelled('team', 'In', 'b')], [], outside],
    ['[Y7] In, without the label', toInfra, [labelled('zone', 'In', 'a')], [], outside],
    ['[Y7] NotIn, its value', toInfra, [labelled('team', 'NotIn', 'a')], [], outside],
    ['[Y7] NotIn, another value', toInfra, [labelled('team', 'NotIn', 'b')], [], ['|']],
    ['[Y7] NotIn, without the label', toInfra, [labelled('zone', 'NotIn', 'a')], [], ['|']],
    ['[Y7] Exists, with the label', toInfra, [labelled('team', 'Exists')], [], ['|']],
    ['[Y7] Exists, without it', toInfra, [labelled('zone', 'Exists')], [], outside],
    ['[Y7] DoesNotExist, without it', toInfra, [labelled('zone', 'DoesNotExist')], [], ['|']],
    ['[Y7] an operator nobody knows', toInfra, [labelled('team', 'Like')], [], ['|', `listener-selector ${ofInfra}`]],
    [
      '[Y7] one requirement of two that does not hold, beside one nobody knows',
      toInfra,
      [
        apart({
          from: 'Selector',
          selector: [
            { key: 'team', operator: 'Like', values: [] },
            { key: 'team', operator: 'In', values: ['b'] },
          ],
        }),
      ],
      [],
      outside,
    ],
    ['[Y7] a selector that is not there', toInfra, [apart({ from: 'Selector', selector: undefined })], [], outside],
    ['[Y7] a selector that is empty', toInfra, [apart({ from: 'Selector', selector: [] })], [], ['|']],
    ['[Y7] none, whatever selector is beside it', toInfra, [apart({ from: 'None', selector: [] })], [], outside],
    [
      '[Y7] one listener that lets it in beside one that does not',
      {},
      [gateway({ listeners: [listener({ name: 'no', protocol: 'TCP' }), listener()] })],
      [],
      ['|'],
    ],
    [
      '[Y7] one listener that may let it in beside one that does not',
      {},
      [
        gateway({
          listeners: [
            listener({ name: 'no', protocol: 'TCP' }),
            listener({ from: 'Selector', selector: [{ key: 'team', operator: 'Like', values: [] }] }),
          ],
        }),
      ],
      [],
      ['|', `listener-selector ${of}`],
    ],
    [
      '[Y7] one listener that lets it in beside one that may',
      {},
      [
        gateway({
          listeners: [
            listener(),
            listener({ name: 'may', from: 'Selector', selector: [{ key: 'team', operator: 'Like', values: [] }] }),
          ],
        }),
      ],
      [],
      ['|'],
    ],
    ['[Y6] refused by its controller', { statuses: [status(false)] }, [], [], refused],
    ['[Y6] refused by one of two controllers', { statuses: [status(false), status(true)] }, [], [], ['|']],
    [
      '[Y6] refused by one, and nothing said by another',
      { statuses: [status(undefined), status(false)] },
      [],
      [],
      ['|'],
    ],
    ['[Y6] nothing said by its controller', { statuses: [status(undefined)] }, [], [], ['|']],
    ['[Y6] refused at a Gateway of another name', { statuses: [status(false, { name: 'b' })] }, [], [], ['|']],
    [
      '[Y6] refused at a Gateway of another namespace',
      { statuses: [status(false, { namespace: 'b' })] },
      [],
      [],
      ['|'],
    ],
    ['[Y6] refused at one listener', { statuses: [status(false, { sectionName: 'http' })] }, [], [], ['|']],
    [
      '[Y6] refused at a Service of the name',
      { statuses: [status(false, { group: '', kind: 'Service' })] },
      [],
      [],
      ['|'],
    ],
    [
      '[Y6] refused at another kind of the group',
      { statuses: [status(false, { kind: 'ListenerSet' })] },
      [],
      [],
      ['|'],
    ],
    ['[Y6] refused at a Gateway of another group', { statuses: [status(false, { group: 'x' })] }, [], [], ['|']],
    ['[Y6] refused at one port', { statuses: [status(false, { port: 80 })] }, [], [], ['|']],
    [
      '[Y6] taken, and refused at a Gateway of another name',
      { statuses: [status(false), status(true, { name: 'b' })] },
      [],
      [],
      refused,
    ],
  ])('%s', (_, over, more, unread, expected) => {
    expect(said([...common, ...more, httpRoute(over)], unread)).toEqual(expected)
  })

  test('[Y8] of a hidden host none is told; a plain match asks for nothing else', () => {
    const [hidden] = waysOf([...common, own({ hostname: 'host~0123456789ab' }), httpRoute()])
    expect([hidden?.hosts, hidden?.conditions]).toEqual([[], []])
  })

  test('[Y5] a backend of another kind of the core', () => {
    const rules = [routeRule({ backends: [backendRef({ kind: 'Pod', name: 'p' }), backendRef()] })]
    const list = entryList(storeOf([...common, httpRoute({ rules })]), '')
    expect(list.rows.find(({ kind }) => kind === 'HTTPRoute')?.broken).toEqual([])
    const gone = entryList(storeOf([gatewayClass(), gateway(), httpRoute()]), '')
    expect(gone.rows.find(({ kind }) => kind === 'HTTPRoute')?.broken).toEqual([
      { code: 'entry-service-missing', values: { service: 'shop/cart' } },
    ])
  })

  test('[Y7] a namespace that is not known may have the label', () => {
    const records = [service(), gatewayClass(), labelled('team', 'In', 'a'), httpRoute(toInfra)]
    expect(said(records)).toEqual(['|', `listener-selector ${ofInfra}`])
    const without = [service(), gatewayClass(), apart({ from: 'Selector' }), httpRoute(toInfra)]
    expect(said(without)).toEqual(outside)
  })

  test('[Y5] a backend of another kind beside the Service, and what is asked of requests', () => {
    const match = routeMatch('/x', { method: 'GET', headers: ['h'], queryParams: ['q'] })
    const other = backendRef({ group: 'example.com', kind: 'Bucket', name: 'b' })
    const ways = waysOf([
      ...common,
      httpRoute({ rules: [routeRule({ matches: [match], backends: [other, backendRef()] })] }),
    ])
    expect(ways.map(({ id, share }) => [id, share])).toEqual([['HTTPRoute shop/web 0.0.1', 0.5]])
    expect(ways[0]?.conditions).toEqual([
      { code: 'entry-when-method', values: { method: 'GET' } },
      { code: 'entry-when-header', values: { name: 'h' } },
      { code: 'entry-when-query', values: { name: 'q' } },
    ])
  })

  test.each([
    [{ kind: 'Bucket' }, []],
    [{ group: 'example.com' }, []],
    [{}, ['HTTPRoute shop/web 0.0.0']],
  ])('a backend %j is the Service only by group and kind', (over, ids) => {
    const route = httpRoute({ rules: [routeRule({ backends: [backendRef(over)] })] })
    expect(waysOf([...common, route]).map(({ id }) => id)).toEqual(ids)
  })

  const web = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'web' }
  const cart = { group: '', kind: 'Service', name: undefined }
  const missing = ['grant-missing service=shop/cart namespace=shop from=web', '|']
  test.each<[string, readonly ClusterRecord[], readonly Kind[], readonly string[]]>([
    ['without one', [], [], missing],
    [
      'where grants are not read',
      [],
      ['ReferenceGrant'],
      ['|', 'grant-not-known service=shop/cart namespace=shop from=web'],
    ],
    [
      'from it and others, to it and others',
      [referenceGrant({ from: [{ ...web, namespace: 'x' }, web], to: [{ ...cart, kind: 'Secret' }, cart] })],
      [],
      ['|'],
    ],
    ['from another namespace', [referenceGrant({ from: [{ ...web, namespace: 'x' }] })], [], missing],
    ['from another kind', [referenceGrant({ from: [{ ...web, kind: 'GRPCRoute' }] })], [], missing],
    ['from another group', [referenceGrant({ from: [{ ...web, group: 'x' }] })], [], missing],
    ['to another kind', [referenceGrant({ to: [{ ...cart, kind: 'Secret' }] })], [], missing],
    ['to another group', [referenceGrant({ to: [{ ...cart, group: 'x' }] })], [], missing],
    ['two halves of a grant', [referenceGrant({ to: [] }), referenceGrant({ name: 'b', from: [] })], [], missing],
  ])('[Y9] to another namespace by a grant: %s', (_, more, unread, expected) => {
    const route = httpRoute({ namespace: 'web', parents: [parentRef({ namespace: 'web' })] })
    expect(said([...common, gateway({ namespace: 'web' }), route, ...more], unread)).toEqual(expected)
  })

  test.each([
    [{ filters: ['RequestRedirect', 'RequestMirror'] }, {}, ['redirect-and-backends', 'filters filters=RequestMirror']],
    [{ filters: ['A', 'B'] }, { filters: ['B', 'C'] }, ['filters filters=A, B, C']],
    [{}, { weight: 1.5 }, []],
  ])('[Y10] filters of a rule %j and its backend %j', (over, backend, notes) => {
    const rules = [routeRule({ ...over, backends: [backendRef(backend)] })]
    expect(said([...common, httpRoute({ rules })]).filter((text) => !/weight/.test(text))).toEqual(['|', ...notes])
  })
})
