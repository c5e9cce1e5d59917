// Runs the product's own way: a store, the router, the wire, and the comparison a browser makes of it.
import { describe, expect, test } from 'vitest'
import { everything } from '@/core/access/audience'
import { type Compared, compareDump, toolOf } from '@/core/rules/compare-dump'
import type { NodeRules } from '@/core/rules/node-rules'
import { configMap, endpoint, node, pod, service, slice } from '@/core/testing/builders'
import { grantedContext } from '../access/testing/granted-context'
import { iptablesSave } from '../demo/iptables-save'
import type { Runtime } from '../runtime'
import { createClusterStore } from '../store/cluster-store'
import { appRouter } from './_app'

const config = (mode: string) =>
  `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ${mode}\nclusterCIDR: 10.0.0.0/8\n`

function callerOf(mode: string, services = 1, more: readonly string[] = []) {
  const store = createClusterStore()
  const many = Array.from({ length: services }, (_, i) => `cart-${String(i).padStart(4, '0')}`)
  store.apply([
    ...[
      node({ name: 'n1', zone: 'a', addresses: [{ type: 'InternalIP', address: '192.168.0.1' }] }),
      configMap({ namespace: 'kube-system', name: 'kube-proxy', changedAt: 1, data: { 'config.conf': config(mode) } }),
      pod({
        namespace: 'kube-system',
        name: 'kube-proxy-n1',
        nodeName: 'n1',
        labels: { 'k8s-app': 'kube-proxy' },
        startedAt: 2,
        workload: { kind: 'DaemonSet', name: 'kube-proxy', uid: 'u' },
        proxyArgs: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf'],
      }),
      ...many.flatMap((name, i) => [
        service({ name, clusterIP: `10.96.${i >> 8}.${i & 255}`, clusterIPs: [`10.96.${i >> 8}.${i & 255}`] }),
        slice({
          name: `${name}-1`,
          serviceName: name,
          endpoints: [`10.1.${i >> 8}.${i & 255}`, `10.2.${i >> 8}.${i & 255}`, ...more].map((ip) => endpoint(ip)),
        }),
      ]),
    ].map((record) => ({ type: 'put', record }) as const),
    ...(['Service', 'EndpointSlice', 'Node', 'Pod', 'ConfigMap', 'DaemonSet'] as const).map(
      (kind) => ({ type: 'synced', kind, scope: '' }) as const,
    ),
  ])
  const runtime = { session: () => ({ viewOf: () => store }) } as unknown as Runtime
  return appRouter.createCaller(grantedContext(runtime)).rules
}

const overTheWire = (rules: unknown) => JSON.parse(JSON.stringify(rules)) as NodeRules

async function all(mode: string, services = 1, more: readonly string[] = []): Promise<NodeRules> {
  const caller = callerOf(mode, services, more)
  let page = overTheWire(await caller.predicted({ node: 'n1', family: 'IPv4' }))
  const lines = [...page.lines]
  const first = page
  while (page.next !== undefined) {
    page = overTheWire(await caller.predicted({ node: 'n1', family: 'IPv4', after: page.next }))
    lines.push(...page.lines)
  }
  return { ...first, lines }
}

function dumpOf({ lines, node: name }: NodeRules): string {
  const isOfService = ({ service: key }: NodeRules['lines'][number]) => key !== undefined
  return iptablesSave({
    family: 'IPv4',
    node: name,
    base: lines.filter((line) => !isOfService(line)),
    services: lines.filter(isOfService),
  })
}

const compared = (rules: NodeRules, text: string): Compared => {
  const answer = compareDump(rules, text)
  if ('fault' in answer) throw new Error(JSON.stringify(answer.fault))
  return answer
}

