import { describe, expect, test } from 'vitest'
import { nodeKey, serviceKey } from '@/core/model/keys'
import { iptablesBase } from '@/core/rules/iptables/base'
import { compareIptables } from '@/core/rules/iptables/compare'
import { isFault, parseIptablesSave } from '@/core/rules/iptables/dump'
import { predictIptables } from '@/core/rules/iptables/predict'
import { ruleNodeOf } from '@/core/rules/rule-input'
import { proxySettingsOf } from '@/core/rules/settings'
import { eventsOf, worldOf } from '../simulator/testing/world-at'
import { lastReadOf } from '../simulator/world/stopped-proxies'
import { createClusterStore } from '../store/cluster-store'
import { demoDump } from './demo-dump'

const world = worldOf('broken-stale-rules')
const view = createClusterStore()
view.apply(eventsOf(world))
const demo = {
  control: () => Promise.reject(new Error('not asked for here')),
  stoppedProxy: (node: string) => lastReadOf(world, node),
}
const ask = (query: string, session: Partial<Parameters<typeof demoDump>[0]> = {}) =>
  demoDump({ view, demo, ...session }, new URLSearchParams(query))

/** Differences between a node's dump and the prediction of now. */
async function differences(name: string, family: 'IPv4' | 'IPv6') {
  const node = view.node(nodeKey(name))
  if (!node) throw new Error(name)
  const dump = parseIptablesSave(await ask(`node=${name}&family=${family}`).text())
  if (isFault(dump)) throw new Error(JSON.stringify(dump))
  const { settings } = proxySettingsOf(view, node, family)
  const own = ruleNodeOf(view, node, family)
  const services = [...view.services()].map((service) => ({ service, slices: view.slicesOfService(service.key) }))
  expect(dump.family).toBe(family)
  const base = iptablesBase(family, settings, own.addresses)
  return compareIptables([...base, ...predictIptables({ node: own, family, services, settings })], dump)
}

describe('the rules of a node of the embedded cluster', () => {
  test.each([
    ['node-3', 'IPv4'],
    ['node-3', 'IPv6'],
  ] as const)('%s, %s: as predicted, rule for rule', async (node, family) => {
    expect(await differences(node, family)).toEqual([])
  })

  test('a kube-proxy that stopped seven minutes ago: it still sends to pods that are gone, and to no new one', async () => {
    const found = await differences('node-4', 'IPv4')
    expect(new Set(found.map(({ service }) => service))).toEqual(new Set(['shop/checkout']))
    const gone = found.flatMap(({ kind, endpoint }) => (kind === 'extra' && endpoint ? [endpoint] : []))
    const now = view.slicesOfService(serviceKey('shop', 'checkout')).flatMap(({ endpoints }) => endpoints)
    expect(new Set(gone).size).toBe(4)
    for (const { addresses } of now) expect(gone).not.toContain(`${addresses[0]}:8080`)
  })

  test('it is a file with a name that says what it is', () => {
    const { headers } = ask('node=node-4')
    expect(headers.get('content-disposition')).toBe('attachment; filename="node-4.iptables-save.txt"')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['another cluster', 'node=node-4', { demo: undefined }, 404, 'demo-not-embedded'],
    ['a node that is not there', 'node=node-99', {}, 404, 'query-not-found'],
    ['no node', '', {}, 404, 'query-not-found'],
    ['a bad family', 'node=node-4&family=IPv5', {}, 400, 'query-bad-value'],
    ['a node in another mode', 'node=node-9', {}, 404, 'demo-no-dump'],
  ])('%s: refused', async (_, query, session, status, code) => {
    const answer = ask(query, session)
    expect([answer.status, (await answer.json()).errors[0].code]).toEqual([status, code])
  })
})
