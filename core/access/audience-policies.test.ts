import { describe, expect, test } from 'vitest'
import { type ClusterStore, createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord } from '../model/records'
import { standInKind } from '../model/stand-in'
import { namespace, networkPolicy } from '../testing/builders'
import { gateway, listener } from '../testing/entry-builders'
import { type Audience, everything, type Shown, showEverything } from './audience'
import { audienceView } from './audience-view'
import { createStandIns } from './stand-ins'

const NAME = 'kubernetes.io/metadata.name'
const peer = (name: string) => ({
  podSelector: undefined,
  namespaceSelector: {
    labels: new Map([[NAME, name]]),
    expressions: [{ key: NAME, operator: 'NotIn', values: ['shop', 'ops'] }],
  },
  ipBlock: undefined,
})
const policies = [
  networkPolicy({ ingress: [{ peers: [peer('shop'), peer('ops')], ports: [] }] }),
  networkPolicy({ namespace: 'ops', name: 'secret' }),
]

function seenBy(over: Partial<Audience>, more: readonly ClusterRecord[] = []) {
  const store = createClusterStore()
  store.apply([
    { type: 'synced', kind: 'NetworkPolicy', scope: '' },
    ...[namespace(), ...policies, ...more].map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  const audience = { ...everything, id: JSON.stringify(over), ...over }
  return seenIn(store, audience)
}

function seenIn(store: ClusterStore, audience: Audience) {
  return audienceView(store, audience, createStandIns(new Uint8Array(32).fill(1), audience.id))
}

const shows = (over: Partial<Shown>) => ({ show: { ...showEverything, ...over } })
const shopOnly = { namespaces: new Set(['shop']) }

describe('[A8] policies are for those from whom neither addresses, names outside nor labels are hidden', () => {
  test.each<[string, Partial<Audience>, boolean]>([
    ['everything', {}, true],
    ['one namespace', shopOnly, true],
    ['no nodes', { nodes: false }, true],
    ['no names of nodes', shows({ nodeNames: false }), true],
    ['no addresses', shows({ addresses: false }), false],
    ['no names outside', shows({ externalNames: false }), false],
    ['some labels', shows({ labels: ['app'] }), false],
  ])('%s', (_, over, seen) => {
    const view = seenBy(over)
    expect(view.networkPoliciesOfNamespace('shop')).toHaveLength(seen ? 1 : 0)
    expect(view.coverage('NetworkPolicy', 'shop')).toBe(seen ? 'synced' : 'forbidden')
  })
})

describe('[A5] a policy that names a namespace which is not seen', () => {
  test('keeps a stand-in for its name, and what it says of others', () => {
    const view = seenBy(shopOnly)
    expect([view.networkPoliciesOfNamespace('ops'), view.coverage('NetworkPolicy', 'ops')]).toEqual([[], 'forbidden'])
    const [own, other] = view.networkPoliciesOfNamespace('shop')[0]?.ingress[0]?.peers ?? []
    expect(own?.namespaceSelector?.labels.get(NAME)).toBe('shop')
    const word = other?.namespaceSelector?.labels.get(NAME) ?? ''
    expect(standInKind(word)).toBe('namespace')
    expect(own?.namespaceSelector?.expressions[0]?.values).toEqual(['shop', word])
  })
})

describe('[A5] a selector of namespaces', () => {
  const selector = {
    labels: new Map([['name', 'payments']]),
    expressions: [{ key: 'team', operator: 'In', values: ['payments', 'core'] }],
  }
  const named = networkPolicy({
    name: 'named',
    egress: [{ peers: [{ podSelector: undefined, namespaceSelector: selector, ipBlock: undefined }], ports: [] }],
  })
  const told = (view: ReturnType<typeof seenBy>) => {
    const found = view.networkPoliciesOfNamespace('shop').find(({ name }) => name === 'named')
    const { labels, expressions } = found?.egress[0]?.peers[0]?.namespaceSelector ?? selector
    return [labels.get('name') ?? '', ...(expressions[0]?.values ?? [])]
  }
  const masked = (texts: readonly string[]) => texts.map((text) => standInKind(text) ?? text)

  test('keeps stand-ins of values that no namespace bears which is seen', () => {
    expect(masked(told(seenBy(shopOnly, [named])))).toEqual(['value', 'value', 'value'])
    expect(told(seenBy({}, [named]))).toEqual(['payments', 'payments', 'core'])
    expect(masked(told(seenBy(shopOnly, [named, namespace({ labels: { team: 'core' } })])))).toEqual([
      'value',
      'value',
      'core',
    ])
  })

  test('is told anew when a namespace that is seen gets the label', () => {
    const store = createClusterStore()
    const put = (...records: readonly ClusterRecord[]) =>
      store.apply(records.map((record): ClusterEvent => ({ type: 'put', record })))
    put(namespace(), named)
    store.apply([{ type: 'synced', kind: 'NetworkPolicy', scope: '' }])
    const view = seenIn(store, { ...everything, id: 'shop', ...shopOnly })
    const before = view.networkPoliciesOfNamespace('shop')[0]
    expect(masked(told(view))).toEqual(['value', 'value', 'value'])
    expect(view.networkPoliciesOfNamespace('shop')[0]).toBe(before)
    put(namespace({ labels: { name: 'payments' } }))
    expect(masked(told(view))).toEqual(['payments', 'value', 'value'])
  })

  test('of a listener keeps them too', () => {
    const selector = [{ key: 'name', operator: 'In', values: ['payments'] }]
    const edge = gateway({ namespace: 'shop', name: 'edge', listeners: [listener({ from: 'Selector', selector })] })
    const values = (over: Partial<Audience>) =>
      seenBy(over, [edge]).entry('Gateway', 'shop/edge')?.listeners[0]?.selector?.[0]?.values ?? []
    expect(masked(values(shopOnly))).toEqual(['value'])
    expect(values({})).toEqual(['payments'])
  })
})
