import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord } from '../model/records'
import { entryKinds, type HTTPRouteRecord } from '../model/records-entries'
import { endpoint, service, slice } from '../testing/builders'
import {
  gateway,
  gatewayClass,
  httpRoute,
  ingress,
  ingressBackend,
  ingressClass,
  ingressPath,
  parentRef,
} from '../testing/entry-builders'
import { problemsOf } from './problems-of'

const cart = service()
const well = [cart, slice({ endpoints: [endpoint('10.244.0.1')] }), ingressClass(), gatewayClass(), gateway()]

function told(records: readonly ClusterRecord[]) {
  const store = createClusterStore()
  store.apply([
    ...(['Service', 'EndpointSlice', 'Pod', 'Node', ...entryKinds] as const).map(
      (kind): ClusterEvent => ({ type: 'synced', kind, scope: '' }),
    ),
    ...[...well, ...records].map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return problemsOf(store, cart)
}

function problems(records: readonly ClusterRecord[]) {
  return told(records).map(({ code, severity, reason: { values }, evidence, fields }) => ({
    code,
    severity,
    entry: `${values.kind} ${values.entry}`,
    why: evidence.map((one) => one.code),
    fields: fields.map(({ kind, field }) => `${kind} ${field}`),
  }))
}

test('[B14] entries that lead to the Service are no problem', () => {
  expect(problems([ingress(), httpRoute()])).toEqual([])
})

test('[B14] one problem for each entry that does not lead there, with every reason once', () => {
  const backend = ingressBackend('cart', 81)
  const paths = [ingressPath('/a', { backend }), ingressPath('/b', { backend })]
  expect(
    problems([ingress({ rules: [{ host: 'a.test', paths }] }), httpRoute({ hostnames: ['b.test'], parents: [] })]),
  ).toEqual([
    {
      code: 'service-entry-broken',
      severity: 'warn',
      entry: 'HTTPRoute shop/web',
      why: ['entry-without-parent', 'evidence-entry-hosts'],
      fields: ['HTTPRoute spec.parentRefs'],
    },
    {
      code: 'service-entry-broken',
      severity: 'warn',
      entry: 'Ingress shop/web',
      why: ['entry-port-missing', 'evidence-entry-hosts'],
      fields: ['Ingress spec.rules'],
    },
  ])
})

test('[B14] some rules of an entry lead there and some do not', () => {
  const paths = [ingressPath('/a'), ingressPath('/b', { backend: ingressBackend('cart', 81) })]
  expect(problems([ingress({ rules: [{ host: '', paths }] })])).toMatchObject([
    { code: 'service-entry-broken-in-part' },
  ])
})

test('[B14] a Gateway whose class is not there lets no route in', () => {
  expect(problems([gateway({ className: 'nope' }), httpRoute()])).toMatchObject([
    {
      code: 'service-entry-broken',
      entry: 'HTTPRoute shop/web',
      why: ['entry-gateway-class-missing', 'evidence-entry-hosts'],
    },
  ])
})

describe('[B14] a route of another namespace without a ReferenceGrant', () => {
  const edge = gateway({ namespace: 'web' })
  const parent = parentRef({ namespace: 'web' })
  const far = (parents: HTTPRouteRecord['parents']) => httpRoute({ namespace: 'web', parents })
  const grant = 'kubectl -n shop get referencegrants.gateway.networking.k8s.io -o yaml'
  const route = 'kubectl -n web get httproute web -o yaml'

  test('a grant where the Service is, and the command that shows those that are there', () => {
    const [found] = told([edge, far([parent])])
    expect(found?.remedies).toEqual([
      { code: 'remedy-entry-grant', values: { namespace: 'shop', service: 'cart', from: 'web', kind: 'HTTPRoute' } },
    ])
    expect(found?.commands).toEqual([grant, route])
  })

  test('with another reason as well, both; without this one no grant is spoken of', () => {
    const codes = (records: readonly ClusterRecord[]) => told(records)[0]?.remedies.map(({ code }) => code)
    expect(codes([far([])])).toEqual(['remedy-entry-grant', 'remedy-entry'])
    const [near] = told([httpRoute({ parents: [] })])
    expect([near?.remedies.map(({ code }) => code), near?.commands]).toEqual([
      ['remedy-entry'],
      ['kubectl -n shop get httproute web -o yaml'],
    ])
  })
})
