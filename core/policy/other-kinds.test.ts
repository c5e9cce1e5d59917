import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { objectKey } from '../model/keys'
import { beside, otherKinds, otherKindsNotes } from './other-kinds'
import type { DirectionVerdict, PolicyState } from './types'

const direction = (state: PolicyState): DirectionVerdict => ({
  direction: 'ingress',
  state,
  reason: { code: 'policy-rule-allows', values: { policy: 'shop/in' } },
  decidedBy: [{ policy: objectKey('shop', 'in'), field: 'spec.ingress[0]', value: '{}' }],
})
const verdict = (state: PolicyState) => ({
  state,
  decisive: direction(state),
  egress: direction('allowed'),
  ingress: direction(state),
})

describe('[F10] policies of other kinds', () => {
  test.each<[string, readonly string[], PolicyState, string]>([
    ['none: it is allowed', [], 'allowed', 'allowed policy-rule-allows'],
    ['none: it is denied', [], 'denied', 'denied policy-rule-allows'],
    [
      'any may cut what is let through',
      ['BaselineAdminNetworkPolicy'],
      'allowed',
      'unknown policy-other-kinds BaselineAdminNetworkPolicy',
    ],
    [
      'all of them are named',
      ['AdminNetworkPolicy', 'CiliumNetworkPolicy'],
      'allowed',
      'unknown policy-other-kinds AdminNetworkPolicy, CiliumNetworkPolicy',
    ],
    ['one that comes last opens nothing', ['BaselineAdminNetworkPolicy'], 'denied', 'denied policy-rule-allows'],
    ...[
      'AdminNetworkPolicy',
      'ClusterNetworkPolicy',
      'CiliumNetworkPolicy',
      'CiliumClusterwideNetworkPolicy',
      'GlobalNetworkPolicy (Calico)',
      'NetworkPolicy (Calico)',
      'NetworkPolicy (Antrea)',
      'SomethingNew',
    ].map((kind): [string, readonly string[], PolicyState, string] => [
      `${kind} may open it`,
      [kind],
      'denied',
      `unknown policy-other-kinds-first ${kind}`,
    ]),
    [
      'those that may open it are named alone',
      ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy (policy.networking.k8s.io)'],
      'denied',
      'unknown policy-other-kinds-first AdminNetworkPolicy, ClusterNetworkPolicy (policy.networking.k8s.io)',
    ],
    ['what is not known stays so', ['AdminNetworkPolicy'], 'unknown', 'unknown policy-rule-allows'],
  ])('%s', (_, kinds, state, expected) => {
    const given = verdict(state)
    const found = beside(kinds, given)
    const { code, values } = found.decisive.reason
    expect([found.state, code, ...(values.kinds === undefined ? [] : [values.kinds])].join(' ')).toBe(expected)
    expect(found.decisive).toMatchObject({ state: found.state, decidedBy: given.decisive.decidedBy })
    expect(values.policy).toBe('shop/in')
    expect([found.egress, found.ingress]).toEqual([given.egress, given.ingress])
  })

  test('a cluster of which nothing is known serves none that is known of', () => {
    const view = createClusterStore()
    expect([otherKinds(view), otherKindsNotes(view)]).toEqual([[], []])
    expect(otherKinds(Object.assign(createClusterStore(), { cluster: undefined }))).toEqual([])
  })

  test.each<[readonly string[], readonly string[]]>([
    [['AdminNetworkPolicy', 'Other'], ['policy-kind-admin']],
    [['BaselineAdminNetworkPolicy'], ['policy-kind-admin']],
    [['ClusterNetworkPolicy'], ['policy-kind-admin']],
    [['ClusterNetworkPolicy (Antrea)', 'NetworkPolicy (Antrea)'], ['policy-kind-antrea']],
    [
      ['CiliumNetworkPolicy', 'GlobalNetworkPolicy (Calico)'],
      ['policy-kind-cilium', 'policy-kind-calico'],
    ],
  ])('that %j are served is told, and how they stand to NetworkPolicies', (kinds, codes) => {
    const view = { ...createClusterStore(), cluster: () => ({ otherPolicies: kinds }) }
    const [served, ...standing] = otherKindsNotes(view)
    expect(served).toEqual({ code: 'policy-other-kinds-served', values: { kinds: kinds.join(', ') } })
    expect(standing.map(({ code }) => code)).toEqual(codes)
  })
})
