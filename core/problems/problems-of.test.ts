import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import reasons from '../../messages/en/reasons.json'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord, Kind, PodRecord } from '../model/records'
import { container, endpoint, endpointOf, pod, service, servicePort, slice, slicePort } from '../testing/builders'
import { problemsOf } from './problems-of'
import { labelCounts } from './selector-labels'
import type { Problem } from './types'

const ready = (address: string) => endpoint(address)
const unready = (address: string) => endpoint(address, { ready: false, serving: false })
const leaving = (address: string) => endpoint(address, { ready: false, serving: true, terminating: true })
const waiting = { phase: 'waiting', since: undefined, exitCode: undefined } as const
const v6 = { ipFamilies: ['IPv4', 'IPv6'] as const }
const namedPort = [servicePort({ targetPort: 'http' })]
const deaf = (name: string): PodRecord => pod({ name, containers: [container({ ports: [] })] })

type Row = {
  readonly of: string
  readonly records: readonly ClusterRecord[]
  readonly unknown?: readonly Kind[]
  readonly says: readonly string[]
}

const ABOUT_UNKNOWN: readonly Row[] = [
  {
    of: 'no endpoints where pods cannot be read',
    records: [service(), slice()],
    unknown: ['Pod'],
    says: ['crit service-no-endpoints'],
  },
  { of: 'nothing known of slices', records: [service()], unknown: ['EndpointSlice'], says: [] },
  {
    of: 'a named target port while pods are still being read',
    records: [service({ ports: namedPort }), deaf('a'), slice({ endpoints: [ready('10.0.0.1')] })],
    unknown: ['Pod'],
    says: [],
  },
]

const WELL: readonly Row[] = [
  { of: 'a healthy Service', records: [service(), pod(), slice({ endpoints: [ready('10.0.0.1')] })], says: [] },
  {
    of: 'an ExternalName, which has no endpoints by nature',
    records: [service({ type: 'ExternalName', selector: undefined })],
    says: [],
  },
  {
    of: 'a hand-made slice behind a Service without selector',
    records: [service({ selector: undefined }), slice({ managedBy: undefined, endpoints: [ready('203.0.113.1')] })],
    says: [],
  },
  {
    of: 'a terminating endpoint beside a ready one is no trouble',
    records: [service(), pod(), slice({ endpoints: [ready('10.0.0.1'), leaving('10.0.0.2')] })],
    says: [],
  },
  {
    of: 'an endpoint that says it is ready while it terminates: ready comes first',
    records: [service(), pod(), slice({ endpoints: [endpoint('10.0.0.1', { terminating: true })] })],
    says: [],
  },
]

const LISTED_TWICE: readonly Row[] = [
  {
    of: 'one address in two slices for one port',
    records: [
      ...[service(), pod()],
      ...['a', 'b'].map((name) =>
        slice({ name, endpoints: [ready('10.0.0.1'), ready(`10.0.1.${name === 'a' ? 1 : 2}`)] }),
      ),
    ],
    says: ['info service-addresses-listed-twice'],
  },
  {
    of: 'one address in two slices, each for a port of its own',
    records: [
      ...[service(), pod(), slice({ name: 'a', endpoints: [ready('10.0.0.1')] })],
      slice({
        ...{ name: 'b', endpoints: [ready('10.0.0.1')] },
        ports: [{ name: 'metrics', protocol: 'TCP', port: 9090, appProtocol: undefined }],
      }),
    ],
    says: [],
  },
  {
    of: 'one address in two slices, for one port by two numbers: two endpoints',
    records: [
      ...[service(), pod(), slice({ name: 'a', endpoints: [ready('10.0.0.1')] })],
      slice({ ...{ name: 'b', endpoints: [ready('10.0.0.1')] }, ports: [slicePort({ port: 9999 })] }),
    ],
    says: [],
  },
  {
    of: 'a host name twice, which nobody reads',
    records: [
      ...[service(), pod(), slice({ name: 'a', endpoints: [ready('10.0.0.1')] })],
      ...['b', 'c'].map((name) => slice({ name, addressType: 'FQDN', endpoints: [ready('db.example')] })),
    ],
    says: [],
  },
]

