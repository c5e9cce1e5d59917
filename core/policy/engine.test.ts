import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterView } from '../model/cluster-view'
import type { Kind } from '../model/records'
import { daemonSet } from '../testing/builders'
import { clusterEvents } from '../testing/small-cluster'
import { engineNote, policyEngine, rangesDoubt } from './engine'

/** A cluster with these DaemonSets; `NAME@NAMESPACE` for another namespace than kube-system. */
function viewOf(names: readonly string[], unknown: readonly Kind[] = []): ClusterView {
  const store = createClusterStore()
  const sets = names.map((text) => {
    const [name = '', namespace = 'kube-system'] = text.split('@')
    return daemonSet({ name, namespace })
  })
  store.apply(clusterEvents(sets, unknown))
  return store
}

describe('[F9] who enforces policies', () => {
  test.each<[string, readonly string[], string]>([
    ['nothing that is known', ['kube-proxy', 'node-exporter'], 'assumed'],
    ['Calico', ['calico-node'], 'Calico'],
    ['Calico beside Flannel', ['canal'], 'Calico (Canal)'],
    ['Cilium, which goes by identity', ['cilium'], 'Cilium by identity'],
    ["Google's Cilium, which does too", ['anetd'], 'Cilium (anetd) by identity'],
    ['Antrea', ['antrea-agent'], 'Antrea'],
    ['kube-router', ['kube-router'], 'kube-router'],
    ['Weave Net', ['weave-net'], 'Weave Net'],
    ["Azure's", ['azure-npm'], 'Azure Network Policy Manager'],
    ["kind's", ['kindnet'], 'kindnet'],
    ['the reference implementation', ['kube-network-policies'], 'kube-network-policies'],
    ['OVN-Kubernetes', ['ovnkube-node'], 'OVN-Kubernetes'],
    ['Flannel, which enforces nothing', ['kube-flannel'], 'none: Flannel'],
    ['Flannel by its other name', ['kube-flannel-ds'], 'none: Flannel'],
    ['one that enforces beside one that does not', ['kube-flannel', 'kube-router'], 'kube-router'],
    ['two that enforce, the second by identity', ['calico-node', 'cilium'], 'Calico by identity'],
    ['one of another namespace is somebody else', ['calico-node@shop'], 'assumed'],
  ])('%s', (_, names, expected) => {
    const found = policyEngine(viewOf(names))
    const told = { assumed: () => 'assumed', none: (name: string) => `none: ${name}`, found: (name: string) => name }
    const text = found.state === 'assumed' ? told.assumed() : told[found.state](found.name)
    expect(found.state === 'found' && found.byIdentity ? `${text} by identity` : text).toBe(expected)
  })

  test.each([
    [['calico-node'], { code: 'policy-engine-found', values: { engine: 'Calico' } }],
    [['kube-flannel'], { code: 'policy-not-enforced', values: { engine: 'Flannel' } }],
    [[], { code: 'policy-engine-assumed', values: {} }],
  ])('%s in a sentence', (names, note) => expect(engineNote(viewOf(names))).toEqual(note))
})

describe('[F7] why a range may not hold a pod', () => {
  test.each<[string, readonly string[], readonly Kind[], ReturnType<typeof rangesDoubt>]>([
    [
      'an engine that goes by identity',
      ['cilium'],
      [],
      { code: 'policy-block-by-identity', values: { engine: 'Cilium' } },
    ],
    [
      'one that does, whatever else cannot be seen',
      ['cilium'],
      ['DaemonSet'],
      { code: 'policy-block-by-identity', values: { engine: 'Cilium' } },
    ],
    ['one that goes by addresses', ['calico-node'], [], undefined],
    ['none that enforces', ['kube-flannel'], [], undefined],
    ['none that is known', [], [], undefined],
    [
      'engines that cannot be seen',
      ['calico-node'],
      ['DaemonSet'],
      { code: 'policy-block-engine-not-seen', values: { coverage: 'loading' } },
    ],
  ])('%s', (_, names, unknown, doubt) => expect(rangesDoubt(viewOf(names, unknown))).toEqual(doubt))

  test('DaemonSets of its own namespace are enough', () => {
    const store = createClusterStore()
    store.apply([{ type: 'synced', kind: 'DaemonSet', scope: 'kube-system' }])
    expect(rangesDoubt(store)).toBeUndefined()
  })
})
