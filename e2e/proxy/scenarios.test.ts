// Each scenario on the real kube-proxy, in both modes and families: its rules are those that Triplane predicts, line by line,
// and real connections land where and as often as it says.
import type { V1Service } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClusterView } from '../../core/model/cluster-view'
import type { IpFamily } from '../../core/model/records'
import { collectionPath, forEachBounded, type KubeObject } from '../cluster/api.ts'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { namespace, node } from '../cluster/objects.ts'
import { nodeAddress } from './links.ts'
import { type NodeProxy, type RealMode, startNodeProxy } from './node-proxy.ts'
import { listenersOf, type Services, send, type Target, targetOf } from './packets.ts'
import { predictClusterIp } from './prediction.ts'
import { NODE, readCluster } from './read-cluster.ts'
import { dualService, endpointAddress, families, NAMESPACE, type Scenario, slices, type Traffic } from './scenario.ts'
import { addressScenarios } from './scenarios/addresses.ts'
import { endpointScenarios } from './scenarios/endpoints.ts'
import { policyScenarios } from './scenarios/policies.ts'
import { goodnessOfFit, SIGNIFICANCE } from './statistics.ts'
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
    const { api } = cluster
    await api.create(namespace(NAMESPACE))
    for (const name of ['node-a', 'node-b', 'node-c']) {
      const own = families.map((family) => ({ type: 'InternalIP', address: nodeAddress[family] }))
      await api.create(node(name, { zone: name.replace('node', 'zone'), addresses: name === NODE ? own : [] }))
    }
    for (const mode of modes) proxies[mode] = await startNodeProxy(cluster, { mode, nodeName: NODE })
  })
  afterAll(async () => {
    await Promise.all(Object.values(proxies).map((proxy) => proxy.stop()))
    await cluster?.stop()
  })

  describe.each(scenarios)('$name', (scenario) => {
    const services = new Map<string, V1Service>()
    let dumps: Record<RealMode, Record<IpFamily, string>>
    let view: ClusterView

    beforeAll(async () => {
      const { api } = cluster
      const marker = nextMarker()
      const objects = [...scenario.objects, ...marker.objects]
      for (const object of objects) await api.create(object)
      for (const service of await api.list<V1Service>(`/api/v1/namespaces/${NAMESPACE}/services`)) {
        if (service.metadata?.name !== marker.name) services.set(service.metadata?.name ?? '', service)
      }
      view = await readCluster(api)
      const [iptables, nftables] = await Promise.all(
        modes.map((mode) =>
          proxyOf(mode).untilDump(scenario.name, (dump, family) => dump.includes(marker.shows[family])),
        ),
      )
      if (!iptables || !nftables) throw new Error('a mode without dumps')
      dumps = { iptables, nftables }
      const listeners = listenersOf(scenario.objects)
      for (const { pods, node } of modes.map(proxyOf)) {
        await pods.listen(listeners)
        // A flow of an earlier scenario would go on by the rules it began with.
        await node.run('conntrack', '-F')
      }
    })
    afterAll(async () => {
      for (const mode of modes) await proxyOf(mode).pods.silence()
      const made = ['Service', 'EndpointSlice'].map((kind) => ({
        apiVersion: kind === 'Service' ? 'v1' : 'discovery.k8s.io/v1',
        kind,
        metadata: { namespace: NAMESPACE, name: '' },
      }))
      for (const ref of made) {
        const found = await cluster.api.list<KubeObject>(collectionPath(ref))
        await forEachBounded(found, 8, ({ metadata }) => cluster.api.delete({ ...ref, metadata }))
      }
    })

    describe.each(modes)('%s', (mode) => {
      describe.each(families)('%s', (family) => {
        const wanted = scenario.traffic.filter(
          ({ only }) => (only?.mode ?? mode) === mode && (only?.family ?? family) === family,
        )

        test.each(wanted.map((traffic) => [describeTraffic(traffic), traffic] as const))('%s', async (_, traffic) => {
          const target = targetOf(services, traffic, family)
          const sent = { traffic, family, target, services, view }
          await expectPackets(proxyOf(mode), sent)
        })

        if (scenario.healthCheck) {
          const { service, status, localEndpoints } = scenario.healthCheck
          test(`health check node port answers ${status}`, async () => {
            const port = services.get(service)?.spec?.healthCheckNodePort
            const host = family === 'IPv4' ? nodeAddress.IPv4 : `[${nodeAddress.IPv6}]`
            const answer = await proxyOf(mode).peer.fetch(`http://${host}:${port}/`)
            expect(answer.status).toBe(status)
            expect(JSON.parse(answer.body)).toMatchObject({ localEndpoints })
          })
        }
      })
    })
  })
})

/**
 * A refusal of the first SYN may come while connect() still holds the socket (packets between namespaces are handed over
 * at once), and then the kernel heeds the one for the SYN repeated after a second. Silence is more than that.
 */
const SILENCE_MS = 1_600

type Sent = { traffic: Traffic; family: IpFamily; target: Target; services: Services; view: ClusterView }