const NO_ENDPOINTS: readonly Row[] = [
  {
    of: 'no selector and no slices',
    records: [service({ selector: undefined })],
    says: ['warn service-without-selector-or-slices'],
  },
  {
    of: 'no selector and empty slices',
    records: [service({ selector: undefined }), slice()],
    says: ['warn service-slices-empty'],
  },
  { of: 'a selector no pod matches', records: [service(), slice()], says: ['crit service-selects-no-pods'] },
  {
    of: 'pods that are all finished or without address',
    records: [service(), pod({ phase: 'Succeeded' }), pod({ name: 'b', podIPs: [] })],
    says: ['crit service-pods-without-address'],
  },
  {
    of: 'pods that nobody has put into a slice',
    records: [service(), pod()],
    says: ['crit service-pods-not-in-slices'],
  },
]

const UNROUTABLE: readonly Row[] = [
  {
    of: 'host names only, which kube-proxy never uses',
    records: [service({ selector: undefined }), slice({ addressType: 'FQDN', endpoints: [ready('db.example')] })],
    says: ['warn service-endpoints-unroutable'],
  },
]

const NOT_READY: readonly Row[] = [
  {
    of: 'none of two endpoints ready',
    records: [service(), pod(), slice({ endpoints: [unready('10.0.0.1'), unready('10.0.0.2')] })],
    says: ['crit service-none-ready'],
  },
  {
    of: 'one endpoint of two not ready',
    records: [service(), pod(), slice({ endpoints: [ready('10.0.0.1'), unready('10.0.0.2')] })],
    says: ['warn service-some-not-ready'],
  },
  {
    of: 'serving, neither ready nor terminating: never used',
    records: [service(), pod(), slice({ endpoints: [endpoint('10.0.0.1', { ready: false, serving: true })] })],
    says: ['crit service-none-ready'],
  },
  {
    of: 'two troubles, the worse one first',
    records: [service({ ports: namedPort }), deaf('a'), slice({ endpoints: [ready('10.0.0.1'), unready('10.0.0.2')] })],
    says: ['crit service-target-port-missing', 'warn service-some-not-ready'],
  },
]

const TERMINATING: readonly Row[] = [
  {
    of: 'all endpoints terminating: they are used',
    records: [service(), pod(), slice({ endpoints: [leaving('10.0.0.1'), leaving('10.0.0.2')] })],
    says: ['warn service-all-terminating'],
  },
  {
    of: 'one terminating and one not ready: what matters is that the last one is about to end',
    records: [service(), pod(), slice({ endpoints: [leaving('10.0.0.1'), unready('10.0.0.2')] })],
    says: ['warn service-all-terminating'],
  },
]

const FAMILIES: readonly Row[] = [
  {
    of: 'a family without endpoints',
    records: [service(v6), pod(), slice({ endpoints: [ready('10.0.0.1')] })],
    says: ['warn service-family-without-endpoints'],
  },
]

const NAMED: readonly Row[] = [
  {
    of: 'a named target port that no pod has',
    records: [service({ ports: namedPort }), deaf('a'), slice({ endpoints: [ready('10.0.0.1')] })],
    says: ['crit service-target-port-missing'],
  },
  {
    of: 'a named target port that one pod of two has',
    records: [service({ ports: namedPort }), pod(), deaf('b'), slice({ endpoints: [ready('10.0.0.1')] })],
    says: ['warn service-target-port-missing-on-some'],
  },
  {
    of: 'a named target port of another protocol',
    records: [
      service({ ports: [servicePort({ targetPort: 'http', protocol: 'UDP' })] }),
      pod(),
      slice({ endpoints: [ready('10.0.0.1')] }),
    ],
    says: ['crit service-target-port-missing'],
  },
  {
    of: 'finished pods, which need no port',
    records: [
      service({ ports: namedPort }),
      pod(),
      { ...deaf('b'), phase: 'Succeeded' },
      slice({ endpoints: [ready('10.0.0.1')] }),
    ],
    says: [],
  },
]

