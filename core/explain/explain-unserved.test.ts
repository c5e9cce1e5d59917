import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterRecord, Kind } from '../model/records'
import { service as cart, serviceCIDR } from '../testing/builders'
import { clusterEvents, endpoints, flow, type Mode, nodes } from '../testing/small-cluster'
import { explain } from './explain'

const outside = 'unknown explain-address-outside'
const range = serviceCIDR({ cidrs: ['10.96.0.0/16', 'fd00:96::/112'] })

type World = {
  readonly mode?: Mode
  readonly version?: string
  readonly records?: readonly ClusterRecord[]
  readonly unknown?: readonly Kind[]
}

function asked(to: string, from: string, { mode = 'nftables', version, records = [range], unknown }: World = {}) {
  const store = createClusterStore()
  const own = nodes(mode, version === undefined ? {} : { kubeletVersion: version })
  store.apply(clusterEvents([...own, cart(), endpoints('1a 2b'), ...records], unknown))
  return explain(store, flow(from, to))
}

const said = (...of: Parameters<typeof asked>) => {
  const { verdict, sentence } = asked(...of)
  return `${verdict} ${sentence.code}`
}

describe('[E15] an address of a service range that no Service has', () => {
  test.each<[string, string, World, string]>([
    ['nftables drops it, for pods', 'pod', {}, 'drop explain-drop-unallocated'],
    ['for the node itself', 'node-a', {}, 'drop explain-drop-unallocated'],
    ['and for what a route leads to the node', 'outside@node-b', {}, 'drop explain-drop-unallocated'],
    ['outside nothing leads there', 'outside', {}, 'none explain-cluster-ip-from-outside'],
    ['iptables has no rule for it', 'pod', { mode: 'iptables' }, 'none explain-unallocated-passes'],
    ['nor has ipvs', 'pod', { mode: 'ipvs' }, 'none explain-unallocated-passes'],
    ['nor kernelspace', 'pod', { mode: 'kernelspace' }, 'none explain-unallocated-passes'],
    ['nor a proxy older than 1.33', 'pod', { version: 'v1.32.4' }, 'none explain-unallocated-passes'],
    ['without ranges it cannot be told', 'pod', { records: [] }, outside],
    ['nor outside of them', 'pod', { records: [serviceCIDR({ cidrs: ['10.97.0.0/16'] })] }, outside],
    ['a Service may have it that is not known', 'pod', { unknown: ['Service'] }, 'unknown explain-owner-not-known'],
  ])('%s', (_name, from, world, expected) => {
    expect(said('10.96.77.7:80', from, world)).toBe(expected)
  })

  test('of which only some namespaces are read, somebody else may have it', () => {
    const store = createClusterStore()
    store.apply(clusterEvents([...nodes('nftables'), range], ['Service']))
    store.apply([{ type: 'synced', kind: 'Service', scope: 'shop' }])
    const { verdict, sentence } = explain(store, flow('pod', '10.96.77.7:80'))
    expect([verdict, sentence]).toEqual(['unknown', { code: 'explain-owner-not-known', values: { kind: 'Service' } }])
  })

  test('the answer names the object, the field and the commands that show it', () => {
    const { claims, deciders, hops, knowledge } = asked('10.96.77.7:80', 'pod')
    expect(hops.map(({ kind, state, object }) => `${kind} ${state} ${object?.kind} ${object?.id}`)).toEqual([
      'address passed ServiceCIDR kubernetes',
      'rules stops Node node-a',
    ])
    expect([knowledge.how, deciders.map(({ node, verdict }) => `${node} ${verdict}`)]).toEqual([
      'proved',
      ['node-a drop'],
    ])
    expect(claims.flatMap(({ evidence }) => evidence)).toEqual([
      { kind: 'ServiceCIDR', id: 'kubernetes', field: 'spec.cidrs', value: '10.96.0.0/16' },
    ])
    expect(claims.map(({ command }) => command?.text)).toEqual([
      'kubectl get servicecidrs && kubectl get ipaddresses 10.96.77.7',
      'nft list chain ip kube-proxy cluster-ips-check',
    ])
  })
})

describe('[E15] a port that the Service of a cluster IP lacks', () => {
  test.each<[Mode, string]>([
    ['nftables', 'reject explain-reject-no-such-port'],
    ['ipvs', 'reject explain-reject-no-such-port'],
    ['iptables', 'none explain-no-such-port-at-address'],
    ['kernelspace', 'none explain-no-such-port-at-address'],
  ])('in %s mode: %s', (mode, expected) => {
    expect(said('10.96.0.10:81', 'pod', { mode })).toBe(expected)
  })

  test('is not kube-proxy’s to refuse where another proxy serves the Service', () => {
    const other = cart({ labels: { 'service.kubernetes.io/service-proxy-name': 'mesh' } })
    expect(said('10.96.0.10:81', 'pod', { records: [other] })).toBe('none explain-no-such-port-at-address')
  })
})

describe('[P7] an external IP where the gate of external IPs is off', () => {
  const exposed = cart({ externalIPs: ['198.51.100.77'] })
  const to = (args: readonly string[], from: string) => {
    const store = createClusterStore()
    const own = nodes('nftables').map((one) =>
      one.kind === 'Pod' ? { ...one, proxyArgs: [...(one.proxyArgs ?? []), ...args] } : one,
    )
    store.apply(clusterEvents([...own, exposed, endpoints('1a 2b')]))
    const { verdict, sentence } = explain(store, flow(from, '198.51.100.77:80'))
    return `${verdict} ${sentence.code}`
  }

  test.each(['pod', 'outside@node-a', 'outside'])('leads nowhere from %s', (from) => {
    expect(to([], from)).toMatch(/^forward/)
    expect(to(['--feature-gates=AllowServiceExternalIPs=false'], from)).toBe('none explain-external-ips-off')
  })
})
