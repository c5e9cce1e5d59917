import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { standInKind } from '../model/stand-in'
import { namespace, networkPolicy } from '../testing/builders'
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

function seenBy(over: Partial<Audience>) {
  const store = createClusterStore()
  store.apply([
    { type: 'synced', kind: 'NetworkPolicy', scope: '' },
    ...[namespace(), ...policies].map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  const audience = { ...everything, id: JSON.stringify(over), ...over }
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