function problemsIn({ records, unknown = [] }: Omit<Row, 'of' | 'says'>): readonly Problem[] {
  const known = (['EndpointSlice', 'Pod', 'Node'] as const).filter((kind) => !unknown.includes(kind))
  const store = createClusterStore()
  store.apply([
    ...known.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return [...store.services()].flatMap((found) => problemsOf(store, found))
}

const expectRow = (row: Row) =>
  expect(problemsIn(row).map(({ severity, reason }) => `${severity} ${reason.code}`)).toEqual(row.says)

test.each(WELL)('$of: no problem', expectRow)

describe('[B1] nothing is said about what is not known', () => {
  test.each(ABOUT_UNKNOWN)('$of', expectRow)
})

describe('[B2] no slice holds an endpoint, and why', () => {
  test.each(NO_ENDPOINTS)('$of', expectRow)

  test('the selector is named, and every field of it', () => {
    const selector = { tier: 'web', app: 'cart' }
    const [none] = problemsIn({ records: [service({ selector })] })
    expect(none?.reason.values).toEqual({ selector: 'app=cart,tier=web' })
    expect(none?.fields.map(({ field }) => field)).toEqual(['spec.selector[app]', 'spec.selector[tier]'])
    expect(none?.commands[0]).toBe('kubectl -n shop get pods -l app=cart,tier=web --show-labels')
  })

  test('where the pods are at hand: how many carry each label, the rarest first', () => {
    const pods = [
      { namespace: 'shop', labels: [['app', 'cart']] as const },
      {
        namespace: 'shop',
        labels: [
          ['app', 'cart'],
          ['tier', 'db'],
        ] as const,
      },
      { namespace: 'other', labels: [['tier', 'web']] as const },
    ]
    const counts = labelCounts(
      [
        ['app', 'cart'],
        ['tier', 'web'],
      ],
      pods,
      'shop',
    )
    expect(counts.map(({ values }) => values)).toEqual([
      { label: 'tier=web', pods: 0 },
      { label: 'app=cart', pods: 2 },
    ])
  })

  test('since the newest time that a slice tells; not known without slices', () => {
    const slices = [slice({ createdAt: 5 }), slice({ name: 'b', createdAt: 1, lastChangeTriggerTime: 9 })]
    expect(problemsIn({ records: [service(), ...slices] })[0]?.since).toBe(9)
    expect(problemsIn({ records: [service()] })[0]?.since).toBeNull()
  })
})

describe('[B3] host names are no endpoints to kube-proxy', () => {
  test.each(UNROUTABLE)('$of', expectRow)
})

describe('[B4] endpoints that are not ready', () => {
  test.each(NOT_READY)('$of', expectRow)

  test('they are counted and named, and the condition is the field', () => {
    const endpoints = [ready('10.0.0.1'), unready('10.0.0.2'), leaving('10.0.0.3')]
    const [some] = problemsIn({ records: [service(), pod(), slice({ endpoints })] })
    expect(some?.reason.values).toEqual({ count: 1, total: 3 })
    expect(some?.evidence[0]).toEqual({ code: 'evidence-not-ready', values: { names: '10.0.0.2', more: 0, count: 1 } })
    const field = { kind: 'EndpointSlice', id: 'shop/cart-a1b2c', field: 'endpoints[1].conditions.ready' }
    expect(some?.fields).toEqual([field])
  })

  test.each([
    ['whoever is behind a proxy is sent nothing by it', 'cart', 'service-some-not-ready', 'evidence-not-ready'],
    ['of a headless Service DNS leaves it out', 'None', 'service-some-not-in-dns', 'evidence-not-in-dns'],
  ])('%s', (_, address, reason, evidence) => {
    const headless = address === 'None' ? { clusterIP: 'None', clusterIPs: ['None'] } : {}
    const unreadyPod = pod({ name: 'b', podIPs: ['10.0.0.2'], ready: false })
    const records = [
      service(headless),
      pod(),
      unreadyPod,
      slice({ endpoints: [ready('10.0.0.1'), endpointOf(unreadyPod)] }),
    ]
    const [some] = problemsIn({ records })
    expect([some?.reason.code, some?.evidence[0]?.code]).toEqual([reason, evidence])
    expect(some?.evidence.map(({ code }) => code)).not.toContain(
      address === 'None' ? 'evidence-refused' : 'evidence-dns-empty',
    )
    expect(some?.commands).toContain('kubectl -n shop describe pod b')
  })

  test('of a headless Service with none ready DNS has no address', () => {
    const records = [
      service({ clusterIP: 'None', clusterIPs: ['None'] }),
      pod(),
      slice({ endpoints: [unready('10.0.0.1')] }),
    ]
    const [none] = problemsIn({ records })
    expect([none?.severity, none?.reason.code]).toEqual(['crit', 'service-none-in-dns'])
    expect(none?.evidence.map(({ code }) => code)).toEqual(['evidence-not-in-dns', 'evidence-dns-empty'])
  })

  test('why the pods are not ready: the commonest cause first, with whom it is true of', () => {
    const crashed = (name: string, address: string, restartCount: number) =>
      pod({
        name,
        podIPs: [address],
        ready: false,
        containers: [container({ ready: false, restartCount, state: { ...waiting, reason: 'CrashLoopBackOff' } })],
      })
    const slow = pod({ name: 'c', podIPs: ['10.0.0.3'], ready: false, containers: [container({ ready: false })] })
    const pods = [slow, crashed('a', '10.0.0.1', 3), crashed('b', '10.0.0.2', 4)]
    const told = (own: readonly PodRecord[]) => {
      const records = [service(), ...own, slice({ endpoints: own.map((one) => endpointOf(one)) })]
      return problemsIn({ records })[0]?.evidence.map(({ code, values }) => `${code} ${values.names ?? ''}`.trim())
    }
    expect(told(pods)).toEqual([
      'evidence-not-ready c, a, b',
      'unready-crash-loop',
      'evidence-unready-pods a, b',
      'unready-probe-port',
      'evidence-unready-pods c',
      'evidence-refused',
    ])
    expect(told(pods.slice(1))).toEqual(['evidence-not-ready a, b', 'unready-crash-loop', 'evidence-refused'])
  })

  test('the pods of a dual-stack Service are counted once', () => {
    const endpoints = [ready('10.0.0.1'), unready('10.0.0.2')]
    const second = slice({ name: 'v6', addressType: 'IPv6', endpoints: [ready('fd00::1'), unready('fd00::2')] })
    const [some] = problemsIn({ records: [service(v6), pod(), slice({ endpoints }), second] })
    expect(some?.reason.values).toEqual({ count: 1, total: 2 })
    expect(some?.fields).toHaveLength(1)
  })
})

describe('[B5] only terminating endpoints are left', () => {
  test.each(TERMINATING)('$of', expectRow)
})

describe('[B6] a family without usable endpoints', () => {
  test.each(FAMILIES)('$of', expectRow)

  test.each([
    ['without selector, headless: the API server named both families', { selector: undefined, clusterIP: 'None' }, []],
    ['with a selector', { clusterIP: 'None' }, ['service-family-without-endpoints']],
    ['with a cluster IP', { selector: undefined }, ['service-family-without-endpoints']],
  ] as const)('%s', (_, change, codes) => {
    const records = [service({ ...v6, ...change }), slice({ endpoints: [ready('10.0.0.1')] })]
    expect(problemsIn({ records }).map(({ code }) => code)).toEqual(codes)
  })

  test('a family that works is not hidden by a primary one that does not', () => {
    const second = slice({ name: 'v6', addressType: 'IPv6', endpoints: [ready('fd00::1')] })
    const records = [service(v6), pod(), slice({ endpoints: [unready('10.0.0.1')] }), second]
    expect(problemsIn({ records }).map(({ code }) => code)).toEqual(['service-family-without-endpoints'])
  })

  test('with a cluster IP of that family connections are refused: it breaks traffic, and the pods are counted', () => {
    const both = { ...v6, clusterIPs: ['10.96.0.10', 'fd00:10:96::a'] }
    const records = [service(both), pod({ podIPs: ['10.0.0.1'] }), slice({ endpoints: [ready('10.0.0.1')] })]
    const [found] = problemsIn({ records })
    expect(found?.severity).toBe('crit')
    expect(found?.evidence).toEqual([
      { code: 'evidence-pods-without-family', values: { family: 'IPv6', without: 1, pods: 1 } },
      { code: 'evidence-refused', values: { addresses: 'fd00:10:96::a' } },
    ])
  })
})

describe('[B7] a named target port that pods do not have', () => {
  test.each(NAMED)('$of', expectRow)

  test('the names that the pods do have are told', () => {
    const other = container({ ports: [{ name: 'web', protocol: 'TCP', containerPort: 80 }] })
    const records = [
      service({ ports: namedPort }),
      pod({ containers: [other] }),
      slice({ endpoints: [ready('10.0.0.1')] }),
    ]
    const [found] = problemsIn({ records })
    expect(found?.fields[0]).toEqual({ kind: 'Service', id: 'shop/cart', field: 'spec.ports[0].targetPort' })
    expect(found?.evidence[0]).toEqual({ code: 'evidence-port-names', values: { names: 'web/TCP', more: 0 } })
  })
})

describe('[B16] an address in two slices', () => {
  test.each(LISTED_TWICE)('$of', expectRow)

  test('what to do differs where all of it is the slice controller’s own', () => {
    const remedyOf = (managedBy: string | undefined) =>
      problemsIn({
        records: [
          ...[service(), pod(), slice({ name: 'a', endpoints: [ready('10.0.0.1')] })],
          slice({ name: 'b', managedBy, endpoints: [ready('10.0.0.1')] }),
        ],
      }).flatMap(({ remedies }) => remedies.map(({ code }) => code))
    expect(remedyOf('endpointslice-controller.k8s.io')).toEqual(['remedy-listed-twice-own'])
    expect(remedyOf(undefined)).toEqual(['remedy-listed-twice'])
  })

  test('the slices and the address are named', () => {
    const [found] = problemsIn({ records: LISTED_TWICE[0]?.records ?? [] })
    expect(found?.reason.values).toEqual({ count: 1, names: 'a, b', more: 0 })
    expect(found?.evidence[0]?.values).toEqual({ count: 1, names: '10.0.0.1', more: 0 })
    expect(found?.commands).toContain('kubectl -n shop get endpointslice a -o yaml')
  })
})

describe('every problem can be told', () => {
  const all = [ABOUT_UNKNOWN, NO_ENDPOINTS, UNROUTABLE, NOT_READY, TERMINATING, FAMILIES, NAMED, LISTED_TWICE].flat()

  test('its sentences need no value that they are not given', () => {
    const faults: string[] = []
    const onError = (error: Error) => faults.push(error.message)
    const say = createTranslator<Record<string, string>>({ locale: 'en', messages: reasons, onError })
    const found = all.flatMap(problemsIn)
    for (const { reason, evidence, remedies } of found) {
      for (const one of [reason, ...evidence, ...remedies]) say(one.code, one.values)
    }
    expect(faults).toEqual([])
    say('service-none-ready')
    expect(faults).toHaveLength(1)
  })

  test('it says what to do, and commands whose words the cluster cannot end', () => {
    const odd = service({ name: "a'b;rm -rf", namespace: 'shop' })
    const commands = problemsIn({ records: [odd] }).flatMap((one) => one.commands)
    expect(commands).not.toEqual([])
    for (const { code, remedies, commands: own } of all.flatMap(problemsIn)) {
      expect(own, code).not.toEqual([])
      if (code !== 'service-no-endpoints') expect(remedies, code).not.toEqual([])
    }
  })
})
