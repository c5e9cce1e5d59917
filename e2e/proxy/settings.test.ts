// kube-proxy with other settings: Triplane reads them from its arguments, and predicts the rules and the packets they make.
import type { V1Service } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IpFamily } from '../../core/model/records'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { namespace, node, serviceCIDR } from '../cluster/objects.ts'
import { expectPackets, expectPrediction } from './expect-packets.ts'
import { nodeAddress } from './links.ts'
import { type NodeProxy, type RealMode, startNodeProxy } from './node-proxy.ts'
import { listenersOf, targetOf } from './packets.ts'
import { predict } from './prediction.ts'
import { NODE, readCluster } from './read-cluster.ts'
import { compareRules } from './rules.ts'
import { balanced, bothExternal, dualService, families, NAMESPACE, slices, type Traffic } from './scenario.ts'
import { whyNoProxy } from './why-no-proxy.ts'

type Variant = {
  readonly name: string
  readonly flags: readonly string[]
  readonly knowsPods?: boolean
  readonly mode?: RealMode
  readonly traffic: readonly Traffic[]
}

const toAll = { from: 'pod', to: 'cluster IP', lands: [1, 2] } as const
const loopback = { from: 'node', to: 'node port on loopback', service: 'edge' } as const

const variants: readonly Variant[] = [
  { name: 'masqueradeAll', flags: ['--masquerade-all=true'], traffic: [{ ...toAll, sees: 'node' }] },
  { name: 'no range of pods', flags: [], knowsPods: false, traffic: [{ ...toAll, sees: 'client' }] },
  {
    name: 'pods told by the node’s own range',
    flags: ['--detect-local-mode=NodeCIDR'],
    traffic: [
      { ...toAll, sees: 'client' },
      { ...toAll, from: 'outside', sees: 'node' },
    ],
  },
  {
    name: 'pods told by a bridge',
    flags: ['--detect-local-mode=BridgeInterface', '--pod-bridge-interface=cni0'],
    traffic: [],
  },
  {
    name: 'pods told by the names of interfaces',
    flags: ['--detect-local-mode=InterfaceNamePrefix', '--pod-interface-name-prefix=veth'],
    traffic: [],
  },
  {
    name: 'node ports on ranges of addresses',
    flags: ['--nodeport-addresses=192.0.2.0/24,2001:db8:0:2::/64'],
    traffic: [
      { from: 'outside', to: 'node port', service: 'edge', lands: [1] },
      { ...loopback, lands: 'nowhere' },
    ],
  },
  {
    name: 'node ports on the primary address',
    flags: ['--nodeport-addresses=primary'],
    traffic: [{ from: 'outside', to: 'node port', service: 'edge', lands: [1] }],
  },
  {
    name: 'no node ports on loopback',
    flags: ['--iptables-localhost-nodeports=false'],
    mode: 'iptables',
    traffic: [{ ...loopback, lands: 'nowhere' }],
  },
  {
    name: 'no external IPs',
    flags: ['--feature-gates=AllowServiceExternalIPs=false'],
    traffic: [toAll, { from: 'outside', to: 'external IP', service: 'sticky', lands: 'nowhere' }],
  },
  { name: 'another masquerade bit', flags: ['--iptables-masquerade-bit=7'], mode: 'iptables', traffic: [toAll] },
]

const endpoints = [{ n: 1, node: 'node-a' }, { n: 2 }] as const
const objects = [
  dualService('plain', { sessionAffinity: 'None' }),
  ...slices('plain', endpoints),
  dualService(
    'edge',
    {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8:113::/64'],
    },
    balanced(),
  ),
  ...slices('edge', endpoints),
  dualService('sticky', { sessionAffinity: 'ClientIP', internalTrafficPolicy: 'Local', externalIPs: bothExternal }),
  ...slices('sticky', endpoints),
  dualService('empty', { type: 'NodePort' }),
  // Made last: where it is written, all is.
  dualService('last'),
  ...slices('last', [{ n: 15_000 }]),
]

const writtenLast = (dump: string) => /10\.244\.60\.1|fd00:10:244::3a98/.test(dump)

const skipReason = await whyNoProxy()
if (skipReason) console.warn(`SKIPPED, the real kube-proxy with other settings: ${skipReason}`)
const long = process.env.TRIPLANE_TEST_LONG === '1'

describe.skipIf(skipReason)('the real kube-proxy with other settings', () => {
  let cluster: ControlPlane
  const services = new Map<string, V1Service>()

  beforeAll(async () => {
    cluster = await startControlPlane()
    const { api } = cluster
    await api.create(namespace(NAMESPACE))
    const own = families.map((family) => ({ type: 'InternalIP', address: nodeAddress[family] }))
    const podCIDRs = ['10.244.200.0/24', 'fd00:10:244:200::/64']
    await api.create(node(NODE, { zone: 'zone-a', addresses: own, podCIDRs }))
    // kube-proxy writes the ranges it knows at its start; one that comes later waits for a full sync, up to an hour.
    await api.create(serviceCIDR('more', ['10.200.0.0/24', 'fd00:10:200::/120']))
    for (const object of objects) await api.create(object)
    for (const service of await api.list<V1Service>(`/api/v1/namespaces/${NAMESPACE}/services`)) {
      services.set(service.metadata?.name ?? '', service)
    }
  })
  afterAll(() => cluster?.stop())

  // Services and ServiceCIDRs reach a proxy by watches of their own: where the ranges come after its first rules, it is behind
  // them as a real one is, and what it should have written is not there to compare. Such a one is started again, twice at most.
  async function startWithRanges(options: Parameters<typeof startNodeProxy>[1]): Promise<NodeProxy> {
    for (let again = 2; ; again -= 1) {
      const proxy = await startNodeProxy(cluster, options)
      const { IPv4, IPv6 } = await proxy.untilDump('the last Service', writtenLast)
      const isBehind = !IPv4.includes('10.200.0.0/24') || !IPv6.includes('fd00:10:200::/120')
      if (options.mode !== 'nftables' || !isBehind || again === 0) return proxy
      await proxy.stop()
    }
  }

  const cases = variants.flatMap(({ mode, ...variant }) =>
    (mode ? [mode] : (['iptables', 'nftables'] as const)).map((own) => ({ ...variant, mode: own })),
  )
  // A few of them always, so that npm test reads settings too.
  describe.each(long ? cases : cases.slice(0, 2))('$name, $mode', ({ flags, knowsPods, mode, traffic }) => {
    let proxy: NodeProxy

    beforeAll(async () => {
      proxy = await startWithRanges({ mode, nodeName: NODE, flags, knowsPods })
      await proxy.pods.listen(listenersOf(objects))
    })
    afterAll(() => proxy?.stop())

    test.each(families)('%s', async (family: IpFamily) => {
      const view = await readCluster(cluster.api, proxy.command)
      const dumps = await proxy.untilDump('the last Service', writtenLast)
      expect(compareRules(dumps[family], { mode, family, view }).differences).toEqual([])
      for (const one of traffic) {
        const name = one.service ?? 'plain'
        const service = services.get(name)
        if (!service) throw new Error(`no Service ${name}`)
        const sent = { traffic: { ...one, service: name }, family, target: targetOf(service, one, family) }
        expectPrediction(sent, predict(view, sent))
        await expectPackets(proxy, sent)
      }
    })
  })
})