describe('predicted rules of a node', () => {
  test('come in pages that together are the whole, whatever the number of Services', async () => {
    const [few, many] = [await all('iptables', 3), await all('iptables', 450)]
    const jumps = (rules: NodeRules) =>
      rules.lines.filter(({ text }) => text.startsWith('-A KUBE-SERVICES') && text.includes('-j KUBE-SVC'))
    expect(jumps(few)).toHaveLength(3)
    expect(new Set(jumps(many).map(({ service: key }) => key)).size).toBe(450)
    expect(new Set(many.lines.map(({ table, text }) => `${table} ${text}`)).size).toBe(many.lines.length)
  })

  test('one Service alone is what the whole holds of it, comments left out where the cluster is large', async () => {
    const caller = callerOf('iptables', 600)
    const one = await caller.predicted({ node: 'n1', family: 'IPv4', service: 'shop/cart-0007' })
    const whole = await all('iptables', 600)
    expect(one.lines.map(({ text }) => text)).toEqual(
      whole.lines.flatMap((line) => (line.service === 'shop/cart-0007' ? [line.text] : [])),
    )
    expect(one.lines.some(({ text }) => text.includes('statistic') && text.includes('--comment'))).toBe(false)
  })

  test.each(['iptables', 'nftables', 'ipvs'] as const)('%s: in the form of the mode', async (mode) => {
    const rules = await all(mode)
    expect(rules.mode).toBe(mode)
    expect(rules.ipvs !== undefined).toBe(mode === 'ipvs')
    expect(rules.told.masqueradeBit.source).toBe('config-file')
  })

  test('an unknown node and a Service that is no key are clear errors', async () => {
    const caller = callerOf('iptables')
    await expect(caller.predicted({ node: 'gone', family: 'IPv4' })).rejects.toThrow('node gone')
    await expect(caller.predicted({ node: 'n1', family: 'IPv4', service: 'cart' })).rejects.toThrow('namespace/name')
  })
})

describe('a dump compared with them', () => {
  test('the prediction itself differs in nothing', async () => {
    const rules = await all('iptables', 20)
    expect(compared(rules, dumpOf(rules)).differences).toEqual([])
  })

  test('an endpoint that is gone is told by its address and Service', async () => {
    const before = await all('iptables', 1, ['10.9.9.9'])
    const { differences } = compared(await all('iptables', 1), dumpOf(before))
    expect(differences).toContainEqual(
      expect.objectContaining({
        kind: 'extra',
        service: 'shop/cart-0000',
        reason: { code: 'rule-stale-endpoint', values: expect.objectContaining({ endpoint: '10.9.9.9:8080' }) },
      }),
    )
  })

  test.each([
    ['hello', 'dump-not-recognized'],
    ['table ip kube-proxy {\n}\n', 'dump-of-other-mode'],
    ['IP Virtual Server version 1.2.1 (size=4096)\n', 'dump-of-other-mode'],
    ['# Generated by ip6tables-save v1.8.9\n*nat\nCOMMIT\n', 'dump-of-other-family'],
    ['*nat\n:KUBE-SERVICES - [0:0]\nnonsense\nCOMMIT\n', 'dump-not-iptables'],
  ])('%j is refused with its line', async (text, code) => {
    expect(compareDump(await all('iptables'), text)).toEqual({
      fault: { line: expect.any(Number), reason: expect.objectContaining({ code }) },
    })
  })

  test('nftables rules of the other family alone are no dump of this one', async () => {
    const rules = await all('nftables')
    const fault = { line: 1, reason: { code: 'dump-of-other-family', values: { family: 'IPv6', wanted: 'IPv4' } } }
    expect(compareDump(rules, 'table ip6 kube-proxy {\n}\n')).toEqual({ fault })
    expect(compareDump(rules, 'table ip6 kube-proxy {\n}\ntable ip kube-proxy {\n}\n')).not.toHaveProperty('fault')
  })

  test.each([
    ['root@node:~# iptables-save\n# Generated by iptables-save v1.8.9\n*nat', 'iptables'],
    ['table ip6 kube-proxy {', 'nftables'],
    ['-A -t 10.96.0.1:443 -s rr', 'ipvs'],
    ['create KUBE-CLUSTER-IP hash:ip,port family inet', 'ipvs'],
    ['', undefined],
  ])('%j was printed by %s', (text, tool) => expect(toolOf(text)).toBe(tool))
})

describe('addresses that left their Services', () => {
  const store = createClusterStore()
  const left = [{ service: 'shop/cart', address: '10.0.0.9', at: 5 }]
  const runtime = { session: () => ({ viewOf: () => store, departed: () => left }) } as unknown as Runtime
  const asked = (addresses: boolean) => {
    const audience = { ...everything, id: 'some', show: { ...everything.show, addresses } }
    return appRouter.createCaller(grantedContext(runtime, { audience })).rules.departed()
  }

  test('are told to who may see addresses', async () => expect(await asked(true)).toEqual(left))
  test('are told to nobody else', async () => expect(await asked(false)).toEqual([]))
})