async function expectPackets(proxy: NodeProxy, sent: Sent): Promise<void> {
  const { traffic, family, target, services, view } = sent
  const { lands } = traffic
  const expected = typeof lands === 'string' ? new Map<string, number>() : evenly(lands, family)
  if (traffic.to === 'cluster IP' && lands !== 'nowhere') {
    const name = traffic.service ?? services.keys().next().value ?? ''
    const port = `${traffic.port ?? services.get(name)?.spec?.ports?.[0]?.name ?? ''}/${target.protocol}`
    const predicted = predictClusterIp(view, { service: name, port, family })
    expect(predicted.verdict).toBe(typeof lands === 'string' ? lands : 'forward')
    expect(byAddress(predicted.shares)).toEqual(expected)
  }
  if (lands === 'drop' || lands === 'reject') {
    const tried = await send(proxy, sent, { count: 30, timeoutMs: lands === 'drop' ? SILENCE_MS : 5_000 })
    expect(new Set(tried.map(({ outcome }) => outcome))).toEqual(new Set([lands === 'drop' ? 'timeout' : 'refused']))
  } else if (lands === 'nowhere') {
    const tried = await send(proxy, sent, { count: 30, timeoutMs: SILENCE_MS })
    expect(tried.filter(({ seenAs }) => seenAs !== '')).toEqual([])
  } else if (traffic.stickyClients !== undefined) await expectSticky(proxy, sent, traffic.stickyClients)
  else await expectShares(proxy, sent, expected)
}

async function expectShares(proxy: NodeProxy, sent: Sent, expected: ReadonlyMap<string, number>): Promise<void> {
  const count = Math.max(3_000, expected.size * 20)
  let p = 0
  for (const times of [1, 2]) {
    const landed = await send(proxy, sent, { count: count * times })
    expectOnly(landed, expected)
    for (const { from, seenAs } of landed) {
      if (sent.traffic.sees === 'client') expect(seenAs).toBe(from)
      else if (sent.traffic.sees === 'node') expect(seenAs).toBe(nodeAddress[sent.family])
    }
    p = fitOf(landed, expected)
    if (p > SIGNIFICANCE) return
  }
  expect(p).toBeGreaterThan(SIGNIFICANCE)
}

type Landed = Awaited<ReturnType<typeof send>>

async function expectSticky(proxy: NodeProxy, sent: Sent, clients: number): Promise<void> {
  let p = 0
  for (const firstClient of [1, 101]) {
    const first = await send(proxy, sent, { count: clients, clients, firstClient })
    expectOnly(first, expected())
    const chosen = new Map(first.map(({ from, outcome }) => [from, outcome]))
    expect(chosen.size).toBe(clients)
    const later = await send(proxy, sent, { count: 3_000, clients, firstClient })
    expect(later.filter(({ from, outcome }) => chosen.get(from) !== outcome)).toEqual([])
    p = fitOf(first, expected())
    if (p > SIGNIFICANCE) return
  }
  expect(p).toBeGreaterThan(SIGNIFICANCE)

  function expected() {
    return typeof sent.traffic.lands === 'string' ? new Map<string, number>() : evenly(sent.traffic.lands, sent.family)
  }
}

function expectOnly(landed: Landed, expected: ReadonlyMap<string, number>): void {
  const elsewhere = landed.map(({ outcome }) => addressOf(outcome)).filter((address) => !expected.has(address))
  expect([...new Set(elsewhere)]).toEqual([])
}

function fitOf(landed: Landed, expected: ReadonlyMap<string, number>): number {
  const counts = new Map<string, number>()
  for (const { outcome } of landed) counts.set(addressOf(outcome), (counts.get(addressOf(outcome)) ?? 0) + 1)
  return goodnessOfFit(
    [...expected].map(([address, probability]) => ({ observed: counts.get(address) ?? 0, probability })),
  )
}

const evenly = (numbers: readonly number[], family: IpFamily) =>
  new Map(numbers.map((n) => [endpointAddress(n, family), 1 / numbers.length]))

function byAddress(shares: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const [key, share] of shares) sums.set(addressOf(key), (sums.get(addressOf(key)) ?? 0) + share)
  return sums
}

/** `10.0.0.1:80` and `[fd00::1]:80` without their port. */
const addressOf = (key: string) => key.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')

function describeTraffic({ service = '', port = '', from, to, lands }: Traffic): string {
  const who = typeof from === 'object' ? `endpoint ${from.endpoint}` : from
  const where = typeof lands === 'string' ? lands : lands.length > 9 ? `${lands.length} endpoints` : lands.join(', ')
  return `from ${who} to the ${to} ${service}${port && `:${port}`} → ${where}`
}

let markers = 0

// Objects made last: where kube-proxy has written the marker's endpoint, it has read everything made before.
function nextMarker() {
  const n = ++markers
  const name = `marker-${n}`
  const shows = { IPv4: endpointAddress(15_000 + n, 'IPv4'), IPv6: endpointAddress(15_000 + n, 'IPv6') }
  return { name, shows, objects: [dualService(name), ...slices(name, [{ n: 15_000 + n }])] }
}
