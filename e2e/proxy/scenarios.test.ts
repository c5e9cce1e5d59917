// Each scenario on the real kube-proxy, in both modes and families: its rules are those that Triplane predicts, line by line,
// and real connections land where and as often as it explains.
import type { V1Service } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClusterView } from '../../core/model/cluster-view'
import type { IpFamily } from '../../core/model/records'
import { collectionPath, forEachBounded, type KubeObject } from '../cluster/api.ts'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { namespace, node } from '../cluster/objects.ts'
import { expectPackets, expectPrediction } from './expect-packets.ts'
import { nodeAddress } from './links.ts'
import { type NodeProxy, type RealMode, type RuleCount, startNodeProxy } from './node-proxy.ts'
import { listenersOf, targetOf } from './packets.ts'
import { predict } from './prediction.ts'
import { NODE, readCluster } from './read-cluster.ts'
import { compareRules } from './rules.ts'
import { dualService, endpointAddress, families, NAMESPACE, type Scenario, slices, type Traffic } from './scenario.ts'
import { addressScenarios } from './scenarios/addresses.ts'
import { endpointScenarios } from './scenarios/endpoints.ts'
import { policyScenarios } from './scenarios/policies.ts'
import { whyNoProxy } from './why-no-proxy.ts'

const all: readonly Scenario[] = [...addressScenarios, ...policyScenarios, ...endpointScenarios]
const scenarios = process.env.TRIPLANE_TEST_LONG === '1' ? all : all.filter(({ quick }) => quick)
const modes = ['iptables', 'nftables'] as const

const skipReason = await whyNoProxy()
if (skipReason) console.warn(`SKIPPED, the real kube-proxy: ${skipReason}`)

