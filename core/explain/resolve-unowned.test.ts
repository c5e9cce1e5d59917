import { expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterRecord, Kind } from '../model/records'
import { gateway, ingress } from '../testing/entry-builders'
import { clusterEvents, flow, nodes } from '../testing/small-cluster'
import { explain } from './explain'

const asked = (to: string, records: readonly ClusterRecord[] = [], unread: readonly Kind[] = []) => {
  const store = createClusterStore()
  store.apply(clusterEvents([...nodes('iptables'), ...records], unread))
  const { verdict, sentence } = explain(store, flow('pod', to))
  return [verdict, sentence.code, sentence.values]
}

test('[E2] an address at which a Gateway or an Ingress is reached is theirs, and what answers cannot be told', () => {
  const at = { addresses: ['198.51.100.20', 'lb.example.com'] }
  const { namespace, name } = gateway()
  const entries = `Ingress shop/web, Gateway ${namespace}/${name}`
  expect(asked('198.51.100.20:443', [ingress(at), gateway(at)])).toEqual([
    'unknown',
    'explain-address-of-entry',
    { address: '198.51.100.20', entries, count: 2 },
  ])
  expect(asked('198.51.100.21:443', [gateway(at)])[1]).toBe('explain-address-outside')
})

test('[E2] in a range of pods it is nobody’s, unless the pod that has it may not be known', () => {
  expect(asked('10.244.4.7:80')).toEqual(['none', 'explain-nobody-has-address', { address: '10.244.4.7' }])
  expect(asked('10.244.5.7:80').slice(0, 2)).toEqual(['unknown', 'explain-address-outside'])
  expect(asked('10.244.4.7:80', [], ['Pod']).slice(0, 2)).toEqual(['unknown', 'explain-owner-not-known'])
  expect(asked('8.8.8.8:53', [], ['Node'])).toEqual(['unknown', 'explain-owner-not-known', { kind: 'Node' }])
})
