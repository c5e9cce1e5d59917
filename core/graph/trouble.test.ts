import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import reasons from '../../messages/en/reasons.json'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord, Kind, PodRecord } from '../model/records'
import { container, endpoint, pod, service, servicePort, slice } from '../testing/builders'
import { serviceTrouble } from './trouble'

const ready = (address: string) => endpoint(address)
const unready = (address: string) => endpoint(address, { ready: false, serving: false })
const leaving = (address: string) => endpoint(address, { ready: false, serving: true, terminating: true })
const v6 = { ipFamilies: ['IPv4', 'IPv6'] as const }
const namedPort = [servicePort({ targetPort: 'http' })]
const deaf = (name: string): PodRecord => pod({ name, containers: [container({ ports: [] })] })

type Row = {
  readonly of: string
  readonly records: readonly ClusterRecord[]
  readonly unknown?: readonly Kind[]
  readonly says: readonly string[]
}

const ROWS: readonly Row[] = [
  { of: 'a healthy Service', records: [service(), pod(), slice({ endpoints: [ready('10.0.0.1')] })], says: [] },
  {
    of: 'an ExternalName, which has no endpoints by nature',
    records: [service({ type: 'ExternalName', selector: undefined })],
    says: [],
  },
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
  {
    of: 'a hand-made slice behind a Service without selector',
    records: [service({ selector: undefined }), slice({ managedBy: undefined, endpoints: [ready('203.0.113.1')] })],
    says: [],
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
  {
    of: 'no endpoints where pods cannot be read',
    records: [service(), slice()],
    unknown: ['Pod'],
    says: ['crit service-no-endpoints'],
  },
  { of: 'nothing known of slices', records: [service()], unknown: ['EndpointSlice'], says: [] },
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
    of: 'all endpoints terminating: they are used',
    records: [service(), pod(), slice({ endpoints: [leaving('10.0.0.1'), leaving('10.0.0.2')] })],
    says: ['warn service-all-terminating'],
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
  {
    of: 'a family without endpoints',
    records: [service(v6), pod(), slice({ endpoints: [ready('10.0.0.1')] })],
    says: ['warn service-family-without-endpoints'],
  },
  {
    of: 'host names only, which kube-proxy never uses',
    records: [service({ selector: undefined }), slice({ addressType: 'FQDN', endpoints: [ready('db.example')] })],
    says: ['warn service-endpoints-unroutable'],
  },
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
    of: 'a named target port while pods are still being read',
    records: [service({ ports: namedPort }), deaf('a'), slice({ endpoints: [ready('10.0.0.1')] })],
    unknown: ['Pod'],
    says: [],
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
  {
    of: 'two troubles, the worse one first',
    records: [service({ ports: namedPort }), deaf('a'), slice({ endpoints: [ready('10.0.0.1'), unready('10.0.0.2')] })],
    says: ['crit service-target-port-missing', 'warn service-some-not-ready'],
  },
]

function troublesOf({ records, unknown = [] }: Row) {
  const known = (['EndpointSlice', 'Pod'] as const).filter((kind) => !unknown.includes(kind))
  const store = createClusterStore()
  store.apply([
    ...known.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return [...store.services()].flatMap((found) => serviceTrouble(store, found))
}

describe('[G11] what looks broken about a Service, and why', () => {
  test.each(ROWS)('$of', (row) => {
    expect(troublesOf(row).map(({ severity, reason }) => `${severity} ${reason.code}`)).toEqual(row.says)
  })

  test('the selector and the counts are named', () => {
    const selector = { tier: 'web', app: 'cart' }
    const [none] = troublesOf({ of: '', records: [service({ selector })], says: [] })
    expect(none?.reason.values).toEqual({ selector: 'app=cart,tier=web' })
    const endpoints = [ready('10.0.0.1'), unready('10.0.0.2'), leaving('10.0.0.3')]
    const [some] = troublesOf({ of: '', records: [service(), pod(), slice({ endpoints })], says: [] })
    expect(some?.reason.values).toEqual({ count: 1, total: 3 })
  })

  test('the pods of a dual-stack Service are counted once', () => {
    const endpoints = [ready('10.0.0.1'), unready('10.0.0.2')]
    const second = slice({ name: 'v6', addressType: 'IPv6', endpoints: [ready('fd00::1'), unready('fd00::2')] })
    const [some] = troublesOf({ of: '', records: [service(v6), pod(), slice({ endpoints }), second], says: [] })
    expect(some?.reason.values).toEqual({ count: 1, total: 2 })
  })

  test('a family that works is not hidden by a primary one that does not', () => {
    const second = slice({ name: 'v6', addressType: 'IPv6', endpoints: [ready('fd00::1')] })
    const row = { of: '', records: [service(v6), pod(), slice({ endpoints: [unready('10.0.0.1')] }), second], says: [] }
    const codes = troublesOf(row).map(({ reason }) => reason.code)
    expect(codes).toEqual(['service-family-without-endpoints'])
  })

  test('every trouble has its sentence, which needs no value it is not given', () => {
    const faults: string[] = []
    const onError = (error: Error) => faults.push(error.message)
    const say = createTranslator<Record<string, string>>({ locale: 'en', messages: reasons, onError })
    for (const { reason } of ROWS.flatMap(troublesOf)) say(reason.code, reason.values)
    expect(faults).toEqual([])
    say('service-none-ready')
    expect(faults).toHaveLength(1)
  })
})