describe.skipIf(skipReason)('the real kube-proxy', () => {
  let cluster: ControlPlane
  const proxies: Partial<Record<RealMode, NodeProxy>> = {}
  const proxyOf = (mode: RealMode): NodeProxy => {
    const proxy = proxies[mode]
    if (!proxy) throw new Error(`no kube-proxy in ${mode} mode`)
    return proxy
  }

  beforeAll(async () => {
    cluster = await startControlPlane()
    await cluster.api.create(namespace(NAMESPACE))
    for (const name of ['node-a', 'node-b', 'node-c']) {
      const own = families.map((family) => ({ type: 'InternalIP', address: nodeAddress[family] }))
      const addresses = name === NODE ? own : []
      await cluster.api.create(node(name, { zone: name.replace('node', 'zone'), addresses }))
    }
    for (const mode of modes) proxies[mode] = await startNodeProxy(cluster, { mode, nodeName: NODE })
  })
  afterAll(async () => {
    await Promise.all(Object.values(proxies).map((proxy) => proxy.stop()))
    await cluster?.stop()
  })

  async function change(name: string, changes: NonNullable<Scenario['changes']>): Promise<void> {
    const first = nextMarker()
    for (const object of first.objects) await cluster.api.create(object)
    const shown = (dump: string, family: IpFamily) => dump.includes(first.shows[family])
    for (const proxy of modes.map(proxyOf)) await proxy.untilDump(`${name}, before its changes`, shown)
    for (const { of, patch } of changes) await cluster.api.patch(of, patch)
  }

  // `%s`, not `$name`: that cuts long names.
  describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    const services = new Map<string, V1Service>()
    const views = new Map<RealMode, ClusterView>()
    const dumps = new Map<RealMode, Readonly<Record<IpFamily, string>>>()
    const counts = new Map<RealMode, Readonly<Record<IpFamily, RuleCount>>>()
    const marker = nextMarker()

    beforeAll(async () => {
      const { api } = cluster
      for (const object of scenario.objects) await api.create(object)
      if (scenario.changes) await change(scenario.name, scenario.changes)
      for (const object of marker.objects) await api.create(object)
      for (const service of await api.list<V1Service>(`/api/v1/namespaces/${NAMESPACE}/services`)) {
        services.set(service.metadata?.name ?? '', service)
      }
      const listeners = listenersOf(scenario.objects)
      for (const proxy of modes.map(proxyOf)) {
        views.set(proxy.mode, await readCluster(api, proxy.command))
        const shown = (dump: string, family: IpFamily) => dump.includes(marker.shows[family])
        dumps.set(proxy.mode, await proxy.untilDump(scenario.name, shown))
        counts.set(proxy.mode, { IPv4: await proxy.count('IPv4'), IPv6: await proxy.count('IPv6') })
        await proxy.pods.listen(listeners)
        // A flow of an earlier scenario would go on by the rules it began with.
        await proxy.node.run('conntrack', '-F')
      }
    })
    afterAll(async () => {
      for (const ref of [ofKind('v1', 'Service'), ofKind('discovery.k8s.io/v1', 'EndpointSlice')]) {
        const found = await cluster.api.list<KubeObject>(collectionPath(ref))
        await forEachBounded(found, 8, ({ metadata }) => cluster.api.delete({ ...ref, metadata }))
      }
      for (const proxy of modes.map(proxyOf)) {
        await proxy.pods.silence()
        // In nftables mode the empty chains of what is gone stay until a later sync.
        const texts = (family: IpFamily) => [
          marker.shows[family],
          ...(proxy.mode === 'iptables' ? [`${NAMESPACE}/`] : []),
        ]
        const gone = (dump: string, family: IpFamily) => !texts(family).some((text) => dump.includes(text))
        await proxy.untilDump(`the end of ${scenario.name}`, gone)
      }
    })

    describe.each(modes)('%s', (mode) => {
      describe.each(families)('%s', (family) => {
        test('[M4] real: every rule is as predicted, and a rule taken away is noticed', () => {
          const [dump, view] = [dumps.get(mode)?.[family] ?? '', wanted(views.get(mode))]
          const compare = (text: string) => compareRules(text, { mode, family, view })
          expect(compare(dump).differences).toEqual([])
          // Counted apart from what compares: nothing of the dump was passed over.
          expect(compare(dump).count).toEqual(counts.get(mode)?.[family])
          const damaged = dump.split('\n').filter((line) => !line.includes(marker.shows[family]))
          expect(compare(damaged.join('\n')).differences.length).toBeGreaterThan(0)
        })

        test.each(
          scenario.traffic
            .filter(({ only }) => (only?.mode ?? mode) === mode && (only?.family ?? family) === family)
            .map((traffic) => [describeTraffic(traffic), traffic] as const),
        )('%s', async (_, traffic) => {
          const service = traffic.service ?? scenario.objects[0]?.metadata.name ?? ''
          const target = targetOf(wanted(services.get(service)), traffic, family)
          const sent = { traffic: { ...traffic, service }, family, target }
          expectPrediction(sent, predict(wanted(views.get(mode)), sent))
          await expectPackets(proxyOf(mode), sent)
        })

        const { healthCheck } = scenario
        if (healthCheck) {
          test(`the health check node port answers ${healthCheck.status}`, async () => {
            const port = wanted(services.get(healthCheck.service)).spec?.healthCheckNodePort
            const host = family === 'IPv4' ? nodeAddress.IPv4 : `[${nodeAddress.IPv6}]`
            const answer = await proxyOf(mode).peer.fetch(`http://${host}:${port}/`)
            expect(answer.status).toBe(healthCheck.status)
            expect(JSON.parse(answer.body)).toMatchObject({ localEndpoints: healthCheck.localEndpoints })
          })
        }
      })
    })
  })
})

function wanted<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not there: the scenario was not set up')
  return value
}

const ofKind = (apiVersion: string, kind: string) => ({
  apiVersion,
  kind,
  metadata: { namespace: NAMESPACE, name: '' },
})

function describeTraffic({ service = '', port = '', from, to, lands }: Traffic): string {
  const who = typeof from === 'object' ? `endpoint ${from.endpoint}` : from
  const where = typeof lands === 'string' ? lands : lands.length > 9 ? `${lands.length} endpoints` : lands.join(', ')
  return `from ${who} to the ${to}${service && ` of ${service}`}${port && `, port ${port}`} → ${where}`
}

let markers = 0

// Objects made last: where kube-proxy has written the marker's endpoint, it has read everything made before.
function nextMarker() {
  const n = 15_000 + ++markers
  const name = `marker-${markers}`
  const shows = { IPv4: endpointAddress(n, 'IPv4'), IPv6: endpointAddress(n, 'IPv6') }
  return { name, shows, objects: [dualService(name), ...slices(name, [{ n }])] }
}
