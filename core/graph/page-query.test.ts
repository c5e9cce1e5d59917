import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { partsOfQuery } from './page-parts'
import { emptyPageQuery, formatPageQuery, type PageQuery, parsePageQuery } from './page-query'

const parse = (search: string) => parsePageQuery(new URLSearchParams(search))

describe('page query', () => {
  test('everything a page can say', () => {
    const { query, notes } = parse(
      'view=services&focus=Service:shop/cart&from=Node:node-7&port=http/TCP&family=IPv6&ns=shop,pay&label=app%3Dcart,tier%3D&q=10.0.&tab=slices',
    )
    expect(notes).toEqual([])
    expect(query).toEqual({
      view: 'services',
      focus: { kind: 'Service', namespace: 'shop', name: 'cart' },
      from: { kind: 'Node', name: 'node-7' },
      outside: undefined,
      client: undefined,
      to: undefined,
      port: { name: 'http', protocol: 'TCP' },
      way: undefined,
      family: 'IPv6',
      namespaces: ['shop', 'pay'],
      labels: [
        ['app', 'cart'],
        ['tier', ''],
      ],
      text: '10.0.',
      tab: 'slices',
      lookUp: '',
    })
  })

  test.each([
    ['outside=*', { outside: { node: undefined } }],
    ['outside=node-7&client=203.0.113.007', { outside: { node: 'node-7' }, client: '203.0.113.7' }],
    ['way=node-port', { way: 'node-port' }],
    ['to=10.96.0.10:80', { to: { host: '10.96.0.10', port: 80, protocol: 'TCP' } }],
    ['to=cart.shop:53/UDP', { to: { host: 'cart.shop', port: 53, protocol: 'UDP' } }],
    ['to=[FD00::0010]:80', { to: { host: 'fd00::10', port: 80, protocol: 'TCP' } }],
    ['to=cart', { to: { host: 'cart', port: undefined, protocol: 'TCP' } }],
    ['to=cart.shop.svc.', { to: { host: 'cart.shop.svc.', port: undefined, protocol: 'TCP' } }],
    ['to=10.96.0.010', { to: { host: '10.96.0.10', port: undefined, protocol: 'TCP' } }],
    ['to=[fd00::10]', { to: { host: 'fd00::10', port: undefined, protocol: 'TCP' } }],
    [
      'to=http://[FD00::10]:8080/x',
      { to: { host: 'fd00::10', port: 8080, protocol: 'TCP', url: { scheme: 'http', path: '/x' } } },
    ],
    ['name=billing.pay', { lookUp: 'billing.pay' }],
  ])('%s is a connection to explain, and is written back so that it reads the same', (search, expected) => {
    const { query, notes } = parse(`view=explain&${search}`)
    expect(notes).toEqual([])
    expect(query).toEqual({ ...emptyPageQuery, view: 'explain', ...expected })
    expect(parse(new URLSearchParams([...formatPageQuery(query)]).toString()).query).toEqual(query)
  })

  test('nothing said is the whole map', () => {
    expect(parse('')).toEqual({ query: emptyPageQuery, notes: [] })
    expect(parse('view=&focus=&ns=')).toEqual({ query: emptyPageQuery, notes: [] })
  })

  test.each([
    ['view=matrix', 'view'],
    ['focus=Service:cart', 'focus'],
    ['focus=Secret:shop/cart', 'focus'],
    ['focus=Service:shop/cart/extra', 'focus'],
    ['focus=Node:', 'focus'],
    ['focus=cart', 'focus'],
    ['from=Service:shop/cart', 'from'],
    ['outside=node/7', 'outside'],
    ['client=10.0.0', 'client'],
    ['to=8080', 'to'],
    ['to=shop/cart', 'to'],
    ['to=http://[10.0.0.1]/', 'to'],
    ['to=cart.shop:0', 'to'],
    ['to=cart.shop:65536', 'to'],
    ['to=fd00::10:80', 'to'],
    ['to=[10.0.0.1]:80', 'to'],
    ['to=10.0.0.1:80/SMTP', 'to'],
    ['port=http', 'port'],
    ['port=http/SMTP', 'port'],
    ['port=a/b/TCP', 'port'],
    ['family=IPv5', 'family'],
    ['ns=shop,,pay', 'ns'],
    ['ns=a/b', 'ns'],
    ['label=app', 'label'],
    ['label==x', 'label'],
    ['workload=cart', 'workload'],
    ['workload=Deployment/shop/a/b', 'workload'],
    ['tab=<script>', 'tab'],
    ['tab=nothing', 'tab'],
    [`name=${'x'.repeat(301)}`, 'name'],
    [`focus=Node:${'x'.repeat(254)}`, 'focus'],
  ])('%s is noted by its parameter and the rest is kept', (bad, parameter) => {
    const { query, notes } = parse(`${bad}&q=kept`)
    expect(query).toEqual({ ...emptyPageQuery, text: 'kept' })
    const code = parameter === 'to' ? 'query-bad-destination' : 'query-bad-value'
    expect(notes).toEqual([{ code, values: expect.objectContaining({ parameter }) }])
  })

  test('an unknown parameter and a repeated one are noted, the first value counts', () => {
    const { query, notes } = parse('view=nodes&view=map&foo=1')
    expect(query.view).toBe('nodes')
    expect(notes.map((note) => [note.code, note.values.parameter])).toEqual([
      ['query-repeated', 'view'],
      ['query-unknown', 'foo'],
    ])
  })

  test('a tab that the kind in focus does not have is noted with those it has', () => {
    const { query, notes } = parse('focus=Node:n1&tab=slices')
    expect(query.tab).toBeUndefined()
    expect(notes).toEqual([
      { code: 'query-bad-value', values: { parameter: 'tab', value: 'slices', expected: 'overview|pods|services' } },
    ])
  })

  test('a port without a name is "/TCP"', () => {
    expect(parse('port=/TCP').query.port).toEqual({ name: '', protocol: 'TCP' })
  })

  test('format and parse are inverse', () => {
    const name = fc.stringMatching(/^[a-z0-9_.-]{1,20}$/)
    const named = fc.record({ namespace: name, name }, { noNullPrototype: true })
    const node = name.map((one) => ({ kind: 'Node' as const, name: one }))
    const query: fc.Arbitrary<PageQuery> = fc.record(
      {
        view: fc.constantFrom('map' as const, 'services' as const, 'nodes' as const, 'explain' as const),
        focus: fc.option(
          fc.oneof(
            node,
            named.map((ref) => ({ kind: 'Service' as const, ...ref })),
            named.map((ref) => ({ kind: 'EndpointSlice' as const, ...ref })),
          ),
          { nil: undefined },
        ),
        from: fc.option(
          fc.oneof(
            node,
            named.map((ref) => ({ kind: 'Pod' as const, ...ref })),
          ),
          { nil: undefined },
        ),
        outside: fc.option(fc.record({ node: fc.option(name, { nil: undefined }) }, { noNullPrototype: true }), {
          nil: undefined,
        }),
        client: fc.option(fc.oneof(fc.ipV4(), fc.constantFrom('fd00::10', '::1')), { nil: undefined }),
        to: fc.option(
          fc.oneof(
            fc.record(
              {
                host: fc.oneof(name, fc.ipV4(), fc.constantFrom('fd00::10', '::1')),
                port: fc.integer({ min: 1, max: 65_535 }),
                protocol: fc.constantFrom('TCP' as const, 'UDP' as const, 'SCTP' as const),
              },
              { noNullPrototype: true },
            ),
            fc
              .oneof(fc.stringMatching(/^[a-z][a-z0-9_.-]{0,9}$/), fc.ipV4(), fc.constantFrom('fd00::10', '::1'))
              .map((host) => ({ host, port: undefined, protocol: 'TCP' as const })),
          ),
          { nil: undefined },
        ),
        port: fc.option(fc.record({ name, protocol: fc.constantFrom('TCP' as const, 'SCTP' as const) }), {
          nil: undefined,
        }),
        way: fc.constantFrom('cluster-ip' as const, 'external-ip' as const, undefined),
        family: fc.constantFrom('IPv4' as const, 'IPv6' as const, undefined),
        namespaces: fc.uniqueArray(name, { maxLength: 4 }),
        labels: fc.array(fc.tuple(fc.stringMatching(/^[a-z./-]{1,20}$/), fc.stringMatching(/^[a-z0-9=]{0,9}$/)), {
          maxLength: 3,
        }),
        workload: fc.option(
          named.map((one) => ({ kind: 'Deployment', ...one })),
          { nil: undefined },
        ),
        text: fc.string(),
        tab: fc.constantFrom(undefined, 'overview' as const),
        lookUp: fc.string({ maxLength: 300 }),
        // Written and read again in page-sum.test.ts.
        sum: fc.constant(undefined),
      },
      { noNullPrototype: true },
    )
    fc.assert(
      fc.property(query, (one) => {
        const search = new URLSearchParams(formatPageQuery(one)).toString()
        expect(parse(search)).toEqual({ query: one, notes: [] })
      }),
    )
  })

  test('the parts of a page: overview and status always, then what focus and source need', () => {
    expect(partsOfQuery(parse('').query)).toEqual(['overview', 'status'])
    expect(partsOfQuery(parse('focus=Service:shop/cart&from=Node:n1').query)).toEqual([
      'overview',
      'status',
      'service/shop/cart',
      'node/n1',
    ])
    expect(partsOfQuery(parse('focus=Pod:shop/a').query, { services: ['shop/cart'], nodeName: 'n2' })).toEqual([
      'overview',
      'status',
      'service/shop/cart',
      'node/n2',
    ])
  })
})
