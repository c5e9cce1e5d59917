import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { everything } from '../access/audience'
import { audienceView } from '../access/audience-view'
import { createStandIns } from '../access/stand-ins'
import type { ClusterRecord, Kind } from '../model/records'
import { service } from '../testing/builders'
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
    { address: '198.51.100.20', entries, count: 2, more: 0 },
  ])
  expect(asked('198.51.100.21:443', [gateway(at)])[1]).toBe('explain-address-outside')
})

test('[E2] of many that are reached at one address, as all Ingresses of a controller are, the first are named', () => {
  const at = { addresses: ['198.51.100.20'] }
  const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ingress({ ...at, name }))
  expect(asked('198.51.100.20:443', all)[2]).toEqual({
    address: '198.51.100.20',
    entries: 'Ingress shop/a, Ingress shop/b, Ingress shop/c, Ingress shop/d, Ingress shop/e',
    count: 7,
    more: 2,
  })
})

describe('to whom addresses are hidden', () => {
  const audience = { ...everything, id: 'hidden', show: { ...everything.show, addresses: false } }
  const headless = service({ name: 'a', clusterIP: 'None', clusterIPs: ['None'] })
  const shown = (to: string, records: readonly ClusterRecord[]) => {
    const store = createClusterStore()
    store.apply(clusterEvents([...nodes('iptables'), ...records]))
    const view = audienceView(store, audience, createStandIns(new Uint8Array(32).fill(1), audience.id))
    const { verdict, sentence } = explain(view, flow('pod', to))
    return [verdict, sentence.code]
  }

  test.each<[string, string, readonly ClusterRecord[]]>([
    ['a cluster IP', '10.96.0.10:80', [headless, service()]],
    ['a pod’s', '10.244.0.9:80', [headless, service()]],
    ['a node’s', '10.1.0.1:80', [headless, service()]],
    ['nobody’s in a range of pods', '10.244.4.7:80', [service()]],
    ['a node’s, without a Service that has one', '10.1.0.1:80', [headless]],
    ['an Ingress’', '198.51.100.20:80', [service(), ingress({ addresses: ['198.51.100.20'] })]],
  ])('[E2] nothing is said of whose an address is: %s', (_, to, records) => {
    expect(shown(to, records)).toEqual(['unknown', 'explain-addresses-hidden'])
  })
})

test('[E2] in a range of pods it is nobody’s, unless the pod that has it may not be known', () => {
  expect(asked('10.244.4.7:80')).toEqual(['none', 'explain-nobody-has-address', { address: '10.244.4.7' }])
  expect(asked('10.244.5.7:80').slice(0, 2)).toEqual(['unknown', 'explain-address-outside'])
  expect(asked('10.244.4.7:80', [], ['Pod']).slice(0, 2)).toEqual(['unknown', 'explain-owner-not-known'])
  expect(asked('8.8.8.8:53', [], ['Node'])).toEqual(['unknown', 'explain-owner-not-known', { kind: 'Node' }])
})
